import { type Canvas, words } from './canvas.ts';
import type { KeyBinding } from './keys.ts';
import { type Line, line, widthOf } from './lines.ts';
import { keyCap } from './theme.ts';

/** The language that is not in use, by its own name where that can be written. */
function otherLanguage({ speech }: Canvas): string {
  if (speech.language === 'zh') return 'English';
  return speech.style.latin ? 'Chinese' : '中文';
}

/** The label of the key that switches says what it switches to. */
function labelOf(canvas: Canvas, { action, label }: KeyBinding): string {
  if (action !== 'language') return words(canvas, label);
  return otherLanguage(canvas);
}

function keyLine(canvas: Canvas, binding: KeyBinding): Line {
  const cap = keyCap(canvas.speech.style, binding.cap);
  return line({ text: cap, tone: 'key' }, ' ', labelOf(canvas, binding));
}

/** The keys that work now, in as many lines as they need: no key is ever cut off. */
export function footerLines(canvas: Canvas, keys: readonly KeyBinding[]): readonly Line[] {
  const wide = rowsOf(canvas, keys, 2);
  if (wide.length === 1) return wide;
  const narrow = rowsOf(canvas, keys, 1);
  return narrow.length < wide.length ? narrow : wide;
}

function rowsOf(canvas: Canvas, keys: readonly KeyBinding[], space: number): readonly Line[] {
  const width = canvas.columns - 2;
  const rows: Line[] = [];
  let row: Line = [];
  for (const binding of keys.filter(({ cap }) => cap !== '')) {
    const next = keyLine(canvas, binding);
    const gap = row.length > 0 ? line(' '.repeat(space)) : [];
    if (row.length > 0 && widthOf(row) + space + widthOf(next) > width) {
      rows.push(row);
      row = next;
      continue;
    }
    row = [...row, ...gap, ...next];
  }
  return [...rows, row].map((one) => line(' ', ...one));
}
