import { cells } from '../../text/index.ts';
import { type Attributes, element, type Markup, text } from '../markup.ts';
import { filled, type PaintName } from './paint.ts';

const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif';

const WIDE = 600;

/** A picture with its name and the same in words, for who does not see it. */
export function svg(
  options: {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly title: string;
    readonly sentences: readonly string[];
  },
  ...content: readonly Markup[]
): string {
  const { id, width, height, title, sentences } = options;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      width: Math.round(width),
      height: Math.round(height),
      // on a phone a page lets it scroll: its words would be too small to be read
      class: width > WIDE ? 'wide' : undefined,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      'font-family': FONT,
      'font-size': 12,
    },
    element('title', { id: `${id}-title` }, text(title)),
    element('desc', { id: `${id}-desc` }, text(sentences.join(' '))),
    ...content,
  );
}

/** Words in a picture. `x` is where they begin, or what `anchor` says. */
export function label(
  words: string,
  at: { readonly x: number; readonly y: number },
  { paint = 'ink', ...more }: { readonly paint?: PaintName } & Attributes = {},
): Markup {
  return element('text', { ...at, ...filled(paint), ...more } as Attributes, text(words));
}

export function rect(
  { x, y, width, height }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
  more: Attributes,
): Markup {
  return element('rect', { x, y, width, height, ...more });
}

export function line(
  { x1, y1, x2, y2 }: Readonly<Record<'x1' | 'y1' | 'x2' | 'y2', number>>,
  more: Attributes,
): Markup {
  return element('line', { x1, y1, x2, y2, ...more });
}

/** Things with a name that shows under a pointer. */
export function named(name: string, ...content: readonly Markup[]): Markup {
  return element('g', {}, element('title', {}, text(name)), ...content);
}

/** About how wide words are, in px. */
export function widthOf(words: string, size = 12): number {
  return cells(words) * size * 0.56;
}
