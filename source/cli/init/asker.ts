import type { Problem } from '../../model/index.ts';
import type { Question, ReviewRow } from '../../questions/index.ts';

/** What the review came to: a row to change, or an end. */
export type Reviewed = ReviewRow['id'] | 'write' | 'leave';

/** Something to choose, in words. */
export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly name: string;
  /** What is shown of it once it is chosen; `name` if absent. */
  readonly short?: string;
  /** Shown when it is the one at hand. */
  readonly about?: string;
}

/**
 * A person at a terminal who is asked. Every method throws QuestionInterruptedError at Ctrl-C.
 */
export interface Asker {
  /** Lines of text. */
  say(text: string): void;
  /** The answer to a question, as far as its `check` has nothing against it. */
  ask(question: Question, problem?: Problem): Promise<string>;
  choose<Value extends string>(title: string, options: readonly Option<Value>[]): Promise<Value>;
  /** A no is what Enter says. */
  yesNo(question: string): Promise<boolean>;
  /** Without echo; null when nothing was said. */
  secret(question: string): Promise<string | null>;
  close(): void;
}
