import type { Message } from './message.ts';

/** An operator's own words in both languages. They are data, as a name is: no code has them. */
export interface OwnWords {
  readonly en: string;
  readonly zh: string;
}

/**
 * What only a person can do: a form at a registrar, a call to somebody. The engine asks for it in
 * its place, writes down that it was said to be done, and asks once.
 */
export interface ByHand {
  /** The step's id, as the runbook has it. */
  readonly step: string;
  readonly title: OwnWords;
  /** What is to be done; may have several lines. */
  readonly text: OwnWords;
  /** What to take back by hand; null where nothing was said about it. */
  readonly undo: OwnWords | null;
}

/** The resource of a step done by hand, as events and lists name it. */
export function byHandResource(step: string): string {
  return `manual:${step}`;
}

/** The id of the check that claims that the step was done. */
export function byHandCheckId(step: string): string {
  return `by-hand/${step}`;
}

/** The params of a message that holds an operator's words: `name` in one language, `nameZh` in the other. */
export function ownParams<Name extends string>(name: Name, words: OwnWords) {
  return { [name]: words.en, [`${name}Zh`]: words.zh } as Readonly<Record<string, string>>;
}

/** An operator's words as a message. */
export function ownMessage(words: OwnWords): Message {
  return { code: 'own-words', params: ownParams('text', words) };
}
