import { type PlanEntry, partsOf } from '../../engine/probe.ts';
import { EXIT, message, OperatorError, problem } from '../../model/index.ts';
import { ownTitle } from '../../stages/runbook-words.ts';
import { renderMessage } from '../../text/index.ts';
import { type Counted, planDigest } from '../faces/plan-digest.ts';
import type { Io } from '../io.ts';

/**
 * Nobody is asked where nobody can answer: a command that changes something then needs `--yes`.
 *
 * @throws OperatorError "yes-missing", exit 64
 */
export function verifyConsent(io: Io, yes: boolean, command: string): void {
  if (!yes && !io.prompter)
    throw new OperatorError(problem('yes-missing', { command }), EXIT.usage);
}

/** The answer was no: nothing has been changed. */
export function notConfirmed(): OperatorError {
  return new OperatorError(problem('not-confirmed'));
}

/** A yes, asked for where it was not given. */
export async function askConsent(
  io: Io,
  yes: boolean,
  question: string,
  params: Record<string, string | number>,
): Promise<boolean> {
  if (yes || !io.prompter) return yes;
  io.face.settle();
  io.write('\n');
  return io.prompter.askYesNo(renderMessage(message(question, params), io.language));
}

/** What is about to be asked about, in short; nothing where nobody is asked. */
export function sayDigest(
  io: Io,
  yes: boolean,
  title: Parameters<typeof planDigest>[1],
  parts: readonly Counted[],
): void {
  if (yes || !io.prompter) return;
  const stageTitle = (id: string) => ownTitle(io.summary.runbook, id, io.language);
  const speech = { language: io.language, style: { colour: false, ascii: false }, stageTitle };
  io.face.settle();
  io.write(`${planDigest(speech, title, parts).join('\n')}\n`);
}

/** The plan has been shown; a step with an outage asks for the node's name. */
export async function askForPlan(
  io: Io,
  yes: boolean,
  plan: readonly PlanEntry[],
  leaving: readonly Counted[] = [],
): Promise<boolean> {
  const parts: readonly Counted[] = [...leaving, ...partsOf(plan)];
  const nodes = new Set(parts.flatMap(({ node }) => node ?? [])).size;
  sayDigest(io, yes, 'plan-digest', parts);
  if (!(await askConsent(io, yes, 'ask-apply', { changes: parts.length, nodes }))) return false;
  const outage = parts.find((one) => one.effect === 'outage')?.node;
  if (yes || !outage || !io.prompter) return true;
  const question = renderMessage(message('ask-outage', { node: outage }), io.language);
  return io.prompter.askWord(question, outage);
}
