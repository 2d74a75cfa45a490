import { vipAddress } from '../../cluster/index.ts';
import { followNode } from '../../drills/follow.ts';
import { check } from '../../engine/check-run.ts';
import { type DrillEvent, runDrill } from '../../engine/drill.ts';
import { expectationTexts } from '../../engine/drill-calls.ts';
import { look } from '../../engine/drill-look.ts';
import { DrillRefusedError } from '../../engine/drill-steps.ts';
import { relock } from '../../engine/facts/relock.ts';
import { type Drill, drillSpreads, EXIT, OperatorError, problem } from '../../model/index.ts';
import { renderMessage } from '../../text/index.ts';
import { addressesOf } from '../cloud/result-fields.ts';
import { DRILL_IDS, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { type Run, withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import type { Prompter } from '../prompts.ts';
import { askConsent, notConfirmed, verifyConsent } from './consent.ts';
import { type Left, leaveVip } from './leave-vip.ts';
import { frontendNames, lookAt } from './look-at.ts';
import { vipTargets } from './vip-targets.ts';

type DrillInvocation = Extract<Invocation, { command: 'drill' }>;

/** Breaks it, measures it, restores it; each drill as often as asked. */
export async function drill(io: Io, invocation: DrillInvocation): Promise<Outcome> {
  const { options, rate } = invocation;
  const named = await chooseDrills(io, invocation);
  verifyConsent(io, options.yes, 'drill');
  return withRun(
    io,
    { command: 'drill', options, lock: true, ratePerSecond: rate },
    async (run) => {
      await verifyWhole(run);
      const drills = choose(run, named);
      const ids = drills.map((one) => one.drill.id);
      if (!options.yes) await sayExpectations(run, drills, invocation.runs);
      if (!(await askConsent(io, options.yes, 'ask-drill', { drills: namesOf(io, ids) })))
        throw notConfirmed();
      const { holder: before } = await look(lookAt(run), {});
      const events: DrillEvent[] = [];
      const each = named === 'all' ? repeatWherePossible : repeat;
      for (const one of drills) events.push(...(await each(run, one, invocation)));
      return withHolder(outcomeOf(events), await leaveVip(run, before, drills));
    },
  );
}

/** What the runs came to, as the command's end. */
export function outcomeOf(events: readonly DrillEvent[]): Outcome {
  const passed = events.filter((event) => event.outcome === 'passed').length;
  const failed = events.length - passed;
  const spreads = drillSpreads(events);
  return {
    exitCode: failed > 0 ? EXIT.failed : EXIT.done,
    fields: {
      ok: failed === 0,
      drills: { passed, failed },
      ...(spreads.length > 0 && { spreads }),
    },
  };
}

/** Who has the VIP in the end; one that could not be brought home is no success. */
function withHolder({ exitCode, fields }: Outcome, { holder, isHome }: Left): Outcome {
  const ok = fields.ok && isHome;
  return { exitCode: ok ? exitCode : EXIT.failed, fields: { ...fields, ok, holder } };
}

function namesOf({ language }: Io, ids: readonly string[]): string {
  const names = ids.map((id) => renderMessage({ code: `drill-${id}` }, language));
  return names.join(language === 'zh' ? '，' : ', ');
}

/** A drill, and the stage that it belongs to. */
export interface Staged {
  readonly stage: string;
  readonly drill: Drill;
}

/** The named ones, in that order; of `all` those that the cluster and the chosen stages have. */
export function choose(
  { stages }: Pick<Run, 'stages'>,
  named: readonly string[] | 'all',
): readonly Staged[] {
  const known = stages.flatMap(({ id, drills }) =>
    drills.map((one) => ({ stage: id, drill: one })),
  );
  const find = (id: string) => known.find((one) => one.drill.id === id);
  if (named === 'all') return DRILL_IDS.flatMap((id) => find(id) ?? []);
  const drills = known.map((one) => one.drill);
  return named.map((id) => find(id) ?? unknownDrill(id, drills));
}

/** What should happen, before the yes: each drill begins with the VIP where the last one left it. */
async function sayExpectations(run: Run, drills: readonly Staged[], runs: number): Promise<void> {
  const names = frontendNames(run);
  let { holder } = await look(lookAt(run), {});
  for (const { stage, drill: one } of drills) {
    for (let time = 1; time <= runs; time += 1) {
      const planned = one.plan({ holder, frontends: names });
      if (planned.kind === 'impossible') throw new OperatorError(planned.problem);
      holder = planned.plan.expectation.holderAfter;
      if (time > 1) continue;
      for (const text of expectationTexts(planned.plan))
        run.ports.emit({ type: 'progress', stage, node: null, text, keep: true });
    }
  }
}

function unknownDrill(id: string, known: readonly Drill[]): never {
  const names = known.map((one) => one.id).join(', ');
  throw new OperatorError(problem('drill-unknown', { drill: id, known: names }), EXIT.usage);
}

async function chooseDrills(
  io: Io,
  { ids, all }: DrillInvocation,
): Promise<readonly string[] | 'all'> {
  if (all) return 'all';
  if (ids.length > 0) return ids;
  if (!io.prompter)
    throw new OperatorError(
      problem('drill-not-named', { known: DRILL_IDS.join(', ') }),
      EXIT.usage,
    );
  const menu = DRILL_IDS.map(
    (id, index) => `  ${index + 1}  ${renderMessage({ code: `drill-${id}` }, io.language)}`,
  );
  const question = renderMessage({ code: 'ask-which-drill' }, io.language);
  return [await chooseOne(io.prompter, `${menu.join('\n')}\n${question} `)];
}

/** Shown again until it is a number of the menu; an empty line leaves. */
async function chooseOne(prompter: Prompter, menu: string): Promise<string> {
  for (;;) {
    const answer = (await prompter.askLine(menu))?.trim();
    if (!answer) throw notConfirmed();
    const chosen = DRILL_IDS[Number(answer) - 1];
    if (chosen) return chosen;
  }
}

/** A drill on a pair that is not whole would break it for real. */
export async function verifyWhole({ stages, ports }: Run): Promise<void> {
  const judged = await check(stages, ports);
  const bad = judged.find(
    ({ verdict }) => verdict.state === 'failed' || verdict.state === 'unknown',
  );
  if (bad) throw new OperatorError(problem('drill-not-ready', { check: bad.check.id }));
}

/** Of all drills, one that this pair refuses for its own good is told and passed over. */
async function repeatWherePossible(
  run: Run,
  staged: Staged,
  often: Pick<DrillInvocation, 'runs' | 'rate'>,
): Promise<readonly DrillEvent[]> {
  try {
    return await repeat(run, staged, often);
  } catch (error) {
    if (!(error instanceof DrillRefusedError)) throw error;
    for (const one of error.problems) run.ports.emit({ type: 'problem', problem: one });
    return [];
  }
}

/** A run in which the prober itself was late is thrown away and repeated, twice at most. */
const THROWN_AWAY_AT_MOST = 2;

export async function repeat(
  run: Run,
  { stage, drill: one }: Staged,
  { runs, rate }: Pick<DrillInvocation, 'runs' | 'rate'>,
): Promise<readonly DrillEvent[]> {
  const events: DrillEvent[] = [];
  let thrownAway = 0;
  const publicAddress = addressesOf(run.cluster, run.ports.journal.records()).public;
  const ours = { holder: run.session.holder, takeOver: run.session.deadTokens, breakLocks: [] };
  while (events.length < runs) {
    const event = await runDrill({
      ...lookAt(run),
      drill: one,
      stage,
      run: events.length + 1,
      ratePerSecond: rate,
      targets: (victim) => vipTargets(run.cluster, victim, rate, publicAddress),
      follow: () => followNode(vipAddress(run.cluster)),
      relock: (node) => relock(node, ours, run.ports),
    });
    const again = event.outcome === 'aborted' && thrownAway < THROWN_AWAY_AT_MOST;
    if (again) thrownAway += 1;
    else events.push(event);
  }
  return events;
}
