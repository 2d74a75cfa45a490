import type { Message, Params, Problem } from '../model/index.ts';
import { messages, problems } from './areas.ts';
import type { Text } from './catalogue.ts';
import type { Language } from './language.ts';
import { sanitizeLine } from './sanitize.ts';

export interface RenderedProblem {
  readonly title: string;
  /** Empty when the catalogue does not know the code. */
  readonly cause: string;
  readonly nextSteps: readonly string[];
}

/** What a text's placeholders look like: `{node}`. */
export const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** Parameters that may hold another message's code, with the parameters beside it. */
const NESTED: ReadonlySet<string> = new Set(['what', 'why', 'reason']);

function paramText(name: string, params: Params, language: Language): string {
  const value = String(params[name]);
  if (!NESTED.has(name) || !messages.has(value)) return sanitizeLine(value);
  const { [name]: _, ...others } = params;
  return renderMessage({ code: value, params: others }, language);
}

/** An operator's own words come in both languages: `title`, and beside it `titleZh`. */
function inLanguage(name: string, params: Params, language: Language): string {
  return language === 'zh' && Object.hasOwn(params, `${name}Zh`) ? `${name}Zh` : name;
}

/** Parameters are values from elsewhere (names, answers of servers): made harmless here, once. */
function fill(text: Text, params: Params, language: Language): string {
  return text[language].replace(PLACEHOLDER, (_, name: string) =>
    Object.hasOwn(params, name)
      ? paramText(inLanguage(name, params, language), params, language)
      : '?',
  );
}

/**
 * A message in `language`. A code that only problems have gives the problem's title; a code that
 * nobody knows is shown as it is. Never throws.
 */
export function renderMessage(message: Message, language: Language): string {
  const text = messages.get(message.code) ?? problems.get(message.code)?.title;
  return text ? fill(text, message.params ?? {}, language) : sanitizeLine(message.code);
}

function problemParams(problem: Problem): Params {
  const { node, file, line, field, detail } = problem;
  const own = Object.entries({ node, file, line, field, detail });
  const known = own.filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return { ...Object.fromEntries(known), ...problem.params };
}

/** Title, cause and next steps of a problem in `language`. Never throws. */
export function renderProblem(problem: Problem, language: Language): RenderedProblem {
  const params = problemParams(problem);
  const text = problems.get(problem.code);
  if (!text) {
    const title = renderMessage({ code: problem.code, params }, language);
    return { title, cause: '', nextSteps: [] };
  }
  return {
    title: fill(text.title, params, language),
    cause: fill(text.cause, params, language),
    nextSteps: text.next.en.map((en, index) =>
      fill({ en, zh: text.next.zh[index] ?? en }, params, language),
    ),
  };
}

/** Whether the catalogue has a text for `code`. */
export function isKnownCode(code: string): boolean {
  return messages.has(code) || problems.has(code);
}
