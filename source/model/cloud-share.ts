import type { AbsentView, View } from './drill.ts';
import type { ProbeOutcome } from './prober.ts';

/** A request from outside, as far as the cloud's share is told from it. Times since 1970, on one clock. */
export interface OutsideSample {
  readonly scheduledMs: number;
  readonly endedMs: number;
  readonly outcome: ProbeOutcome;
}

/** Longer than this, and the cloud is what clients wait for. */
export const CLOUD_SHARE_LONG_MS = 10_000;

/**
 * The cloud's share of a failover, in ms: from the moment at which the new holder had the address to
 * the first good answer by the path that the cloud believes in.
 *
 * An answer from before the outage is none: the cloud goes on to the old holder until it has
 * followed, and that one may serve for a moment longer. So it counts to the end of the longest run of
 * bad requests after the fault; where there was none, to the first request of after the address.
 *
 * @param untilMs when the fault was put back: a run that begins later belongs to that
 * @returns undefined while the outage lasts, or when nothing was asked since
 */
export function cloudShareMs(
  samples: readonly OutsideSample[],
  when: { readonly faultMs: number; readonly addedMs: number; readonly untilMs: number },
): number | undefined {
  const { faultMs, addedMs, untilMs } = when;
  const after = samples
    .filter(({ scheduledMs }) => scheduledMs >= faultMs)
    .toSorted((a, b) => a.scheduledMs - b.scheduledMs);
  const run = longestRun(after, untilMs);
  if (run && !run.end) return undefined;
  const isSince = run?.end && run.end.endedMs >= addedMs;
  const first = isSince
    ? run.end
    : after.find(({ outcome, scheduledMs }) => outcome === 'ok' && scheduledMs >= addedMs);
  return first && Math.max(0, Math.round(first.endedMs - addedMs));
}

interface Run {
  readonly fromMs: number;
  readonly toMs: number;
  /** The good request that ended it. */
  readonly end?: OutsideSample;
}

function longestRun(ordered: readonly OutsideSample[], untilMs: number): Run | undefined {
  let longest: Run | undefined;
  let first: OutsideSample | undefined;
  const close = (toMs: number, end?: OutsideSample) => {
    if (first && (!longest || toMs - first.scheduledMs > longest.toMs - longest.fromMs))
      longest = { fromMs: first.scheduledMs, toMs, ...(end && { end }) };
    first = undefined;
  };
  for (const sample of ordered) {
    if (sample.outcome === 'ok') close(sample.scheduledMs, sample);
    else if (sample.scheduledMs < untilMs) first ??= sample;
  }
  const last = ordered.at(-1);
  if (last) close(last.scheduledMs + 1);
  return longest;
}

/** Views of the VIP: a daemon that was asked past nginx is not among them. */
export function vipViewsOf(views: readonly View[]): readonly View[] {
  return views.filter(({ backend }) => backend === undefined);
}

/** Views that were wanted and could not be had, with why: once for each place. */
export function absentPlaces(views: readonly AbsentView[]): readonly AbsentView[] {
  return [...new Map(views.map((one) => [`${one.vantage} ${one.target}`, one])).values()];
}

/** The view of the VIP with the longest outage; of equal ones that with more failed requests. */
export function worstView(views: readonly View[]): View | undefined {
  return vipViewsOf(views).toSorted((a, b) => b.outageMs - a.outageMs || b.failed - a.failed)[0];
}

/** The view of the VIP from inside with the longest outage; undefined: nobody looked from there. */
export function worstInsideView(views: readonly View[]): View | undefined {
  return worstView(views.filter(({ outside }) => !outside));
}

/** The outside view with the longest outage; undefined: nobody looked from there. */
export function worstOutsideView(views: readonly View[]): View | undefined {
  return vipViewsOf(views)
    .filter(({ outside }) => outside)
    .toSorted((a, b) => b.outageMs - a.outageMs || (b.cloudMs ?? 0) - (a.cloudMs ?? 0))[0];
}

/**
 * The figures that the timers predict: what is seen from inside, where somebody looks from outside, too;
 * else all there is.
 */
export function insideFigures(drill: {
  readonly views: readonly View[];
  readonly outageMs: number;
  readonly failedRequests: number;
  readonly sent: number;
}): { readonly outageMs: number; readonly failed: number; readonly sent: number } {
  const inside = worstOutsideView(drill.views) && worstInsideView(drill.views);
  return inside ?? { outageMs: drill.outageMs, failed: drill.failedRequests, sent: drill.sent };
}
