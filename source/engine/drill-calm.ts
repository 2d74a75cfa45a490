import {
  type DrillPlan,
  type DrillTarget,
  type Measuring,
  OperatorError,
  type Ports,
  problem,
} from '../model/index.ts';

/** After the last sign of trouble, and after the restore: nothing more may happen. */
export const SETTLE_MS = 1500;
/** Beyond the time that the drill asks for: then it will not calm down any more. */
const CALM_MS = 10_000;
const PAUSE_MS = 100;

/** @throws OperatorError drill-baseline-bad: what does not answer well anyway says nothing when it is broken */
export function verifyBaseline(measuring: Measuring): void {
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
export async function waitForCalm(
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
