import { sanitize, sanitizeLine } from '../text/index.ts';
import {
  type Block,
  type Document,
  type Inline,
  type Inlines,
  inlinesOf,
  type Table,
} from './document.ts';

/** Text of ours or of others, so that Markdown and HTML take it for text. */
export function escapeMarkdown(text: string): string {
  return sanitize(text.replace(/\n+$/, ''))
    .replaceAll('\n', ' ⏎ ')
    .replaceAll('\t', ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~#]/g, '\\$&');
}

/** Backticks more than any in `text`. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** Text to be copied as it is (a path, a command), in backticks longer than any inside it. */
export function code(text: string): string {
  const line = sanitizeLine(text);
  const fence = fenceFor(line, 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  // In a table a bar ends the cell, in backticks too.
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`;
}

function inline(one: Inline): string {
  if (typeof one === 'string') return escapeMarkdown(one);
  if ('code' in one && one.code !== undefined) {
    const copied = one.code === '' ? '' : code(one.code);
    return one.strong ? `**${copied}**` : copied;
  }
  if ('strong' in one) return `**${escapeMarkdown(one.strong)}**`;
  const text = escapeMarkdown(one.toned);
  return one.tone === 'bad' ? `**${text}**` : text;
}

function inlines(text: Inlines): string {
  return inlinesOf(text).map(inline).join('');
}

function table({ head, rows }: Table): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head.map(escapeMarkdown)),
    line(head.map(() => '---')),
    ...rows.map((row) => line(row.map(inlines))),
  ];
}

/** The lines of a block; a difference is not among them: see `diffs`. */
function block(one: Block): readonly string[] {
  switch (one.kind) {
    case 'paragraph':
      return [inlines(one.text), ''];
    case 'verdict':
      return [`**${escapeMarkdown(one.text)}**`, ''];
    case 'note':
      return [`> **${escapeMarkdown(one.text)}**`, ''];
    case 'heading':
      return [`### ${escapeMarkdown(one.text)}`, ''];
    case 'list':
      return [
        ...one.items.map((item, at) => `${one.ordered ? `${at + 1}.` : '-'} ${inlines(item)}`),
        '',
      ];
    case 'facts':
      return [
        ...one.rows.map(([name, value]) => `- ${escapeMarkdown(name)}: ${inlines(value)}`),
        '',
      ];
    case 'table':
      return [...table(one), ''];
    case 'figure': {
      const { title, sentences } = one.picture;
      return [
        `${escapeMarkdown(title)}:`,
        '',
        ...sentences.map((s) => `- ${escapeMarkdown(s)}`),
        '',
      ];
    }
    case 'diff':
      return [];
  }
}

/** Long, and of interest to few: at the end, so that the rest can be read in one go. */
function diffs({ sections, diffsTitle }: Document): readonly string[] {
  const all = sections.flatMap(({ blocks }) => blocks.filter((one) => one.kind === 'diff'));
  if (all.length === 0) return [];
  return [
    `## ${escapeMarkdown(diffsTitle)}`,
    '',
    ...all.flatMap(({ title, text }) => {
      const fence = fenceFor(text, 3);
      return [
        `### ${escapeMarkdown(title)}`,
        '',
        `${fence}diff`,
        sanitize(text).trimEnd(),
        fence,
        '',
      ];
    }),
  ];
}

/** The document as Markdown. */
export function toMarkdown(document: Document): string {
  const lines = [
    `# ${escapeMarkdown(document.title)}`,
    '',
    ...document.sections.flatMap(({ title, blocks }) => [
      `## ${escapeMarkdown(title)}`,
      '',
      ...blocks.flatMap(block),
    ]),
    ...diffs(document),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
