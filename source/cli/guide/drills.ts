import { choose } from '../commands/drill.ts';
import { sitAtDesk } from '../drill-desk.ts';
import { LECTURE_DRILL_IDS } from '../invocation.ts';
import type { GuidedRun } from './guided-run.ts';

/** As many as the demo sends: of one every 5 ms, half a failover's outage is seen. */
export const RATE_PER_SECOND = 200;

/** Every drill of the cluster, the lecture's first. */
export function allDrills({ stages }: GuidedRun): readonly string[] {
  const drills = stages.flatMap(({ plan }) => plan.drills.map(({ id }) => id));
  const isFirst = (id: string) => LECTURE_DRILL_IDS.includes(id);
  return [...drills.filter(isFirst), ...drills.filter((id) => !isFirst(id))];
}

/** The drills, until the operator goes on. */
export async function offerDrills(guided: GuidedRun, ids: readonly string[]): Promise<void> {
  const { run, theatre } = guided;
  const stages = guided.stages.map(({ plan }) => plan);
  await sitAtDesk({
    theatre,
    run,
    drills: choose({ stages }, ids),
    proven: () => provenStages(guided),
    rate: RATE_PER_SECOND,
    goesOn: true,
    work: (does) => guided.timed(does),
  });
}

/** A pair that is half made is judged by what has been made of it. */
function provenStages({ stages }: GuidedRun) {
  return stages.filter(({ mark }) => mark === 'done').map(({ plan }) => plan);
}
