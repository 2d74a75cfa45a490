import inquirer from 'inquirer';
import { message, type Problem } from '../../model/index.ts';
import type { Question } from '../../questions/index.ts';
import { QuestionInterruptedError } from '../prompts.ts';
import type { Asker, Option } from './asker.ts';
import { inquirerTheme, type Theme } from './inquirer-theme.ts';
import { BRACKETS, pasteFriendly } from './paste.ts';
import { optionsOf, preface, refusal, type Speech, words } from './wording.ts';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** What a prompt is made of: inquirer's own words. */
type Config = { readonly type: string; readonly message: string } & Record<string, unknown>;

/** Asks with inquirer's prompts. It is to be closed: what is pasted is marked until then. */
export function inquirerAsker(terminal: Terminal, speech: Speech): Asker {
  return new InquirerAsker(terminal, speech);
}

class InquirerAsker implements Asker {
  readonly #terminal: Terminal;
  readonly #speech: Speech;
  readonly #keyboard: NodeJS.ReadStream;
  readonly #prompt: ReturnType<typeof inquirer.createPromptModule>;
  readonly #theme: Theme;
  #question = '';

  constructor(terminal: Terminal, speech: Speech) {
    this.#terminal = terminal;
    this.#speech = speech;
    this.#keyboard = pasteFriendly(terminal.input);
    this.#prompt = inquirer.createPromptModule({
      input: this.#keyboard,
      output: terminal.output,
    });
    this.#theme = inquirerTheme(speech);
    terminal.output.write(BRACKETS.on);
    process.once('exit', this.#bracketsOff);
    process.on('SIGCONT', this.#goOn);
  }

  say(text: string): void {
    this.#terminal.output.write(`${text}\n`);
  }

  ask(question: Question, problem?: Problem): Promise<string> {
    this.say('');
    if (problem) this.say(`${refusal(this.#speech, problem)}\n`);
    this.say(preface(this.#speech, question));
    const { choices, offered, title } = question;
    if (!choices) return this.#text(question);
    const options = optionsOf(this.#speech, choices);
    return this.#list(words(this.#speech, title), options, offered?.value);
  }

  choose<Value extends string>(title: string, options: readonly Option<Value>[]): Promise<Value> {
    return this.#list(title, options);
  }

  yesNo(question: string): Promise<boolean> {
    const answerText = (is: boolean) => words(this.#speech, message(is ? 'init-yes' : 'init-no'));
    const config = { default: false, transformer: answerText };
    return this.#asked<boolean>({ type: 'confirm', message: question, ...config });
  }

  secret(question: string): Promise<string> {
    // inquirer's only key here would show the secret
    const theme = { ...this.#theme, style: { ...this.#theme.style, keysHelpTip: () => '' } };
    const config = { mask: '*', toggleMask: false, theme };
    return this.#asked<string>({ type: 'password', message: question, ...config });
  }

  close(): void {
    process.off('SIGCONT', this.#goOn);
    process.off('exit', this.#bracketsOff);
    this.#bracketsOff();
    this.#terminal.input.unpipe(this.#keyboard as never);
    this.#terminal.input.pause();
  }

  readonly #bracketsOff = (): void => {
    this.#terminal.output.write(BRACKETS.off);
  };

  /** Ctrl-Z and fg: readline pauses at it, and inquirer draws only at the next key. */
  readonly #goOn = (): void => {
    setImmediate(() => {
      this.#terminal.output.write(`${BRACKETS.on}? ${this.#question} `);
      this.#keyboard.resume();
    });
  };

  #text(question: Question): Promise<string> {
    return this.#asked<string>({
      type: 'input',
      message: words(this.#speech, question.title),
      ...(question.offered && { default: question.offered.value }),
      validate: (answer: string) => {
        const wrong = question.check(answer.trim());
        return wrong ? refusal(this.#speech, wrong) : true;
      },
    });
  }

  #list<Value extends string>(
    title: string,
    options: readonly Option<Value>[],
    offered?: string,
  ): Promise<Value> {
    return this.#asked<Value>({
      type: 'select',
      message: title,
      loop: false,
      // a screen is not filled to its last line, where the keys stand
      pageSize: Math.max(4, (this.#terminal.output.rows ?? 24) - 6),
      choices: options.map(({ value, name, short, about }) => ({
        value,
        name,
        short: short ?? name.trim(),
        ...(about && { description: about }),
      })),
      ...(offered !== undefined && { default: offered }),
    });
  }

  async #asked<Answer>(config: Config): Promise<Answer> {
    this.#question = config.message;
    try {
      const prompt = { name: 'it', theme: this.#theme, ...config };
      const { it } = await this.#prompt<{ it: Answer }>([prompt] as never);
      return it as Answer;
    } catch (error) {
      const isCtrlC = error instanceof Error && error.name === 'ExitPromptError';
      throw isCtrlC ? new QuestionInterruptedError() : error;
    }
  }
}
