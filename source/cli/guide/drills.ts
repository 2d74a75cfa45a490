import type { OfferedDrill } from '../../tui/index.ts';
import { choose } from '../commands/drill.ts';
import { sitAtDesk } from '../drill-desk.ts';
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
  offered: readonly OfferedDrill[],
): Promise<void> {
  const { run, theatre } = guided;
  const stages = guided.stages.map(({ plan }) => plan);
  await sitAtDesk({
    theatre,
    run,
    drills: choose(
      { stages },
      offered.map(({ id }) => id),
    ),
    proven: () => provenStages(guided),
    rate: RATE_PER_SECOND,
    work: (does) => guided.timed(does),
  });
}

/** A pair that is half made is judged by what has been made of it. */
function provenStages({ stages }: GuidedRun) {
  return stages.filter(({ mark }) => mark === 'done').map(({ plan }) => plan);
}
