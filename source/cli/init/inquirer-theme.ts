import { message } from '../../model/index.ts';
import { paint } from '../faces/style.ts';
import { type Speech, words } from './wording.ts';

export type Theme = ReturnType<typeof inquirerTheme>;

/** The keys of a list, in the operator's language and signs. */
function keysLine(speech: Speech): string {
  const choose = words(speech, message('init-keys-choose'));
  const take = words(speech, message('init-keys-take'));
  return speech.style.ascii ? `up/down ${choose}, Enter ${take}` : `↑↓ ${choose} · ⏎ ${take}`;
}

/** Inquirer's words and colours, in ours. */
export function inquirerTheme(speech: Speech) {
  const { style } = speech;
  const dim = (text: string) => paint(style, 'dim', text);
  const cyan = (text: string) => paint(style, 'cyan', text);
  return {
    prefix: { idle: cyan('?'), done: paint(style, 'green', style.ascii ? 'ok' : '✔') },
    icon: { cursor: style.ascii ? '>' : '❯' },
    style: {
      answer: cyan,
      message: (text: string) => paint(style, 'bold', text),
      error: (text: string) => text,
      defaultAnswer: (text: string) => dim(`[${text}]`),
      description: dim,
      highlight: cyan,
      keysHelpTip: () => dim(keysLine(speech)),
    },
  };
}
