import {
  InterruptedError,
  OperatorError,
  type Ports,
  problem,
  type StagePlan,
} from '../model/index.ts';
import { type AskByHand, emitByHand, haveDone, isOpenByHand, openByHand } from './by-hand.ts';
import { carryOut } from './carry-out.ts';
import { emitParts } from './change.ts';
import type { Judged } from './check-graph.ts';
import { reportChecks } from './check-run.ts';
import { type Closing, checksOf, measureUntilDeadline, type StagedCheck } from './measure.ts';
import { isChange, type PlannedResource, probeStages, throwIfAny, verifyAllowed } from './probe.ts';

export interface ApplyOptions {
  readonly stages: readonly StagePlan[];
  readonly ports: Ports;
  /** Shown the whole plan; nothing changes before it says yes. */
  readonly confirm: (plan: readonly PlannedResource[]) => Promise<boolean>;
  /** Asked for each step that a person does, in its place; absent where nobody can answer. */
  readonly byHand?: AskByHand;
  /** What goes at the end of the last round trip of each node: the lock's release. */
  readonly closing: Closing;
}

export interface ApplyOutcome {
  readonly changed: number;
  readonly unchanged: number;
  readonly judged: readonly Judged[];
}

/** Plans all stages, asks, and carries them out one by one; a stage with nothing to change is settled. */
export async function apply(options: ApplyOptions): Promise<ApplyOutcome> {
  const { stages, ports } = options;
  const plan = await planStages(stages, ports);
  if (plan.some(isChange) && !(await options.confirm(plan))) {
    throw new OperatorError(problem('not-confirmed'));
  }
  const isDue = (stage: StagePlan) => hasChange(plan, stage) || isOpenByHand(stage, ports);
  const work: Work = { options, plan, changed: 0, judged: [], measured: new Set() };
  if (stages.some(isDue)) {
    await measure(work, stages.slice(0, stages.findIndex(isDue)));
    for (const stage of stages) await carryThrough(work, stage);
  } else {
    for (const { id } of stages) ports.emit({ type: 'stage', id, state: 'done' });
  }
  const rest = checksOf(stages.filter((stage) => !work.measured.has(stage.id)));
  const last = await measureUntilDeadline(rest, ports, options.closing);
  work.judged.push(...(await reportChecks(last, ports)));
  const unchanged = plan.filter(({ planned }) => planned.kind === 'settled').length;
  return { changed: work.changed, unchanged, judged: work.judged };
}

/** How far a run has come. */
interface Work {
  readonly options: ApplyOptions;
  readonly plan: readonly PlannedResource[];
  changed: number;
  readonly judged: Judged[];
  /** Stages whose checks have been measured. */
  readonly measured: Set<string>;
}

/** Measures the checks of these stages, once in a run; what fails stops it. */
async function measure(work: Work, stages: readonly StagePlan[]): Promise<readonly Judged[]> {
  const judged = await checkOrStop(checksOf(stages), work.options.ports);
  work.judged.push(...judged);
  for (const { id } of stages) work.measured.add(id);
  return judged;
}

/** A stage of a run in which something is due: what a person does, the changes, then its checks. */
async function carryThrough(work: Work, stage: StagePlan): Promise<void> {
  const { ports, byHand } = work.options;
  if (stage.byHand && isOpenByHand(stage, ports)) {
    await haveDone(stage.byHand, byHand, ports, () => measure(work, [stage]));
    work.changed += 1;
  }
  const due = hasChange(work.plan, stage) || work.changed > 0;
  const count = due ? await applyStage(stage, ports) : 0;
  work.changed += count;
  const isGate = stage.gate === true && !work.measured.has(stage.id);
  if (count > 0 || isGate) await measure(work, [stage]);
  await ports.journal.append(count > 0 ? [{ type: 'stage-done', stage: stage.id }] : []);
  ports.emit({ type: 'stage', id: stage.id, state: 'done' });
}

/** Probes and plans; every change is an event. Throws when anything forbids the run. */
export async function planStages(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly PlannedResource[]> {
  throwIfAny(stages.flatMap((stage) => stage.problems));
  const plan = await probeStages(stages, ports);
  verifyAllowed(plan);
  for (const { stage, resource, planned } of plan) {
    if (planned.kind === 'change') emitParts(ports, stage, resource, planned.change, 'planned');
  }
  for (const one of openByHand(stages, ports.journal.records())) emitByHand(ports, one, 'planned');
  for (const stage of stages) ports.emit({ type: 'stage', id: stage.id, state: 'planned' });
  return plan;
}

function hasChange(plan: readonly PlannedResource[], stage: StagePlan): boolean {
  return plan.some((one) => one.stage === stage.id && isChange(one));
}

/**
 * One stage: probed again (what came before may have changed what is due), carried out, and
 * probed once more: nothing may be left to change.
 *
 * @returns how many parts were changed
 */
export async function applyStage(stage: StagePlan, ports: Ports): Promise<number> {
  ports.emit({ type: 'stage', id: stage.id, state: 'running' });
  try {
    const plan = await probeStages([stage], ports);
    verifyAllowed(plan);
    if (!plan.some(isChange)) return 0;
    const changed = await carryOut(stage, plan, ports);
    await verifySettled(stage, ports);
    return changed;
  } catch (error) {
    if (!(error instanceof InterruptedError))
      ports.emit({ type: 'stage', id: stage.id, state: 'failed' });
    throw error;
  }
}

/**
 * Nothing may be left to change. What an earlier change brought with it (a package that starts its
 * daemon) is made right by one more round; a resource that never settles is our fault, and said.
 */
async function verifySettled(stage: StagePlan, ports: Ports): Promise<void> {
  const left = (await probeStages([stage], ports)).filter((one) => one.planned.kind !== 'settled');
  const [first] = left;
  if (!first) return;
  if (first.planned.kind === 'refused') throw new OperatorError(first.planned.problem);
  throw new OperatorError(
    problem(
      'not-settled',
      { resource: left.map((one) => one.resource.id).join(', ') },
      { node: first.resource.node },
    ),
  );
}

async function checkOrStop(
  checks: readonly StagedCheck[],
  ports: Ports,
): Promise<readonly Judged[]> {
  const judged = await reportChecks(await measureUntilDeadline(checks, ports), ports);
  const bad = judged.find((one) => one.verdict.state === 'failed');
  if (bad?.verdict.problem) {
    ports.emit({ type: 'stage', id: bad.stage, state: 'failed' });
    throw new OperatorError(bad.verdict.problem);
  }
  if (ports.stop.requested) throw new InterruptedError();
  return judged;
}
