import type { Way } from './types.ts';

/** The words of a list: between blanks, commas and semicolons of either script, and line breaks. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,;，；、]+/).filter(Boolean);
}

/**
 * `[USER@]HOST[:PORT]`. Only one colon is a port's: with more it is an IPv6 address, whose port
 * stands behind brackets.
 */
function wayOf(word: string): Way {
  const at = word.lastIndexOf('@');
  const user = at < 0 ? undefined : word.slice(0, at);
  const rest = word.slice(at + 1).replace(/^ssh:\/\//, '');
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain ?? rest;
  return {
    host,
    ...(user !== undefined && { user }),
    ...(digits !== undefined && { port: Number(digits) }),
  };
}

/** How the operator reaches each machine, as the answer to `nodes` says. */
export function waysOf(answer: string): readonly Way[] {
  return wordsOf(answer).map((word) => wayOf(word.replace(/^ssh:\/\//, '').replace(/\/$/, '')));
}

/** The same as the operator would type it. */
export function wayText({ host, user, port }: Way): string {
  const shown = host.includes(':') && port !== undefined ? `[${host}]` : host;
  return `${user === undefined ? '' : `${user}@`}${shown}${port === undefined ? '' : `:${port}`}`;
}
