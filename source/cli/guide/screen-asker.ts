import { message } from '../../model/index.ts';
import type { Asker } from '../init/asker.ts';
import type { Answer, Theatre } from './theatre.ts';

/** What a terminal needs and a screen draws itself. */
const COLOURS = /\u001b\[[\d;]*m/g;

function textOf(answer: Answer): string {
  return answer.kind === 'answer' ? answer.text : '';
}

/** The questions of `init`, asked on the screen. */
export function screenAsker(theatre: Theatre): Asker {
  let said: string[] = [];
  const take = () => {
    const taken = said.filter((text, index) => text !== '' || index > 0);
    said = [];
    return taken;
  };
  return {
    say: (text) => {
      said.push(text.replaceAll(COLOURS, ''));
      // something that takes long is told before it is done
      theatre.show({ kind: 'busy', what: message('tui-looking'), said });
    },
    ask: async ({ title, why, offered, choices, table, check }, problem) =>
      textOf(
        await theatre.ask({
          kind: 'question',
          title,
          why,
          check,
          said: take(),
          ...(offered && { offered }),
          ...(choices && { choices }),
          ...(table && { table }),
          ...(problem && { problem }),
        }),
      ),
    choose: async (title, options) => {
      const plain = options.map((option) => ({
        ...option,
        name: option.name.replaceAll(COLOURS, ''),
      }));
      const chosen = textOf(
        await theatre.ask({ kind: 'choose', title, options: plain, said: take() }),
      );
      return (options.find(({ value }) => value === chosen) ?? options[0]!).value;
    },
    yesNo: async (question) => {
      const answer = await theatre.ask({ kind: 'ask-yes', question, about: [], said: take() });
      return answer.kind === 'yes';
    },
    secret: async (question) => {
      const answer = await theatre.ask({ kind: 'ask', question, secret: true });
      return answer.kind === 'answer' ? answer.text : null;
    },
    close: () => undefined,
  };
}
