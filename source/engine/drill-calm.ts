import {
  type DrillPlan,
  type DrillTarget,
  type Measuring,
  OperatorError,
  type Ports,
  problem,
  vantageName,
} from '../model/index.ts';

/** After the last sign of trouble, and after the restore: nothing more may happen. */
export const SETTLE_MS = 1500;
/** Beyond the time that the drill asks for: then it will not calm down any more. */
const CALM_MS = 10_000;
const PAUSE_MS = 100;

const BASELINE_MS = 1000;
/** By then the first request has ended, whatever became of it: the prober abandons it after 3 s. */
const FIRST_ENDED_MS = 3500;

/** Watches the pair for a moment before the fault; at least one request at each target has ended then. */
export async function measureBaseline(
  measuring: Measuring,
  targets: readonly DrillTarget[],
  ports: Ports,
): Promise<void> {
  const deadline = ports.clock.now() + FIRST_ENDED_MS;
  await ports.clock.sleep(BASELINE_MS, ports.stop.signal);
  const isHeard = (place: number) =>
    measuring.absent?.has(place) || measuring.endedSince(0).some((one) => one.target === place);
  while (!targets.every((_, place) => isHeard(place)) && ports.clock.now() < deadline) {
    if (ports.stop.requested) return;
    await ports.clock.sleep(PAUSE_MS, ports.stop.signal);
  }
}

/**
 * @throws OperatorError drill-baseline-bad, drill-baseline-bad-outside: what does not answer well
 *   anyway says nothing when it is broken
 */
export function verifyBaseline(measuring: Measuring, targets: readonly DrillTarget[]): void {
  const ended = measuring.endedSince(0);
  for (const [place, target] of targets.entries()) {
    if (measuring.absent?.has(place)) continue;
    const mine = ended.filter((one) => one.target === place).map(({ sample }) => sample);
    const bad = mine.find((sample) => sample.outcome !== 'ok');
    if (mine.length > 0 && !bad) continue;
    const reason = bad?.reason ?? 'no-answer';
    if (!target.outside) throw new OperatorError(problem('drill-baseline-bad', { reason }));
    const params = { reason, vantage: vantageName(target.vantage), address: target.address };
    throw new OperatorError(problem('drill-baseline-bad-outside', params));
  }
}

/** How long a cloud is given to follow what a drill did beforehand. */
const FOLLOWED_WITHIN_MS = 12_000;

/**
 * What a drill does beforehand may have moved the VIP: then the cloud has its own time to follow, which
 * is no part of what is measured. One that has not followed in time shows in the baseline.
 */
export async function waitForCloud(
  targets: readonly DrillTarget[],
  { prepare }: DrillPlan,
  ports: Ports,
): Promise<void> {
  if (prepare.length === 0) return;
  const deadline = ports.clock.now() + FOLLOWED_WITHIN_MS;
  for (const target of targets.filter(({ outside }) => outside)) {
    while (ports.clock.now() < deadline && !ports.stop.requested) {
      const { vantage, address, port, host, path, tls } = target;
      const ask = { kind: 'http', vantage, address, port, host, path, timeoutMs: 900 } as const;
      const answer = await ports.http({ ...ask, ...(tls && { tls }) });
      if (answer.kind === 'answered' ? answer.status === 200 : answer.problem) break;
      await ports.clock.sleep(PAUSE_MS, ports.stop.signal);
    }
  }
}

export interface Load {
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
  const heals = targets.map(
    ({ domain }, place) => !downUntilRestored.includes(domain) && !measuring.absent?.has(place),
  );
  const perTime = targets.reduce(
    (sum, { every = 1 }, place) => sum + (heals[place] ? 1 / every : 0),
    0,
  );
  const due = (perTime * ratePerSecond * SETTLE_MS * 0.8) / 1000;
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
