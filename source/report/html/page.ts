import type { Document } from '../document.ts';
import { element, type Markup, text } from '../markup.ts';
import { block } from './blocks.ts';
import { STYLE } from './style.ts';

/** Nothing may be fetched and nothing may run, whatever is in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function head({ title }: Document): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, text(title)),
    // ours, and the only markup that no function has written
    element('style', {}, STYLE as Markup),
  );
}

function contents({ contentsTitle, sections }: Document): Markup {
  const links = sections.map(({ id, title }) =>
    element('li', {}, element('a', { href: `#${id}` }, text(title))),
  );
  return element('nav', { 'aria-label': contentsTitle }, element('ul', {}, ...links));
}

/** The document as one file that needs nothing else: no script, no font, no picture from elsewhere. */
export function toHtml(document: Document): string {
  const sections = document.sections.map(({ id, title, blocks }) =>
    element(
      'section',
      { 'aria-labelledby': id },
      element('h2', { id }, text(title)),
      ...blocks.map((one) => block(one)),
    ),
  );
  const body = element(
    'body',
    {},
    element('header', {}, element('h1', {}, text(document.title)), contents(document)),
    element('main', {}, ...sections),
  );
  const lang = document.language === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>\n${element('html', { lang }, head(document), body)}\n`;
}
