import type { Message, Params, Problem } from '../model/index.ts';
import { type Language, renderMessage, renderProblem } from '../text/index.ts';

/** A report's words in one language: plain text, which each renderer escapes in its own way. */
export interface Words {
  readonly language: Language;
  say(code: string, params?: Params): string;
  message(message: Message): string;
  problemTitle(problem: Problem): string;
}

export function wordsOf(language: Language): Words {
  return {
    language,
    say: (code, params) => renderMessage(params ? { code, params } : { code }, language),
    message: (one) => renderMessage(one, language),
    problemTitle: (problem) => renderProblem(problem, language).title,
  };
}
