import { message } from '../../model/index.ts';
import { createPrompter, type Prompter, QuestionInterruptedError } from '../prompts.ts';
import type { Asker, Option } from './asker.ts';
import type { Terminal } from './inquirer-asker.ts';
import { lines, optionsOf, preface, refusal, type Speech, words } from './wording.ts';

/** The same journey in lines: for a screen reader, a log, a terminal that can do nothing else. */
export function plainAsker(terminal: Terminal, speech: Speech): Asker {
  const prompter = createPrompter(terminal, speech.language);
  return lineAsker(prompter, (text) => terminal.output.write(`${text}\n`), speech);
}

/** The end of input is no answer: it ends the questions as Ctrl-C does. */
async function line(prompter: Prompter, question: string): Promise<string> {
  const answer = await prompter.askLine(question);
  if (answer === null) throw new QuestionInterruptedError();
  return answer.trim();
}

/** @param say writes a text and ends its line */
export function lineAsker(prompter: Prompter, say: (text: string) => void, speech: Speech): Asker {
  /** By number, or by the value itself. */
  const pick = async <Value extends string>(
    title: string,
    options: readonly Option<Value>[],
    offered: string,
  ): Promise<Value> => {
    for (const [index, { name }] of options.entries()) say(`  ${index + 1}  ${name}`);
    const at = options.findIndex(({ value }) => value === offered) + 1;
    for (;;) {
      const answer = (await line(prompter, `${title} [${at}] `)) || String(at);
      const byNumber = /^\d+$/.test(answer) ? options[Number(answer) - 1] : undefined;
      const found = byNumber ?? options.find(({ value }) => value === answer);
      if (found) return found.value;
      say(words(speech, message('init-pick-again', { found: answer, most: options.length })));
    }
  };
  return {
    say,
    async ask(question, problem) {
      const { choices, offered, title } = question;
      say('');
      if (problem) say(`${refusal(speech, problem)}\n`);
      say(preface(speech, question));
      const asked = words(speech, title);
      if (choices) {
        const options = optionsOf(speech, choices);
        return pick(asked, options, offered?.value ?? options[0]?.value ?? '');
      }
      for (;;) {
        const hint = offered ? ` [${offered.value}]` : '';
        const answer = (await line(prompter, `${asked}${hint} `)) || (offered?.value ?? '');
        const wrong = question.check(answer);
        if (!wrong) return answer;
        say(refusal(speech, wrong));
      }
    },
    choose: (title, options) => pick(title, options, options[0]?.value ?? ''),
    yesNo: (question) => {
      return prompter.askYesNo(lines(speech, question));
    },
    secret: (question) => prompter.askSecret(question),
    close: () => {},
  };
}
