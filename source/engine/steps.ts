import { InterruptedError, type Ports, type Problem, type StagePlan } from '../model/index.ts';
import { applyStage, planStages } from './apply.ts';
import type { Judged } from './check-graph.ts';
import { reportChecks } from './check-run.ts';
import { checksOf, measureOnce, measureUntilDeadline, sayMeasuring } from './measure.ts';
import type { PlannedResource } from './probe.ts';

/** What an `apply` does in one go, a stage at a time: for whoever wants to look in between. */

/** What the nodes say is due, of these stages; every change is an event. @throws OperatorError */
export function lookAt(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly PlannedResource[]> {
  return planStages(stages, ports);
}

/**
 * Makes a stage's changes: it is probed again first, and once more after, when nothing may be left.
 *
 * @returns how many parts were changed
 * @throws OperatorError; InterruptedError when it was asked to stop
 */
export function makeStage(stage: StagePlan, ports: Ports): Promise<number> {
  return applyStage(stage, ports);
}

/**
 * Measures a stage's checks until their deadlines. It is done when none has failed, and then
 * journalled as done.
 *
 * @returns the problems of those that failed
 * @throws InterruptedError when it was asked to stop
 */
export async function proveStage(stage: StagePlan, ports: Ports): Promise<readonly Problem[]> {
  const judged = await measureUntilDeadline(checksOf([stage]), ports);
  const problems = failures(await reportChecks(judged, ports));
  if (ports.stop.requested) throw new InterruptedError();
  if (problems.length > 0) {
    ports.emit({ type: 'stage', id: stage.id, state: 'failed' });
    return problems;
  }
  await ports.journal.append([{ type: 'stage-done', stage: stage.id }]);
  ports.emit({ type: 'stage', id: stage.id, state: 'done' });
  return [];
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

function failures(judged: readonly Judged[]): readonly Problem[] {
  return judged.flatMap(({ verdict }) =>
    verdict.state === 'failed' && verdict.problem ? [verdict.problem] : [],
  );
}
