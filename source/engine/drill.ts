import {
  type Drill,
  type DrillPlan,
  type DrillStep,
  type DrillTarget,
  type DrillVerdict,
  discardReason,
  type EventBody,
  type Evidence,
  InterruptedError,
  type Measuring,
  type Message,
  message,
  type NodeName,
  OperatorError,
  type Ports,
  problem,
  type Situation,
  summarise,
} from '../model/index.ts';
import { expectationTexts, makeCalls } from './drill-calls.ts';
import { type LookOptions, look } from './drill-look.ts';
import { viewOf, worstView } from './drill-views.ts';

export interface DrillOptions extends LookOptions {
  readonly drill: Drill;
  /** The stage whose drill it is. */
  readonly stage: string;
  readonly run: number;
  readonly ratePerSecond: number;
  /** What clients ask, and from where, when `victim` is to fail. */
  readonly targets: (victim: NodeName) => readonly DrillTarget[];
}

const BASELINE_MS = 1000;
const WITNESS_MS = 8000;
/** Beyond the time that the drill asks for: then it will not calm down any more. */
const CALM_MS = 10_000;
const RESTORE_MS = 60_000;
/** After the last sign of trouble, and after the restore: nothing more may happen. */
const SETTLE_MS = 1500;
const PAUSE_MS = 100;

export type DrillEvent = Extract<EventBody, { type: 'drill' }>;

/** Breaks it, measures it, restores it, judges it: one run of one drill. */
export async function runDrill(options: DrillOptions): Promise<DrillEvent> {
  const { drill, ports, frontends } = options;
  const before = await look(options, {});
  const situation: Situation = { holder: before.holder, frontends };
  const planned = drill.plan(situation);
  if (planned.kind === 'impossible') throw new OperatorError(planned.problem);
  const { plan } = planned;
  for (const text of expectationTexts(plan)) tell(options, text, { keep: true });
  await ports.journal.append([{ type: 'drill-armed', drill: drill.id, victim: plan.victim }]);
  await steps(plan.arm, ports);
  let evidence: Evidence | undefined;
  try {
    evidence = await breakAndMeasure(options, plan);
  } catch (error) {
    await putBack(plan, ports);
    throw error;
  }
  if (ports.stop.requested) throw new InterruptedError();
  return conclude(options, plan, evidence, drill.judge(plan, evidence));
}

function tell({ ports, stage }: DrillOptions, text: Message, { keep }: { keep?: true } = {}): void {
  ports.emit({ type: 'progress', stage, node: null, text, ...(keep && { keep }) });
}

/** From a good baseline through fault and restore to a settled pair, measured throughout. */
async function breakAndMeasure(options: DrillOptions, plan: DrillPlan): Promise<Evidence> {
  const { ports, ratePerSecond } = options;
  await steps(plan.prepare, ports);
  const marks = await look(options, {}, plan.notifyLog);
  const targets = [...options.targets(plan.victim), ...(plan.direct ?? [])];
  const measuring = await ports.prober(targets, ratePerSecond);
  try {
    await ports.clock.sleep(BASELINE_MS, ports.stop.signal);
    verifyBaseline(measuring);
    // nothing is broken yet: then nothing has to be
    if (ports.stop.requested) throw new InterruptedError();
    tell(options, message('drill-breaking', { node: brokenNodes(plan) }));
    await steps(plan.inject, ports);
    const injected = await until(plan.witness, WITNESS_MS, ports);
    const calls = injected && plan.calls ? await makeCalls(plan.calls, ports) : undefined;
    if (injected) await waitForCalm(measuring, plan, { ports, ratePerSecond, targets });
    const after = await look(options, marks.sizes, plan.notifyLog);
    tell(options, message('drill-restoring', { node: brokenNodes(plan) }));
    const restored = await putBack(plan, ports);
    await ports.clock.sleep(SETTLE_MS, ports.stop.signal);
    const samples = await measuring.stop();
    const summaries = samples.map((one) => summarise(one, ratePerSecond));
    return {
      injected,
      restored,
      holderBefore: marks.holder,
      holderAfter: after.holder,
      views: summaries.map((one, index) => viewOf(targets[index]!, one, plan.expectation)),
      notifyLines: after.lines,
      ...(calls && { calls }),
      proberLate: summaries.some((summary) => discardReason(summary) !== undefined),
    };
  } finally {
    await measuring.stop().catch(() => undefined);
  }
}

function brokenNodes({ inject }: DrillPlan): string {
  return [...new Set(inject.map((step) => step.node))].join(', ');
}

function verifyBaseline(measuring: Measuring): void {
  const samples = measuring.samplesSince(0);
  const bad = samples.find((sample) => sample.outcome !== 'ok');
  if (samples.length > 0 && !bad) return;
  throw new OperatorError(problem('drill-baseline-bad', { reason: bad?.reason ?? 'no-answer' }));
}

interface Load {
  readonly ports: Ports;
  readonly ratePerSecond: number;
  readonly targets: readonly DrillTarget[];
}

/**
 * Waits as long as the drill asks for, and then until every request of the last while has been
 * answered well (or never will be). A request that hangs has no sample yet: so they are counted, too.
 */
async function waitForCalm(
  measuring: Measuring,
  { observeMs: atLeastMs, downUntilRestored = [] }: DrillPlan,
  { ports, ratePerSecond, targets }: Load,
): Promise<void> {
  const started = ports.clock.now();
  const heals = targets.map(({ domain }) => !downUntilRestored.includes(domain));
  const due = (heals.filter(Boolean).length * ratePerSecond * SETTLE_MS * 0.8) / 1000;
  for (;;) {
    const elapsed = ports.clock.now() - started;
    const since = measuring.nowMs() - SETTLE_MS;
    const recent = measuring
      .samplesSince(0, (target) => heals[target] ?? true)
      .filter((sample) => sample.scheduledMs > since);
    const calm = recent.length >= due && recent.every((sample) => sample.outcome === 'ok');
    if (elapsed >= atLeastMs && (calm || elapsed >= atLeastMs + CALM_MS)) return;
    if (ports.stop.requested) return;
    await ports.clock.sleep(PAUSE_MS, ports.stop.signal);
  }
}

/** Restores, waits until it is whole, and only then takes the armed undo away. */
async function putBack(plan: DrillPlan, ports: Ports): Promise<boolean> {
  await steps(plan.restore, ports);
  const restored = await until(plan.restored, RESTORE_MS, ports);
  if (restored) await steps(plan.disarm, ports);
  return restored;
}

async function steps(list: readonly DrillStep[], ports: Ports): Promise<void> {
  for (const step of list) {
    const result = await ports.nodes.run(step.node, step.script, { timeoutMs: step.timeoutMs });
    if (result.kind === 'exited' && result.exitCode === 0) continue;
    const detail = `${result.stdout}\n${result.stderr}`.trim();
    throw new OperatorError(problem('drill-step-failed', {}, { node: step.node, detail }));
  }
}

/** Tries the steps until all exit 0. */
async function until(list: readonly DrillStep[], withinMs: number, ports: Ports): Promise<boolean> {
  const deadline = ports.clock.now() + withinMs;
  for (const step of list) {
    for (;;) {
      const result = await ports.nodes.run(step.node, step.script, { timeoutMs: step.timeoutMs });
      if (result.kind === 'exited' && result.exitCode === 0) break;
      if (ports.clock.now() > deadline) return false;
      await ports.clock.sleep(PAUSE_MS);
    }
  }
  return true;
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
    problems: verdict.problems,
  };
  await ports.journal.append([{ type: 'drilled', drill: drill.id, ...told }]);
  const event: DrillEvent = {
    type: 'drill',
    id: drill.id,
    ...told,
    phases: {},
    sent: worst?.sent ?? 0,
    failedRequests: worst?.failed ?? 0,
    outageMs: worst?.outageMs ?? 0,
  };
  ports.emit(event);
  return event;
}
