import { expectationTexts } from '../../engine/drill-calls.ts';
import { look } from '../../engine/drill-look.ts';
import { message, OperatorError } from '../../model/index.ts';
import type { Journey, OfferedDrill, Scene } from '../../tui/scenes.ts';
import { frontendNames, lookAt, repeat, verifyWhole } from '../commands/drill.ts';
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
  for (;;) {
    const drills = await described(guided, ids);
    const answer = await guided.theatre.ask({ kind: 'drills', journey: guided.journey(), drills });
    if (answer.kind !== 'drill') return;
    for (const id of answer.ids) if (!(await runOne(guided, id))) break;
  }
}

function find({ stages }: GuidedRun, id: string) {
  const stage = stages.find(({ plan }) => plan.drills.some((one) => one.id === id));
  const drill = stage?.plan.drills.find((one) => one.id === id);
  if (!stage || !drill) throw new Error(`no drill ${id}`);
  return { stage: stage.plan.id, drill };
}

/** What should happen in each, as the pair is now. */
async function described(
  guided: GuidedRun,
  ids: readonly string[],
): Promise<readonly OfferedDrill[]> {
  const { run } = guided;
  const { holder } = await look(lookAt(run), {});
  return ids.map((id) => {
    const { stage, drill } = find(guided, id);
    const planned = drill.plan({ holder, frontends: frontendNames(run) });
    const expects =
      planned.kind === 'impossible' ? [planned.problem] : expectationTexts(planned.plan);
    return { id, stage, expects };
  });
}

/** Breaks it, and shows what came of it. @returns whether the next one may follow */
async function runOne(guided: GuidedRun, id: string): Promise<boolean> {
  const { theatre } = guided;
  try {
    await breakIt(guided, id);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const answer = await theatre.ask({
      kind: 'failed',
      journey: guided.journey(),
      problems: error.problems,
      canIgnore: false,
      canRetry: true,
      canEdit: false,
      canGoBack: true,
    });
    return answer.kind === 'retry' ? runOne(guided, id) : false;
  }
  const answer = await theatre.ask({ kind: 'drilled', journey: guided.journey(), drill: id });
  return answer.kind === 'again' ? runOne(guided, id) : true;
}

async function breakIt(guided: GuidedRun, id: string): Promise<void> {
  const { run } = guided;
  const [drill] = await described(guided, [id]);
  if (!drill) return;
  const scene = (journey: Journey): Scene => ({ kind: 'drilling', journey, drill });
  await guided.work(scene, async () => {
    const text = message('tui-drill-verifying');
    run.ports.emit({ type: 'progress', stage: drill.stage, node: null, text });
    await verifyWhole({ ...run, stages: provenStages(guided) });
    await repeat(run, find(guided, id), { runs: 1, rate: RATE_PER_SECOND });
  });
}

/** A pair that is half made is judged by what has been made of it. */
function provenStages({ stages }: GuidedRun) {
  return stages.filter(({ mark }) => mark === 'done').map(({ plan }) => plan);
}
