import { OperatorError } from '../../model/index.ts';
import type { Journey, OfferedDrill, Scene } from '../../tui/index.ts';
import { repeat, verifyWhole } from '../commands/drill.ts';
import { LECTURE_DRILL_IDS } from '../invocation.ts';
import type { GuidedRun } from './journey.ts';

/** As many as the demo sends: of one every 5 ms, half a failover's outage is seen. */
export const RATE_PER_SECOND = 200;

/** Every drill of the cluster, the lecture's first. */
export function allDrills({ stages }: GuidedRun): readonly OfferedDrill[] {
  const drills = stages.flatMap(({ plan }) =>
    plan.drills.map(({ id }) => ({ id, stage: plan.id })),
  );
  const isFirst = ({ id }: OfferedDrill) => LECTURE_DRILL_IDS.includes(id);
  return [...drills.filter(isFirst), ...drills.filter((one) => !isFirst(one))];
}

/** The drills, until the operator goes on. */
export async function offerDrills(
  guided: GuidedRun,
  drills: readonly OfferedDrill[],
): Promise<void> {
  for (;;) {
    const answer = await guided.theatre.ask({ kind: 'drills', journey: guided.journey(), drills });
    if (answer.kind !== 'drill') return;
    await runAll(guided, answer.ids);
  }
}

/** One after the other; each is shown afterwards. What fails stops the row. */
async function runAll(guided: GuidedRun, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    if (!(await runOne(guided, id))) return;
  }
}

async function runOne(guided: GuidedRun, id: string): Promise<boolean> {
  const { run, theatre } = guided;
  const stage = guided.stages.find(({ plan }) => plan.drills.some((one) => one.id === id));
  const drill = stage?.plan.drills.find((one) => one.id === id);
  if (!stage || !drill) return false;
  const scene = (journey: Journey): Scene => ({ kind: 'drilling', journey, drill: id });
  try {
    await guided.work(scene, async () => {
      await verifyWhole({ ...run, stages: provenStages(guided) });
      await repeat(run, { stage: stage.plan.id, drill }, { runs: 1, rate: RATE_PER_SECOND });
    });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const answer = await theatre.ask({
      kind: 'failed',
      journey: guided.journey(),
      problems: error.problems,
      canIgnore: false,
      canRetry: true,
      canGoBack: true,
    });
    return answer.kind === 'retry' ? runOne(guided, id) : false;
  }
  const answer = await theatre.ask({ kind: 'drilled', journey: guided.journey(), drill: id });
  return answer.kind === 'again' ? runOne(guided, id) : true;
}

/** A pair that is half made is judged by what has been made of it. */
function provenStages({ stages }: GuidedRun) {
  return stages.filter(({ mark }) => mark === 'done').map(({ plan }) => plan);
}
