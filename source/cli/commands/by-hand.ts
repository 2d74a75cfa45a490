import { type AskByHand, openByHand } from '../../engine/by-hand.ts';
import {
  type ByHand,
  EXIT,
  message,
  OperatorError,
  ownParams,
  problem,
} from '../../model/index.ts';
import { renderMessage, sanitize } from '../../text/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Run } from '../open-run.ts';

/**
 * What a person does is never passed over because nobody could be asked: each such step that is not
 * done yet is named before anything is changed. `--yes` is a yes to the plan; that something has been
 * done somewhere else is another thing to say (`--confirm STEP`).
 *
 * @throws OperatorError, exit 64: "by-hand-unconfirmed", "by-hand-unknown"
 */
export function verifyByHand(
  io: Io,
  { confirmed = [] }: GlobalOptions,
  { stages, ports, runbook }: Pick<Run, 'stages' | 'ports' | 'runbook'>,
): void {
  const manual = runbook.stages.flatMap(({ id, own }) => (own?.kind === 'manual' ? [id] : []));
  const inConsole = stages.flatMap(({ id, byHand }) => (byHand ? [id] : []));
  const known = [...new Set([...manual, ...inConsole])];
  const found = confirmed.find((step) => !known.includes(step));
  if (found !== undefined) {
    const params = { found, known: known.join(', ') || '-' };
    throw new OperatorError(problem('by-hand-unknown', params), EXIT.usage);
  }
  if (io.prompter) return;
  const open = openByHand(stages, ports.journal.records());
  const [first, ...others] = open
    .filter(({ step }) => !confirmed.includes(step))
    .map(({ step, title, text }) => {
      const params = { step, ...ownParams('title', title), ...ownParams('text', text) };
      return problem('by-hand-unconfirmed', params);
    });
  if (first) throw new OperatorError([first, ...others], EXIT.usage);
}

/** Asks in lines: shows what is to be done, and waits for Enter. */
export function byHandAsker(io: Io, { confirmed = [] }: GlobalOptions): AskByHand {
  return async (step) => {
    if (confirmed.includes(step.step)) return true;
    if (!io.prompter) return false;
    io.face.settle();
    io.write(`\n${toDo(step, io)}\n\n`);
    return waitForEnter(io);
  };
}

function toDo({ title, text }: ByHand, { language }: Io): string {
  const lines = sanitize(text[language]).trimEnd().split('\n');
  const head = renderMessage(message('by-hand', ownParams('title', title)), language);
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

const NO = new Set(['n', 'no', '否', '不']);

async function waitForEnter({ prompter, language }: Io): Promise<boolean> {
  for (;;) {
    const answer = await prompter?.askLine(renderMessage(message('ask-by-hand'), language));
    if (answer === null || answer === undefined) return false;
    const word = answer.trim().toLowerCase();
    if (word === '') return true;
    if (NO.has(word)) return false;
  }
}
