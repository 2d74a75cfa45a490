import {
  type Block,
  type Inline,
  type Inlines,
  inlinesOf,
  type Picture,
  SIGNS,
  type Table,
  type Tone,
} from '../document.ts';
import { element, joined, type Markup, text } from '../markup.ts';

function inline(one: Inline): Markup {
  if (typeof one === 'string') return text(one);
  if ('code' in one && one.code !== undefined) {
    const copied = one.code === '' ? text('') : element('code', {}, text(one.code));
    return one.strong ? element('strong', {}, copied) : copied;
  }
  if ('strong' in one) return element('strong', {}, text(one.strong));
  return element('span', { class: one.tone }, signed(one.toned, one.tone));
}

/** A sign never stands on a line without its words. */
function signed(words: string, tone: Tone): Markup {
  return text(`${SIGNS[tone]}\u00a0${words}`);
}

export function inlines(said: Inlines): Markup {
  return joined(inlinesOf(said).map(inline));
}

/** The first cell of a row names it, so that a reader who hears the table knows where they are. */
function row(cells: readonly Inlines[], numbers: ReadonlySet<number>): Markup {
  return element(
    'tr',
    {},
    ...cells.map((cell, at) => {
      const isNumber = numbers.has(at) ? 'n' : undefined;
      return at === 0
        ? element('th', { scope: 'row', class: isNumber }, inlines(cell))
        : element('td', { class: isNumber }, inlines(cell));
    }),
  );
}

function table({ caption, head, rows, numbers = [] }: Table): Markup {
  const places = new Set(numbers);
  const headings = head.map((name, at) =>
    // a corner that names nothing is no heading
    name === ''
      ? element('td', {})
      : element('th', { scope: 'col', class: places.has(at) ? 'n' : undefined }, text(name)),
  );
  return scrolled(
    caption,
    element(
      'table',
      {},
      element('caption', {}, text(caption)),
      element('thead', {}, element('tr', {}, ...headings)),
      element('tbody', {}, ...rows.map((cells) => row(cells, places))),
    ),
  );
}

/** Wider than a phone: it scrolls by itself, with the keys, too. */
function scrolled(name: string, content: Markup): Markup {
  const how = { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': name };
  return element('div', how, content);
}

/** An SVG comes from `pictures/`, which escapes what it is given: it is put in as it is. */
function figure({ svg, title }: Picture): Markup {
  return element(
    'figure',
    {},
    element('figcaption', {}, text(title)),
    scrolled(title, svg as Markup),
  );
}

const LINE_CLASSES: Readonly<Record<string, string>> = { '+': 'add', '-': 'del', '@': 'at' };

/** Its signs stand at the lines' beginnings: colour only repeats them. */
function diff(title: string, content: string): Markup {
  const lines = content.trimEnd().split('\n');
  return element(
    'details',
    {},
    element('summary', {}, element('code', {}, text(title))),
    element(
      'pre',
      { tabindex: 0, 'aria-label': title },
      ...lines.map((line) =>
        element('span', { class: LINE_CLASSES[line[0] ?? ''] }, text(line === '' ? ' ' : line)),
      ),
    ),
  );
}

export function block(one: Block): Markup {
  switch (one.kind) {
    case 'paragraph':
      return element('p', {}, inlines(one.text));
    case 'verdict':
      return element('p', { class: `verdict ${one.tone}` }, signed(one.text, one.tone));
    case 'note':
      return element('p', { class: 'note' }, text(one.text));
    case 'heading':
      return element('h3', { id: one.id }, text(one.text));
    case 'list':
      return element(
        one.ordered ? 'ol' : 'ul',
        {},
        ...one.items.map((item) => element('li', {}, inlines(item))),
      );
    case 'facts':
      return element(
        'dl',
        {},
        ...one.rows.flatMap(([name, value]) => [
          element('dt', {}, text(name)),
          element('dd', {}, inlines(value)),
        ]),
      );
    case 'table':
      return table(one);
    case 'figure':
      return figure(one.picture);
    case 'diff':
      return diff(one.title, one.text);
  }
}
