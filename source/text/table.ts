import stringWidth from 'string-width';

export type Align = 'left' | 'right';

const ASCII = /^[\x20-\x7e]*$/;

/** Cells that `text` takes in a terminal. Most text is ASCII, and then its length says it. */
export function cells(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

const segmenter = new Intl.Segmenter();

/** What a person takes for one character. */
export function graphemes(text: string): readonly string[] {
  if (ASCII.test(text)) return [...text];
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** `text` with spaces up to `width` cells; East Asian characters take two. */
export function pad(text: string, width: number, align: Align = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - cells(text)));
  return align === 'left' ? text + spaces : spaces + text;
}

/** `text` cut to `width` cells, with `…` where something was lost. */
export function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const segment of graphemes(text)) {
    used += cells(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Where a line may be broken: after spaces, and after any East Asian character but before a closing sign. */
const BREAKABLE =
  /[^\s\p{Script=Han}，。；：、！？）》」』]*(?:\p{Script=Han}?[，。；：、！？）》」』]*)\s*/gu;

/** `text` in lines of at most `width` cells; a word that is longer has a line to itself. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [piece] of text.matchAll(BREAKABLE)) {
    if (line && used + cells(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += piece;
    used += cells(piece);
  }
  return line ? [...lines, line.trimEnd()] : lines;
}

/**
 * Rows as lines with their columns under each other, two spaces between. `aligns` is by column;
 * left where it says nothing. Trailing spaces are dropped.
 */
export function table(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[] = [],
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => cells(row[column] ?? ''))),
  );
  return rows.map((row) =>
    widths
      .map((width, column) => pad(row[column] ?? '', width, aligns[column]))
      .join('  ')
      .trimEnd(),
  );
}
