import { failuresOf, lookAt, stillHolds } from '../../engine/steps.ts';
import { EXIT, OperatorError, problem } from '../../model/index.ts';
import { anyLeaves } from '../leaving/leave.ts';
import type { GuidedRun } from './guided-run.ts';
import { noteDue, type PlannedStage } from './plan-book.ts';
import { progressOf } from './progress.ts';

/**
 * Plans everything. What was done before is looked at, and said to hold or not: by what the machines
 * say now, and not by what was written down.
 */
export async function open(guided: GuidedRun): Promise<void> {
  const { run, stages, theatre } = guided;
  const { ports, leaving } = run;
  if (anyLeaves(leaving)) throw new OperatorError(problem('guide-nodes-leave'), EXIT.usage);
  const before = progressOf(beforeThisRun(guided));
  noteDue(stages, await lookAt(run.stages, ports));
  const known = stages.filter(({ plan }) => before.done.has(plan.id));
  const failing = await failures(
    guided,
    known.filter(({ due }) => due.length === 0),
  );
  for (const stage of known) {
    const isRight = stage.due.length === 0 && !failing.some((one) => one.stage === stage.plan.id);
    stage.mark = isRight ? 'done' : 'changed';
  }
  guided.goOn(-1);
  if (known.length === 0) return;
  const changed = known.filter(({ due }) => due.length > 0);
  await theatre.ask({
    kind: 'found',
    journey: guided.journey(),
    agoMs: Date.now() - (before.lastMs ?? Date.now()),
    held: known.filter(({ mark }) => mark === 'done').map(({ plan }) => plan.id),
    changed: changed.map(({ plan, due }) => ({ stage: plan.id, count: due.length })),
    failing,
  });
}

/** Ours has written that it began, and perhaps what it found. */
function beforeThisRun({ run }: GuidedRun) {
  const records = run.ports.journal.records();
  const ours = records.findLastIndex(({ type }) => type === 'run-started');
  return ours < 0 ? records : records.slice(0, ours);
}

async function failures({ run }: GuidedRun, stages: readonly PlannedStage[]) {
  const plans = stages.map(({ plan }) => plan);
  return failuresOf(await stillHolds(plans, run.ports));
}
