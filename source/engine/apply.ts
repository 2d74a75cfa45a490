import {
  InterruptedError,
  OperatorError,
  type Ports,
  problem,
  type StagePlan,
} from '../model/index.ts';
import { applyStage } from './apply-stage.ts';
import { type AskByHand, emitByHand, haveDone, isOpenByHand, openByHand } from './by-hand.ts';
import { emitParts } from './change.ts';
import type { Judged } from './check-graph.ts';
import { reportChecks } from './check-run.ts';
import { emitCloud } from './cloud/change.ts';
import { noteFound } from './cloud/note-found.ts';
import { planCloud } from './cloud/plan.ts';
import { type Closing, checksOf, measureUntilDeadline, type StagedCheck } from './measure.ts';
import {
  isChange,
  isOfCloud,
  type PlanEntry,
  probeStages,
  settledCount,
  throwIfAny,
  verifyAllowed,
} from './probe.ts';

export interface ApplyOptions {
  readonly stages: readonly StagePlan[];
  readonly ports: Ports;
  /** Shown the whole plan; nothing changes before it says yes. */
  readonly confirm: (plan: readonly PlanEntry[]) => Promise<boolean>;
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
  await noteFound(plan.filter(isOfCloud), ports);
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
  return { changed: work.changed, unchanged: settledCount(plan), judged: work.judged };
}

/** How far a run has come. */
interface Work {
  readonly options: ApplyOptions;
  readonly plan: readonly PlanEntry[];
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
  const { ports, byHand, stages } = work.options;
  const before = stages.slice(0, stages.indexOf(stage));
  if (stage.byHand && isOpenByHand(stage, ports)) {
    await haveDone(stage.byHand, byHand, ports, () => measure(work, [stage]));
    work.changed += 1;
  }
  const due = hasChange(work.plan, stage) || work.changed > 0;
  const count = due ? await applyStage(stage, ports, before) : 0;
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
): Promise<readonly PlanEntry[]> {
  throwIfAny(stages.flatMap((stage) => stage.problems));
  const [nodes, cloud] = await Promise.all([probeStages(stages, ports), planCloud(stages, ports)]);
  const plan = stages.flatMap(({ id }) => [...nodes, ...cloud].filter(({ stage }) => stage === id));
  verifyAllowed(plan);
  for (const one of plan) emitPlanned(one, ports);
  for (const one of openByHand(stages, ports.journal.records())) emitByHand(ports, one, 'planned');
  for (const stage of stages) ports.emit({ type: 'stage', id: stage.id, state: 'planned' });
  return plan;
}

function emitPlanned(one: PlanEntry, ports: Ports): void {
  if (isOfCloud(one)) {
    if ('summary' in one.planned)
      emitCloud(ports, one.stage, one.cloud, one.planned.summary, 'planned');
  } else if (one.planned.kind === 'change') {
    emitParts(ports, one.stage, one.resource, one.planned.change, 'planned');
  }
}

function hasChange(plan: readonly PlanEntry[], stage: StagePlan): boolean {
  return plan.some((one) => one.stage === stage.id && isChange(one));
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
