import { vipAddress, vrrpOrder } from '../cluster/index.ts';
import type { DrillEvent } from '../engine/drill.ts';
import { expectationTexts } from '../engine/drill-calls.ts';
import { look } from '../engine/drill-look.ts';
import { message, type NodeName, OperatorError, type StagePlan } from '../model/index.ts';
import type { DrillOffer, DrillPlace } from '../tui/index.ts';
import { repeat, type Staged, verifyWhole } from './commands/drill.ts';
import { frontendNames, lookAt } from './commands/look-at.ts';
import { moveTo } from './commands/move-vip.ts';
import type { Theatre } from './guide/theatre.ts';
import type { Run } from './open-run.ts';
import { lookOnce } from './watching.ts';

/** Where drills are run on the full screen: from a session's run that is open, with its lock. */
export interface Desk {
  readonly theatre: Theatre;
  readonly run: Run;
  readonly drills: readonly Staged[];
  /** What must be whole before anything is broken. */
  readonly proven: () => readonly StagePlan[];
  readonly rate: number;
  /** Around everything that takes time. */
  readonly work: <Result>(does: () => Promise<Result>) => Promise<Result>;
  /** There is something behind the drills to go on to. */
  readonly goesOn?: boolean;
  /** Every run of every drill is put here: leaving is thrown. */
  readonly events?: DrillEvent[];
}

/** The menu, until the operator goes back. */
export async function sitAtDesk(desk: Desk): Promise<void> {
  for (;;) {
    busy(desk, 'dv-starting');
    const offers = await desk.work(() => offersNow(desk));
    const { goesOn = false } = desk;
    const place = placeOf(desk);
    const answer = await desk.theatre.ask({ kind: 'drill-menu', place, offers, goesOn });
    if (answer.kind !== 'drill') return;
    await runRow(desk, answer.ids);
  }
}

const TEN = 10;

/** One after the other; each is shown afterwards. What fails ends the row. */
async function runRow(desk: Desk, ids: readonly string[]): Promise<void> {
  const row = ids.flatMap((id) => desk.drills.find((one) => one.drill.id === id) ?? []);
  let at = 0;
  let times = 1;
  while (row[at]) {
    const runs = await attempt(desk, row[at]!, times);
    if (!runs) return;
    desk.events?.push(...runs);
    const wanted = await afterwards(desk, row[at]!, runs, row[at + 1]);
    if (wanted === 'menu') return;
    times = wanted === 'again-ten' ? TEN : 1;
    if (wanted === 'next') at += 1;
  }
}

/** Runs it; what the operator can mend is told. Undefined: they went back. */
async function attempt(
  desk: Desk,
  staged: Staged,
  times: number,
): Promise<readonly DrillEvent[] | undefined> {
  const { theatre, run, rate } = desk;
  for (;;) {
    const drill = staged.drill.id;
    theatre.show({ kind: 'drill-running', place: placeOf(desk), drill, times, stopping: false });
    try {
      return await desk.work(async () => {
        run.ports.emit({
          type: 'progress',
          stage: staged.stage,
          node: null,
          text: message('dv-checking'),
        });
        await verifyWhole({ ...run, stages: desk.proven() });
        return repeat(run, staged, { runs: times, rate });
      });
    } catch (error) {
      if (!(await isRetried(desk, error))) return undefined;
    }
  }
}

/** Tells a failure. @throws what is none of the operator's */
async function isRetried({ theatre }: Desk, error: unknown): Promise<boolean> {
  if (!(error instanceof OperatorError)) throw error;
  const answer = await theatre.ask({
    kind: 'failed',
    problems: error.problems,
    canIgnore: false,
    canRetry: true,
    canEdit: false,
    canGoBack: true,
  });
  return answer.kind === 'retry';
}

/** What came of it, until the operator goes on. */
async function afterwards(
  desk: Desk,
  { drill }: Staged,
  runs: readonly DrillEvent[],
  next: Staged | undefined,
): Promise<'menu' | 'next' | 'again' | 'again-ten'> {
  const { theatre, run } = desk;
  for (;;) {
    const nodes = await desk.work(() => lookOnce(run.cluster, run.ports));
    const home = vrrpOrder(run.cluster)[0]!.name;
    const isHome = nodes.some(({ name, look: seen }) => name === home && seen?.holds);
    const answer = await theatre.ask({
      kind: 'drill-after',
      place: placeOf(desk),
      drill: drill.id,
      runs,
      nodes,
      vip: vipAddress(run.cluster),
      atMs: run.ports.clock.now(),
      ...(!isHome && { home }),
      ...(next && { next: next.drill.id }),
    });
    if (answer.kind === 'next' || answer.kind === 'again' || answer.kind === 'again-ten')
      return answer.kind;
    if (answer.kind !== 'move-home') return 'menu';
    await moveHome(desk, home);
  }
}

async function moveHome(desk: Desk, home: NodeName): Promise<void> {
  busy(desk, 'dv-moving', { node: home });
  try {
    await desk.work(() => moveTo(desk.run, home));
  } catch (error) {
    await isRetried(desk, error);
  }
}

function busy({ theatre }: Desk, code: string, params = {}): void {
  theatre.show({ kind: 'busy', what: message(code, params) });
}

function placeOf({ run: { cluster }, rate }: Desk): DrillPlace {
  return { cluster: cluster.name, profile: cluster.vip.profile, rate };
}

/** What each drill would do if it were run now, or why it cannot be. */
async function offersNow({ run, drills }: Desk): Promise<readonly DrillOffer[]> {
  const { holder } = await look(lookAt(run), {});
  const situation = { holder, frontends: frontendNames(run) };
  return drills.map(({ drill, stage }): DrillOffer => {
    const planned = drill.plan(situation);
    if (planned.kind === 'impossible') return { id: drill.id, stage, problem: planned.problem };
    const { victim, expectation, armedSeconds } = planned.plan;
    return {
      id: drill.id,
      stage,
      plan: {
        victim,
        texts: expectationTexts(planned.plan),
        predictedMs: expectation.outageMs,
        holder,
        holderAfter: expectation.holderAfter,
        ...(armedSeconds !== undefined && { armedSeconds }),
      },
    };
  });
}
