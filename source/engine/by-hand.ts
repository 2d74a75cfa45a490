import {
  type ByHand,
  byHandCheckId,
  byHandResource,
  type JournalRecord,
  message,
  OperatorError,
  ownParams,
  type Ports,
  problem,
  type StagePlan,
} from '../model/index.ts';
import type { Judged } from './check-graph.ts';

type Done = Extract<JournalRecord, { type: 'manual-done' }>;

/** Asks a person whether a step is done, and waits for it. False: it is not, the run stops here. */
export type AskByHand = (step: ByHand) => Promise<boolean>;

/** The steps that were said to be done, and are not taken back since, the newest first. */
export function doneByHand(records: readonly JournalRecord[]): readonly Done[] {
  const done = new Map<string, Done>();
  for (const record of records) {
    if (record.type === 'manual-done') done.set(record.step, record);
    if (record.type === 'manual-undone') done.delete(record.step);
  }
  return [...done.values()].sort((one, other) => other.n - one.n);
}

/** The steps of these stages that nobody has done yet, in order. */
export function openByHand(
  stages: readonly StagePlan[],
  records: readonly JournalRecord[],
): readonly ByHand[] {
  const done = new Set(doneByHand(records).map(({ step }) => step));
  return stages.flatMap(({ byHand }) => (byHand && !done.has(byHand.step) ? [byHand] : []));
}

export function isOpenByHand({ byHand }: StagePlan, ports: Ports): boolean {
  return byHand !== undefined && openOf(byHand, ports);
}

function openOf({ step }: ByHand, ports: Ports): boolean {
  return !doneByHand(ports.journal.records()).some((one) => one.step === step);
}

/** Says where a step stands: a change like others, of no node. */
export function emitByHand(
  ports: Ports,
  { step, title }: ByHand,
  state: 'planned' | 'started' | 'done' | 'failed',
): void {
  ports.emit({
    type: 'change',
    stage: step,
    node: null,
    resource: byHandResource(step),
    code: 'by-hand',
    summary: message('by-hand', ownParams('title', title)),
    effect: 'none',
    state,
  });
}

/**
 * Has a person do the step.
 *
 * @param ask absent where nobody can answer: a step is never passed over in silence
 * @param verify its check, if it has one: only what holds is written down as done
 * @throws OperatorError "by-hand-not-done"; what `verify` throws
 */
export async function haveDone(
  byHand: ByHand,
  ask: AskByHand | undefined,
  ports: Ports,
  verify: () => Promise<unknown>,
): Promise<void> {
  const { step, title, undo } = byHand;
  ports.emit({ type: 'stage', id: step, state: 'running' });
  emitByHand(ports, byHand, 'started');
  if (!(await ask?.(byHand))) {
    emitByHand(ports, byHand, 'failed');
    ports.emit({ type: 'stage', id: step, state: 'failed' });
    throw new OperatorError(problem('by-hand-not-done', { step, ...ownParams('title', title) }));
  }
  try {
    await verify();
  } catch (error) {
    if (error instanceof OperatorError) emitByHand(ports, byHand, 'failed');
    throw error;
  }
  await ports.journal.append([{ type: 'manual-done', step, title, undo }]);
  emitByHand(ports, byHand, 'done');
}

/** The claims that the steps by hand were done. */
export function judgeByHand(
  stages: readonly StagePlan[],
  records: readonly JournalRecord[],
): readonly Judged[] {
  const done = doneByHand(records);
  return stages.flatMap(({ id, byHand }): readonly Judged[] => {
    if (!byHand) return [];
    const { step, title } = byHand;
    const params = { step, ...ownParams('title', title) };
    const found = done.find((one) => one.step === step);
    const check = { id: byHandCheckId(step), node: null, title: message('by-hand', params) };
    if (found) {
      const reason = message('by-hand-done', { at: found.at });
      return [{ stage: id, check, verdict: { state: 'passed', reason } }];
    }
    const open = problem('by-hand-open', params);
    return [{ stage: id, check, verdict: { state: 'failed', reason: open, problem: open } }];
  });
}

/**
 * Nobody but a person takes these back: what to do is said, and a later apply asks for them again.
 *
 * @returns what stays, by name
 */
export async function undoByHand(steps: readonly Done[], ports: Ports): Promise<readonly string[]> {
  for (const { step, title, undo } of steps) {
    const params = { step, ...ownParams('title', title) };
    const text = undo
      ? message('by-hand-undo', { ...params, ...ownParams('text', undo) })
      : message('by-hand-undo-unsaid', params);
    ports.emit({ type: 'progress', stage: step, node: null, text, keep: true });
  }
  await ports.journal.append(steps.map(({ step }) => ({ type: 'manual-undone', step }) as const));
  return steps.map(({ step }) => byHandResource(step));
}
