import { InterruptedError, type Ports, type Problem, type StagePlan } from '../model/index.ts';
import { planStages } from './apply.ts';
import { applyStage } from './apply-stage.ts';
import type { Judged } from './check-graph.ts';
import { reportChecks } from './check-run.ts';
import { checksOf, measureOnce, measureUntilDeadline, sayMeasuring } from './measure.ts';
import type { PlanEntry } from './probe.ts';

/** What an `apply` does in one go, a stage at a time: for whoever wants to look in between. */

/** What the nodes and the cloud say is due, of these stages; every change is an event. @throws OperatorError */
export function lookAt(stages: readonly StagePlan[], ports: Ports): Promise<readonly PlanEntry[]> {
  return planStages(stages, ports);
}

/**
 * Makes a stage's changes: it is probed again first, and once more after, when nothing may be left.
 *
 * @param before the stages before it, whose outputs in the cloud it may need
 * @returns how many parts were changed
 * @throws OperatorError; InterruptedError when it was asked to stop
 */
export function makeStage(
  stage: StagePlan,
  ports: Ports,
  before: readonly StagePlan[] = [],
): Promise<number> {
  return applyStage(stage, ports, before);
}

/** A check that failed, and whose it is: perhaps that of an earlier stage. */
export interface Failure {
  readonly stage: string;
  readonly problem: Problem;
}

/**
 * Measures a stage's checks until their deadlines. It is done when none has failed, and then
 * journalled as done.
 *
 * @param earlier stages that were done before: where a check fails, theirs are measured with it once,
 *   so that a cause that lies in one of them is named there
 * @returns what failed
 * @throws InterruptedError when it was asked to stop
 */
export async function proveStage(
  stage: StagePlan,
  ports: Ports,
  earlier: readonly StagePlan[] = [],
): Promise<readonly Failure[]> {
  const own = await measureUntilDeadline(checksOf([stage]), ports);
  const judged = await reportChecks(await withEarlier(own, [...earlier, stage], ports), ports);
  const failures = failuresOf(judged);
  if (ports.stop.requested) throw new InterruptedError();
  if (failures.length > 0) {
    ports.emit({ type: 'stage', id: stage.id, state: 'failed' });
    return failures;
  }
  await ports.journal.append([{ type: 'stage-done', stage: stage.id }]);
  ports.emit({ type: 'stage', id: stage.id, state: 'done' });
  return [];
}

/** What failed, measured once more together with all on which it stands; else what was found. */
async function withEarlier(
  own: readonly Judged[],
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly Judged[]> {
  const all = checksOf(stages);
  const isWhole = failuresOf(own).length === 0 || all.length === own.length;
  if (isWhole || ports.stop.requested) return own;
  sayMeasuring(all, ports);
  return measureOnce(all, ports);
}

/** Whether stages that were done before still hold: their checks, measured once. */
export async function stillHolds(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly Judged[]> {
  const checks = checksOf(stages);
  if (checks.length === 0) return [];
  sayMeasuring(checks, ports);
  return reportChecks(await measureOnce(checks, ports), ports);
}

/** Those that failed, each with its problem. */
export function failuresOf(judged: readonly Judged[]): readonly Failure[] {
  return judged.flatMap(({ stage, verdict }) =>
    verdict.state === 'failed' && verdict.problem ? [{ stage, problem: verdict.problem }] : [],
  );
}
