import inquirer from 'inquirer';
import { message, type Problem } from '../../model/index.ts';
import type { Question } from '../../questions/index.ts';
import { paint } from '../faces/style.ts';
import { QuestionInterruptedError } from '../prompts.ts';
import type { Asker, Option } from './asker.ts';
import { BRACKETS, pasteFriendly } from './paste.ts';
import { optionsOf, preface, refusal, type Speech, words } from './wording.ts';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Inquirer's words and colours, in ours. */
function themeOf(speech: Speech) {
  const { style } = speech;
  const dim = (text: string) => paint(style, 'dim', text);
  const keys = `↑↓ ${words(speech, message('init-keys-choose'))} · ⏎ ${words(speech, message('init-keys-take'))}`;
  return {
    prefix: {
      idle: paint(style, 'cyan', '?'),
      done: paint(style, 'green', style.ascii ? 'ok' : '✔'),
    },
    icon: { cursor: style.ascii ? '>' : '❯' },
    style: {
      answer: (text: string) => paint(style, 'cyan', text),
      message: (text: string) => paint(style, 'bold', text),
      error: (text: string) => text,
      defaultAnswer: (text: string) => dim(`[${text}]`),
      description: dim,
      highlight: (text: string) => paint(style, 'cyan', text),
      keysHelpTip: () =>
        dim(
          style.ascii
            ? keys.replace('↑↓', 'up/down').replace('⏎', 'Enter').replace(' · ', ', ')
            : keys,
        ),
    },
  };
}

/** Rows that a list may have: a screen is not filled to its last line, where the keys stand. */
const pageSize = (output: NodeJS.WriteStream) => Math.max(4, (output.rows ?? 24) - 6);

/** Asks with inquirer's prompts. It is to be closed: what is pasted is marked until then. */
export function inquirerAsker({ input, output }: Terminal, speech: Speech): Asker {
  const keyboard = pasteFriendly(input);
  const prompt = inquirer.createPromptModule({ input: keyboard, output });
  const theme = themeOf(speech);
  const quietTheme = { ...theme, style: { ...theme.style, keysHelpTip: () => '' } };
  const say = (text: string) => output.write(`${text}\n`);
  const brackets = (text: string) => output.write(text);
  const bracketsOff = () => brackets(BRACKETS.off);
  brackets(BRACKETS.on);
  process.once('exit', bracketsOff);
  const asked = async <Answer>(config: Record<string, unknown>): Promise<Answer> => {
    try {
      const { it } = await prompt<{ it: Answer }>([{ name: 'it', theme, ...config }] as never);
      return it as Answer;
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError')
        throw new QuestionInterruptedError();
      throw error;
    }
  };
  const list = <Value extends string>(
    title: string,
    options: readonly Option<Value>[],
    offered?: string,
  ) =>
    asked<Value>({
      type: 'select',
      message: title,
      loop: false,
      pageSize: pageSize(output),
      choices: options.map(({ value, name, short, about }) => ({
        value,
        name,
        short: short ?? name.trim(),
        ...(about && { description: about }),
      })),
      ...(offered !== undefined && { default: offered }),
    });
  const text = (question: Question) =>
    asked<string>({
      type: 'input',
      message: words(speech, question.title),
      ...(question.offered && { default: question.offered.value }),
      validate: (answer: string) => {
        const wrong = question.check(answer.trim());
        return wrong ? refusal(speech, wrong) : true;
      },
    });
  return {
    say,
    ask: (question, problem?: Problem) => {
      say('');
      if (problem) say(`${refusal(speech, problem)}\n`);
      say(preface(speech, question));
      const { choices, offered, title } = question;
      return choices
        ? list(words(speech, title), optionsOf(speech, choices), offered?.value)
        : text(question);
    },
    choose: (title, options) => list(title, options),
    yesNo: (question) => {
      const answerText = (is: boolean) => words(speech, message(is ? 'init-yes' : 'init-no'));
      return asked<boolean>({
        type: 'confirm',
        message: question,
        default: false,
        transformer: answerText,
      });
    },
    secret: (question) =>
      asked<string>({
        type: 'password',
        message: question,
        mask: '*',
        toggleMask: false,
        theme: quietTheme,
      }),
    close: () => {
      process.off('exit', bracketsOff);
      bracketsOff();
      input.unpipe(keyboard as never);
      input.pause();
    },
  };
}
