import { message, type Problem } from '../../model/index.ts';
import type { Question } from '../../questions/index.ts';
import { createPrompter, type Prompter, QuestionInterruptedError } from '../prompts.ts';
import type { Asker, Option } from './asker.ts';
import type { Terminal } from './inquirer-asker.ts';
import { lines, optionsOf, preface, refusal, type Speech, words } from './wording.ts';

/** The same journey in lines: for a screen reader, a log, a terminal that can do nothing else. */
export function plainAsker(terminal: Terminal, speech: Speech): Asker {
  const prompter = createPrompter(terminal, speech.language);
  return lineAsker(prompter, (text) => terminal.output.write(`${text}\n`), speech);
}

/** @param say writes a text and ends its line */
export function lineAsker(prompter: Prompter, say: (text: string) => void, speech: Speech): Asker {
  return new LineAsker(prompter, say, speech);
}

class LineAsker implements Asker {
  readonly #prompter: Prompter;
  readonly #speech: Speech;
  readonly say: (text: string) => void;

  constructor(prompter: Prompter, say: (text: string) => void, speech: Speech) {
    this.#prompter = prompter;
    this.#speech = speech;
    this.say = say;
  }

  async ask(question: Question, problem?: Problem): Promise<string> {
    const { choices, offered, title } = question;
    this.say('');
    if (problem) this.say(`${refusal(this.#speech, problem)}\n`);
    this.say(preface(this.#speech, question));
    if (!choices) return this.#text(question);
    const options = optionsOf(this.#speech, choices);
    return this.#pick(words(this.#speech, title), options, offered?.value);
  }

  choose<Value extends string>(title: string, options: readonly Option<Value>[]): Promise<Value> {
    return this.#pick(title, options);
  }

  yesNo(question: string): Promise<boolean> {
    return this.#prompter.askYesNo(lines(this.#speech, question));
  }

  secret(question: string): Promise<string | null> {
    return this.#prompter.askSecret(question);
  }

  close(): void {}

  async #text({ title, offered, check }: Question): Promise<string> {
    const hint = offered ? ` [${offered.value}]` : '';
    for (;;) {
      const typed = await this.#line(`${words(this.#speech, title)}${hint} `);
      const answer = typed || (offered?.value ?? '');
      const wrong = check(answer);
      if (!wrong) return answer;
      this.say(refusal(this.#speech, wrong));
    }
  }

  /** By number, or by the value itself; Enter takes what is offered, else the first. */
  async #pick<Value extends string>(
    title: string,
    options: readonly Option<Value>[],
    offered?: string,
  ): Promise<Value> {
    for (const [index, { name }] of options.entries()) this.say(`  ${index + 1}  ${name}`);
    const at = Math.max(1, options.findIndex(({ value }) => value === offered) + 1);
    for (;;) {
      const answer = (await this.#line(`${title} [${at}] `)) || String(at);
      const byNumber = /^\d+$/.test(answer) ? options[Number(answer) - 1] : undefined;
      const found = byNumber ?? options.find(({ value }) => value === answer);
      if (found) return found.value;
      const params = { found: answer, most: options.length };
      this.say(words(this.#speech, message('init-pick-again', params)));
    }
  }

  /** The end of input is no answer: it ends the questions as Ctrl-C does. */
  async #line(question: string): Promise<string> {
    const answer = await this.#prompter.askLine(question);
    if (answer === null) throw new QuestionInterruptedError();
    return answer.trim();
  }
}
