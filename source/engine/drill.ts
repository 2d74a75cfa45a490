import {
  type Drill,
  type DrillPlan,
  type DrillTarget,
  type DrillTrace,
  type DrillVerdict,
  type EventBody,
  type Evidence,
  type Follow,
  InterruptedError,
  type Measuring,
  type Message,
  message,
  type NodeName,
  OperatorError,
  type Ports,
  type Problem,
  type Situation,
  summarise,
  unsaid,
  worstView,
} from '../model/index.ts';
import { expectationTexts, makeCalls } from './drill-calls.ts';
import {
  measureBaseline,
  SETTLE_MS,
  verifyBaseline,
  waitForCalm,
  waitForCloud,
} from './drill-calm.ts';
import { breakIt, brokenNodes, healIt, healing, putBack } from './drill-fault.ts';
import { type LookOptions, linesOfReturned, look, lookWithout } from './drill-look.ts';
import { mayBreak, steps } from './drill-steps.ts';
import { DrillTeller } from './drill-teller.ts';
import {
  absentView,
  afterTakeover,
  asAsked,
  datingPlaces,
  isDiscarded,
  liveTarget,
  plannedLive,
  rateOf,
  viewOf,
} from './drill-views.ts';

export interface DrillOptions extends LookOptions {
  readonly drill: Drill;
  /** The stage whose drill it is. */
  readonly stage: string;
  readonly run: number;
  readonly ratePerSecond: number;
  /** What clients ask, and from where, when `victim` is to fail. */
  readonly targets: (victim: NodeName) => readonly DrillTarget[];
  /** How a front end is followed while it lasts; absent: nobody dates the phases. */
  readonly follow?: (node: NodeName) => Follow;
  /** Takes the lock of a node again that was away: it goes with a reboot. @throws OperatorError */
  readonly relock?: (node: NodeName) => Promise<void>;
}

export type DrillEvent = Extract<EventBody, { type: 'drill' }>;

/** Breaks it, measures it, restores it, judges it: one run of one drill. */
export async function runDrill(options: DrillOptions): Promise<DrillEvent> {
  const { drill, ports, frontends, run } = options;
  const before = await look(options, {});
  const situation: Situation = { holder: before.holder, frontends };
  const planned = drill.plan(situation);
  if (planned.kind === 'impossible') throw new OperatorError(planned.problem);
  const { plan } = planned;
  await mayBreak(plan, ports);
  for (const text of expectationTexts(plan)) tell(options, text, { keep: true });
  const teller = new DrillTeller({
    ...options,
    id: drill.id,
    run,
    victim: plan.victim,
    away: plan.away,
  });
  teller.tell(plannedLive(options, plan, before.holder));
  await ports.journal.append([{ type: 'drill-armed', drill: drill.id, victim: plan.victim }]);
  await arm(plan, ports, teller);
  let isBroken = false;
  let evidence: Evidence | undefined;
  try {
    evidence = await breakAndMeasure(options, plan, teller, (is) => {
      isBroken = is;
    });
  } catch (error) {
    await putBack(plan, ports, isBroken);
    throw error;
  } finally {
    await teller.end();
  }
  if (ports.stop.requested) throw new InterruptedError();
  const verdict = drill.judge(plan, evidence);
  const event = await conclude(options, plan, evidence, verdict, teller.trace);
  if (plan.away !== undefined) await options.relock?.(plan.away);
  return event;
}

async function arm({ arm: list, armedSeconds }: DrillPlan, ports: Ports, teller: DrillTeller) {
  await steps(list, ports);
  const node = list[0]?.node;
  if (node === undefined || armedSeconds === undefined) return;
  teller.tell({ kind: 'armed', node, untilMs: ports.clock.now() + armedSeconds * 1000 });
}

function tell({ ports, stage }: DrillOptions, text: Message, { keep }: { keep?: true } = {}): void {
  ports.emit({ type: 'progress', stage, node: null, text, ...(keep && { keep }) });
}

/** From a good baseline through fault and restore to a settled pair, measured throughout. */
async function breakAndMeasure(
  options: DrillOptions,
  plan: DrillPlan,
  teller: DrillTeller,
  setBroken: (is: boolean) => void,
): Promise<Evidence> {
  const { ports, ratePerSecond } = options;
  teller.step('prepare');
  const said = [...(await steps(plan.prepare, ports))];
  const marks = await look(options, {}, plan.notifyLog);
  const wanted = [...options.targets(plan.victim), ...(plan.direct ?? [])];
  teller.tell({ kind: 'holder', holder: marks.holder });
  await waitForCloud(wanted, plan, ports);
  const measuring = await ports.prober(wanted, ratePerSecond);
  const targets = asAsked(wanted, measuring);
  const { absent = new Map<number, Problem>() } = measuring;
  const live = targets.map((one, place) => liveTarget(one, absent.has(place)));
  teller.tell({ kind: 'targets', targets: live });
  try {
    teller.begin(measuring, datingPlaces(targets, absent));
    teller.step('baseline');
    await measureBaseline(measuring, targets, ports);
    verifyBaseline(measuring, targets);
    // nothing is broken yet: then nothing has to be
    if (ports.stop.requested) throw new InterruptedError();
    tell(options, message('drill-breaking', { node: brokenNodes(plan) }));
    setBroken(true);
    const broken = await breakIt(plan, ports, measuring, teller);
    setBroken(broken.injected);
    said.push(...broken.said);
    for (const word of said.filter((one) => Object.hasOwn(plan.says ?? {}, one)))
      tell(options, plan.says![word]!);
    const calls = broken.injected && plan.calls ? await makeCalls(plan.calls, ports) : undefined;
    teller.step('watch');
    const healed = broken.injected ? await watch(options, plan, measuring, targets) : undefined;
    const after = await lookWithout(plan.away, options, marks.sizes, plan.notifyLog);
    tell(options, message('drill-restoring', { node: brokenNodes(plan) }));
    teller.step('restore');
    const restoringMs = measuring.nowMs();
    const { restored, confirmed } = await putBack(plan, ports, broken.injected);
    teller.tell({ kind: 'restored', restored, atMs: measuring.nowMs() });
    const late = await linesOfReturned(plan.away, options, marks.sizes, plan.notifyLog);
    teller.step('settle');
    await ports.clock.sleep(SETTLE_MS, ports.stop.signal);
    const samples = await measuring.stop();
    teller.pump(measuring);
    const asked = targets.flatMap((target, place) =>
      absent.has(place)
        ? []
        : [{ target, how: measuring.askedHow?.(place), samples: samples[place] ?? [] }],
    );
    const seen = asked.map((one) => ({
      ...one,
      summary: summarise(one.samples, rateOf(one.target, ratePerSecond)),
    }));
    return {
      injected: broken.injected && confirmed,
      ...(broken.refused && { refused: broken.refused }),
      ...(healed !== undefined && { healed }),
      restored,
      holderBefore: marks.holder,
      holderAfter: after.holder,
      views: seen.map(({ target, how, summary, samples: mine }) =>
        viewOf(target, summary, plan.expectation, ratePerSecond, {
          how,
          ...afterTakeover(target, mine, teller.failover, restoringMs),
        }),
      ),
      ...(absent.size > 0 && {
        notMeasured: [...absent].map(([place, why]) => absentView(targets[place]!, why)),
      }),
      phases: teller.phases,
      notifyLines: { ...after.lines, ...late },
      ...(said.length > 0 && { said }),
      ...(calls && { calls }),
      proberLate: seen.some(isDiscarded),
    };
  } finally {
    await measuring.stop().catch(() => undefined);
  }
}

/** What comes of the fault, and of its own end where it has one. @returns as {@link healIt} */
async function watch(
  options: DrillOptions,
  plan: DrillPlan,
  measuring: Measuring,
  targets: readonly DrillTarget[],
): Promise<boolean | undefined> {
  const { ports, ratePerSecond } = options;
  const load = { ports, ratePerSecond, targets };
  await waitForCalm(measuring, plan, load);
  const ends = healing(plan);
  if (ends) tell(options, ends);
  return healIt(plan, measuring, load);
}

async function conclude(
  { drill, run, ratePerSecond, ports }: DrillOptions,
  plan: DrillPlan,
  evidence: Evidence,
  verdict: DrillVerdict,
  trace: DrillTrace | undefined,
): Promise<DrillEvent> {
  const worst = worstView(evidence.views);
  const late = evidence.views.flatMap(({ lateAfter }) => lateAfter ?? []);
  const told = {
    run,
    outcome: verdict.outcome,
    rate: ratePerSecond,
    views: evidence.views,
    predictedMs: plan.expectation.outageMs,
    holderBefore: evidence.holderBefore,
    holderAfter: evidence.holderAfter,
    notifyLines: evidence.notifyLines,
    restored: evidence.restored,
    ...(evidence.calls && { calls: evidence.calls }),
    ...(evidence.notMeasured && { notMeasured: evidence.notMeasured }),
    problems: verdict.problems,
  };
  const phases = evidence.phases ?? {};
  const kept = { phases, problems: verdict.problems.map(unsaid), ...(trace && { trace }) };
  await ports.journal.append([{ type: 'drilled', drill: drill.id, ...told, ...kept }]);
  const event: DrillEvent = {
    type: 'drill',
    id: drill.id,
    ...told,
    phases,
    sent: worst?.sent ?? 0,
    failedRequests: worst?.failed ?? 0,
    ...(late.length > 0 && { lateAfter: Math.max(...late) }),
    outageMs: worst?.outageMs ?? 0,
  };
  ports.emit(event);
  return event;
}
