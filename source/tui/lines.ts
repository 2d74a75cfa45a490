import { cells, cut, graphemes, type Style, sanitizeLine, wrap } from '../text/index.ts';
import { drawSpan, type Span, type Tone } from './theme.ts';

/** One row of the screen, from left to right. Its cells are counted, so it never wraps by itself. */
export type Line = readonly Span[];

export const BLANK: Line = [];

/** A line of strings (in no tone) and pieces. */
export function line(...parts: readonly (string | Span | undefined)[]): Line {
  return parts.flatMap((part) => {
    if (part === undefined || part === '') return [];
    return typeof part === 'string' ? [{ text: part }] : [part];
  });
}

export function toned(tone: Tone, text: string): Span {
  return { text, tone };
}

export function widthOf(one: Line): number {
  return one.reduce((sum, { text }) => sum + cells(text), 0);
}

/** `one` in at most `most` cells, with a sign where something was lost. */
export function cutLine(one: Line, most: number): Line {
  if (widthOf(one) <= most) return one;
  const kept: Span[] = [];
  let left = Math.max(0, most);
  for (const span of one) {
    const width = cells(span.text);
    if (width < left) {
      kept.push(span);
      left -= width;
      continue;
    }
    // the sign takes the last cell
    if (left > 0) kept.push({ ...span, text: cut(`${span.text}  `, left) });
    break;
  }
  return kept;
}

export function padLine(one: Line, width: number): Line {
  const missing = width - widthOf(one);
  return missing > 0 ? [...one, { text: ' '.repeat(missing) }] : cutLine(one, width);
}

/** `right` at the right edge; where both do not fit, `left` is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const room = width - widthOf(right);
  if (widthOf(right) === 0 || room < 4) return cutLine(left, width);
  return [...padLine(cutLine(left, room - 1), room), ...right];
}

export function indent(lines: readonly Line[], by: number): readonly Line[] {
  return lines.map((one) => (one.length === 0 ? one : [{ text: ' '.repeat(by) }, ...one]));
}

/** Prose of at most `width` cells a line; what is longer than a line is broken anywhere. */
export function paragraph(text: string, width: number, tone?: Tone): readonly Line[] {
  return wrap(text, Math.max(1, width))
    .flatMap((row) => broken(row, Math.max(1, width)))
    .map((row) => line({ text: row, tone }));
}

/** Broken anywhere: for what must be read whole (an address, a path, a command). */
export function broken(text: string, width: number): readonly string[] {
  if (cells(text) <= width) return [text];
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const segment of graphemes(text)) {
    const more = cells(segment);
    if (row && used + more > width) {
      rows.push(row);
      row = '';
      used = 0;
    }
    row += segment;
    used += more;
  }
  return row ? [...rows, row] : rows;
}

/** What a server or a file says, harmless and on one line. */
export function foreign(text: string, tone?: Tone): Span {
  return { text: sanitizeLine(text), tone };
}

/** Signs of prose, each with a twin of one cell: the cells have been counted before. */
const PLAIN: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '…': '~',
  '→': '>',
  '·': '|',
  '×': 'x',
  '≤': '<',
  '“': '"',
  '”': '"',
  '⏎': '/',
};

/** The line as a terminal draws it; signs of ours become plain where only ASCII is drawn. */
export function drawLine(style: Style, one: Line): string {
  if (!style.ascii) return one.map((span) => drawSpan(style, span)).join('');
  const plain = (text: string) => text.replaceAll(/[^\x00-\x7f]/gu, (sign) => PLAIN[sign] ?? sign);
  return one.map((span) => drawSpan(style, { ...span, text: plain(span.text) })).join('');
}
