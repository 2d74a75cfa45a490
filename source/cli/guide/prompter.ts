import type { Prompter } from '../prompts.ts';
import type { Theatre } from './theatre.ts';

/** The questions of everything below (a host key, a password, a takeover), asked on the screen. */
export function screenPrompter(theatre: Theatre): Prompter {
  const askText = async (question: string, secret: boolean) => {
    const answer = await theatre.ask({ kind: 'ask', question: question.trim(), secret });
    return answer.kind === 'answer' ? answer.text : null;
  };
  return {
    askLine: (question) => askText(question, false),
    askSecret: (question) => askText(question, true),
    askWord: async (question, word) => (await askText(question, false)) === word,
    askYesNo: async (question) => {
      const about = theatre.takeProblems();
      const answer = await theatre.ask({ kind: 'ask-yes', question, about });
      return answer.kind === 'yes';
    },
  };
}
