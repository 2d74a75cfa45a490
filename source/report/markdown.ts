import type { Message, Params } from '../model/index.ts';
import { type Language, renderMessage, renderProblem, sanitizeLine } from '../text/index.ts';

/** Text of ours or of others, so that Markdown and HTML take it for text. */
export function escapeMarkdown(text: string): string {
  return sanitizeLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~#]/g, '\\$&');
}

/** Text to be copied as it is (a path, a command), in backticks longer than any inside it. */
export function code(text: string): string {
  const line = sanitizeLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  // In a table a bar ends the cell, in backticks too.
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`;
}

/** A table of cells that are Markdown already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Words of one language for a report. */
export interface Words {
  /** A message as Markdown text. */
  say(code: string, params?: Params): string;
  message(message: Message): string;
  problemTitle(problem: Parameters<typeof renderProblem>[0]): string;
}

export function wordsOf(language: Language): Words {
  const message = (one: Message) => escapeMarkdown(renderMessage(one, language));
  return {
    say: (code, params) => message(params ? { code, params } : { code }),
    message,
    problemTitle: (problem) => escapeMarkdown(renderProblem(problem, language).title),
  };
}
