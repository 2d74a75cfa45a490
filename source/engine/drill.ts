import {
  cloudShareMs,
  type Drill,
  type DrillPlan,
  type DrillTarget,
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
  type Sample,
  type Situation,
  summarise,
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
import { type LookOptions, look } from './drill-look.ts';
import { inject, steps, until } from './drill-steps.ts';
import { DrillTeller } from './drill-teller.ts';
import {
  absentView,
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
}

const WITNESS_MS = 8000;
const RESTORE_MS = 60_000;

export type DrillEvent = Extract<EventBody, { type: 'drill' }>;

/** Breaks it, measures it, restores it, judges it: one run of one drill. */
export async function runDrill(options: DrillOptions): Promise<DrillEvent> {
  const { drill, ports, frontends, run } = options;
  const before = await look(options, {});
  const situation: Situation = { holder: before.holder, frontends };
  const planned = drill.plan(situation);
  if (planned.kind === 'impossible') throw new OperatorError(planned.problem);
  const { plan } = planned;
  for (const text of expectationTexts(plan)) tell(options, text, { keep: true });
  const teller = new DrillTeller({ ...options, id: drill.id, run, victim: plan.victim });
  teller.tell(plannedLive(options, plan, before.holder));
  await ports.journal.append([{ type: 'drill-armed', drill: drill.id, victim: plan.victim }]);
  await arm(plan, ports, teller);
  let evidence: Evidence | undefined;
  try {
    evidence = await breakAndMeasure(options, plan, teller);
  } catch (error) {
    await putBack(plan, ports);
    throw error;
  } finally {
    await teller.end();
  }
  if (ports.stop.requested) throw new InterruptedError();
  return conclude(options, plan, evidence, drill.judge(plan, evidence));
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
): Promise<Evidence> {
  const { ports, ratePerSecond } = options;
  teller.step('prepare');
  await steps(plan.prepare, ports);
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
    const injected = await breakIt(plan, ports, measuring, teller);
    const calls = injected && plan.calls ? await makeCalls(plan.calls, ports) : undefined;
    teller.step('watch');
    if (injected) await waitForCalm(measuring, plan, { ports, ratePerSecond, targets });
    const after = await look(options, marks.sizes, plan.notifyLog);
    tell(options, message('drill-restoring', { node: brokenNodes(plan) }));
    teller.step('restore');
    const restoringMs = measuring.nowMs();
    const restored = await putBack(plan, ports);
    teller.tell({ kind: 'restored', restored, atMs: measuring.nowMs() });
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
      injected,
      restored,
      holderBefore: marks.holder,
      holderAfter: after.holder,
      views: seen.map(({ target, how, summary, samples: mine }) =>
        viewOf(target, summary, plan.expectation, ratePerSecond, {
          how,
          cloudMs: shareOf(target, mine, teller, restoringMs),
        }),
      ),
      ...(absent.size > 0 && {
        notMeasured: [...absent].map(([place, why]) => absentView(targets[place]!, why)),
      }),
      phases: teller.phases,
      notifyLines: after.lines,
      ...(calls && { calls }),
      proberLate: seen.some(isDiscarded),
    };
  } finally {
    await measuring.stop().catch(() => undefined);
  }
}

/** @returns whether the fault really happened */
async function breakIt(
  plan: DrillPlan,
  ports: Ports,
  measuring: Measuring,
  teller: DrillTeller,
): Promise<boolean> {
  teller.step('break');
  await inject(plan.inject, ports, measuring.nowMs, (step, nodeMs, askedMs) =>
    teller.fault(nodeMs === undefined ? askedMs : teller.dated(step.node, nodeMs, askedMs)),
  );
  const injected = await until(plan.witness, WITNESS_MS, ports);
  teller.tell({ kind: 'witnessed', injected });
  return injected;
}

/** The cloud's, of what an outside view saw of a failover. */
function shareOf(
  { outside }: DrillTarget,
  samples: readonly Sample[],
  { failover }: DrillTeller,
  untilMs: number,
): number | undefined {
  return outside && failover ? cloudShareMs(samples, { ...failover, untilMs }) : undefined;
}

function brokenNodes({ inject }: DrillPlan): string {
  return [...new Set(inject.map((step) => step.node))].join(', ');
}

/** Restores, waits until it is whole, and only then takes the armed undo away. */
async function putBack(plan: DrillPlan, ports: Ports): Promise<boolean> {
  await steps(plan.restore, ports);
  const restored = await until(plan.restored, RESTORE_MS, ports);
  if (restored) await steps(plan.disarm, ports);
  return restored;
}

async function conclude(
  { drill, run, ratePerSecond, ports }: DrillOptions,
  plan: DrillPlan,
  evidence: Evidence,
  verdict: DrillVerdict,
): Promise<DrillEvent> {
  const worst = worstView(evidence.views);
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
  await ports.journal.append([{ type: 'drilled', drill: drill.id, ...told }]);
  const event: DrillEvent = {
    type: 'drill',
    id: drill.id,
    ...told,
    phases: evidence.phases ?? {},
    sent: worst?.sent ?? 0,
    failedRequests: worst?.failed ?? 0,
    outageMs: worst?.outageMs ?? 0,
  };
  ports.emit(event);
  return event;
}
