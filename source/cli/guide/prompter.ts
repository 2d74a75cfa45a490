import type { Scene } from '../../tui/scenes.ts';
import type { Prompter } from '../prompts.ts';
import type { Theatre } from './theatre.ts';

/** The questions of everything below (a host key, a password, a takeover), asked on the screen. */
export function screenPrompter(theatre: Theatre): Prompter {
  // what was going on goes on, and is on the screen again
  const asking = async (scene: Scene) => {
    const before = theatre.scene();
    const answer = await theatre.ask(scene);
    theatre.show(before);
    return answer;
  };
  const askText = async (question: string, secret: boolean) => {
    const answer = await asking({ kind: 'ask', question: question.trim(), secret });
    return answer.kind === 'answer' ? answer.text : null;
  };
  return {
    askLine: (question) => askText(question, false),
    askSecret: (question) => askText(question, true),
    askWord: async (question, word) => (await askText(question, false)) === word,
    askYesNo: async (question) => {
      const about = theatre.takeProblems();
      const answer = await asking({ kind: 'ask-yes', question, about });
      return answer.kind === 'yes';
    },
  };
}
