import { message } from '../../model/index.ts';
import type { ReviewRow, SeenKeys, SeenNode, Step } from '../../questions/index.ts';
import { table } from '../../text/index.ts';
import { paint, symbol } from '../faces/style.ts';
import type { Asker, Option, Reviewed } from './asker.ts';
import type { Travel } from './init.ts';
import { lines, oneLine, type Speech, words } from './wording.ts';

/** The machines as they were found: an operator sees at once whether they are the right ones. */
export function sayNodes(asker: Asker, speech: Speech, nodes: readonly SeenNode[]): void {
  const good = paint(speech.style, 'green', symbol(speech.style, 'passed').trim());
  for (const { name, address, nic, os, running } of nodes) {
    const daemons =
      running.length === 0
        ? words(speech, message('init-seen-bare'))
        : words(speech, message('init-seen-running', { daemons: running.join(', ') }));
    const text = message('init-seen-node', { name, address, nic, os, daemons });
    asker.say(`${good} ${oneLine(speech, words(speech, text))}`);
  }
}

/** Where keys for the cloud are; never the keys. That there are none is a note of the review. */
export function sayKeys(asker: Asker, speech: Speech, keys: SeenKeys): void {
  if (keys.kind === 'missing') return;
  const good = paint(speech.style, 'green', symbol(speech.style, 'passed').trim());
  const code = keys.isRole ? 'init-seen-keys-role' : 'init-seen-keys';
  const text = words(speech, message(code, { place: keys.place }));
  asker.say('');
  asker.say(`${good} ${oneLine(speech, text)}`);
}

function rowOptions(speech: Speech, rows: readonly ReviewRow[]): readonly Option<Reviewed>[] {
  const shown = rows.map(({ title, value }) => [
    words(speech, title),
    typeof value === 'string' ? value : words(speech, value),
  ]);
  const lined = table(shown);
  return rows.map(({ id, because }, index) => ({
    value: id,
    name: oneLine(speech, lined[index] ?? id),
    short: shown[index]?.[0] ?? id,
    ...(because && { about: lines(speech, words(speech, because)) }),
  }));
}

/** Shows everything that the file will say; each row can be chosen to be changed. */
export async function review(
  { asker, speech, target }: Travel,
  { rows, notes }: Extract<Step, { kind: 'review' }>,
): Promise<Reviewed> {
  const about = { file: target.shown };
  asker.say('');
  for (const note of notes) {
    const text = lines(speech, `! ${words(speech, note)}`);
    asker.say(paint(speech.style, 'yellow', text));
  }
  const options: readonly Option<Reviewed>[] = [
    {
      value: 'write',
      name: words(speech, message('init-review-write', about)),
      short: words(speech, message('init-yes')),
    },
    ...rowOptions(speech, rows),
    { value: 'leave', name: words(speech, message('init-review-leave')) },
  ];
  return asker.choose(words(speech, message('init-review-ask', about)), options);
}
