import { sanitize } from '../text/index.ts';

declare const written: unique symbol;
/** HTML or SVG that has been written by `element` or `text`: never text of others as it came. */
export type Markup = string & { readonly [written]: true };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of ours or of others, for HTML and XML, in an element as in a quoted attribute. */
export function escapeMarkup(text: string): string {
  // what no XML may hold, and `sanitize` leaves alone
  return sanitize(text)
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

export function text(value: string): Markup {
  return escapeMarkup(value) as Markup;
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Elements that have no content, in HTML and in SVG. */
const EMPTY: ReadonlySet<string> = new Set(['meta', 'rect', 'line', 'circle', 'path', 'col']);

/** An element; names of elements and attributes are ours, values and content may be anybody's. */
export function element(
  name: string,
  attributes: Attributes,
  ...content: readonly Markup[]
): Markup {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeMarkup(plain(value ?? ''))}"`)
    .join('');
  if (EMPTY.has(name)) return `<${name}${said}/>` as Markup;
  return `<${name}${said}>${content.join('')}</${name}>` as Markup;
}

/** Numbers to a tenth: of a pixel, nobody sees less. */
function plain(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
}

export function joined(parts: readonly Markup[], separator = ''): Markup {
  return parts.join(separator) as Markup;
}
