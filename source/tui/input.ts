import type { Key } from 'ink';
import type { Press } from './keys.ts';
import type { FieldKey } from './text-field.ts';

/** A key that has a name; undefined: `input` is characters. */
export function pressOf(input: string, key: Key): Press | undefined {
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.pageUp) return 'page-up';
  if (key.pageDown) return 'page-down';
  if (key.ctrl) return `ctrl-${input}`;
  if (input === '') return 'nothing';
  return undefined;
}

const CTRL: Readonly<Record<string, FieldKey>> = {
  a: 'start',
  e: 'end',
  u: 'clear',
  w: 'word',
  b: 'left',
  f: 'right',
  d: 'delete',
  h: 'backspace',
};

/** A key that edits what is typed. */
export function fieldKeyOf(input: string, key: Key): FieldKey | undefined {
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.home) return 'start';
  if (key.end) return 'end';
  return key.ctrl ? CTRL[input] : undefined;
}

/** One key, or text in one piece. */
export type Piece =
  | { readonly press: Press }
  | { readonly fieldKey: FieldKey }
  | { readonly text: string };

/** A control character is a letter with Ctrl, but for those that have a key of their own. */
function controlPiece(control: string): Piece {
  if (control === '\r' || control === '\n') return { press: 'enter' };
  if (control === '\u007f' || control === '\b') return { fieldKey: 'backspace' };
  const letter = String.fromCharCode(control.charCodeAt(0) + 96);
  const fieldKey = CTRL[letter];
  return fieldKey ? { fieldKey } : { press: `ctrl-${letter}` };
}

const CONTROL = /^[\u0000-\u001f\u007f]$/;

/**
 * Characters that came together: what is typed faster than we read (or over a slow line) may hold an
 * Enter. What is pasted comes another way, in brackets.
 */
export function piecesOf(input: string): readonly Piece[] {
  const found = input.match(/[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/g) ?? [];
  return found.map((piece) => (CONTROL.test(piece) ? controlPiece(piece) : { text: piece }));
}
