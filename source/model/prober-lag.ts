import type { ProbeSummary } from './prober.ts';

/** Above this (99th percentile), one request in a hundred was sent two intervals of 100/s too late. */
const LAG_P99_LIMIT_MS = 20;
/**
 * A hole of the prober's own can hide or invent this much outage, and takes as much from the 900 ms
 * an answer has. An idle machine's worst is about 5 ms, a busy one's some tens; more than this
 * says that the whole computer stood still, the lab's nodes with it.
 */
const LAG_WORST_LIMIT_MS = 150;

/**
 * From outside by a third machine: what is asked there is the cloud's share, in seconds, and how late
 * it was is a part of the view, and of its tolerance. Our own program there may have no real time (a
 * service's control group): on two processors under a load of 5 to 18 its lag's p99 was 12 to 16 ms
 * where the one here had 2 (`node scripts/bench-prober.mjs LAB ssh 100 10`, and with `here`). Through
 * that machine's sshd it is this program's main thread that is late.
 */
export const OUTSIDE_LAG_LIMITS_MS = { p99: 100, worst: 500 } as const;

const LAG_LIMITS_MS = { p99: LAG_P99_LIMIT_MS, worst: LAG_WORST_LIMIT_MS } as const;

/**
 * Whether the prober itself was too late for its figures to mean anything about the target.
 *
 * @param limits in milliseconds: of the 99th percentile, and of the worst
 */
export function isProberLate(
  summary: Pick<ProbeSummary, 'jitterMs' | 'worstLagMs'>,
  limits: { readonly p99: number; readonly worst: number } = LAG_LIMITS_MS,
): boolean {
  return summary.jitterMs > limits.p99 || summary.worstLagMs > limits.worst;
}

/**
 * Why a run must be thrown away instead of judged, as a message's code; undefined if it need not.
 * A run thrown away is neither passed nor failed.
 *
 * @param clockMs how wrong the samples' times may be because another machine's clock dated them
 */
export function discardReason(
  summary: Pick<ProbeSummary, 'sent' | 'jitterMs' | 'worstLagMs' | 'ownFaults'>,
  limits: { readonly p99: number; readonly worst: number } = LAG_LIMITS_MS,
  clockMs = 0,
): 'prober-nothing-sent' | 'prober-late' | 'prober-own-faults' | undefined {
  if (summary.sent === 0) return 'prober-nothing-sent';
  if (summary.ownFaults > 0) return 'prober-own-faults';
  return isProberLate(summary, limits) || clockMs > limits.worst ? 'prober-late' : undefined;
}
