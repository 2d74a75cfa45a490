import { graphemes } from '../text/index.ts';

/** What has been typed, and where the cursor stands (in graphemes). */
export interface TextField {
  readonly text: readonly string[];
  readonly cursor: number;
}

export const emptyField: TextField = { text: [], cursor: 0 };

export function fieldOf(text: string): TextField {
  const all = graphemes(text);
  return { text: all, cursor: all.length };
}

export function textOf({ text }: TextField): string {
  return text.join('');
}

/**
 * Typed or pasted text. A paste often ends in a line break: that is not a part of an address, and
 * never an Enter either. Control characters are left out.
 */
export function insert(field: TextField, added: string): TextField {
  const clean = graphemes(added.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/gu, ' ').trim());
  const typed = /^ +$/.test(added) ? graphemes(added) : clean;
  const text = [...field.text.slice(0, field.cursor), ...typed, ...field.text.slice(field.cursor)];
  return { text, cursor: field.cursor + typed.length };
}

export type FieldKey =
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'start'
  | 'end'
  | 'clear'
  | 'word';

/** The keys that edit a line, as a shell has them. */
export function edit(field: TextField, key: FieldKey): TextField {
  const { text, cursor } = field;
  const without = (from: number, to: number) => ({
    text: [...text.slice(0, from), ...text.slice(to)],
    cursor: from,
  });
  switch (key) {
    case 'backspace':
      return cursor > 0 ? without(cursor - 1, cursor) : field;
    case 'delete':
      return without(cursor, cursor + 1);
    case 'left':
      return { text, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { text, cursor: Math.min(text.length, cursor + 1) };
    case 'start':
      return { text, cursor: 0 };
    case 'end':
      return { text, cursor: text.length };
    case 'clear':
      return without(0, cursor);
    case 'word':
      return without(wordStart(text, cursor), cursor);
  }
}

function wordStart(text: readonly string[], cursor: number): number {
  let at = cursor;
  while (at > 0 && text[at - 1] === ' ') at -= 1;
  while (at > 0 && text[at - 1] !== ' ') at -= 1;
  return at;
}
