import { cloudShareMs } from './cloud-share.ts';
import type { LiveDrill } from './live-drill.ts';
import type { ProbeOutcome } from './prober.ts';

export interface LiveCount {
  readonly sent: number;
  readonly ok: number;
  readonly late: number;
  readonly failed: number;
  /** The longest run of not-ok requests so far, as the summary will count it. */
  readonly outageMs: number;
}

const NONE: LiveCount = { sent: 0, ok: 0, late: 0, failed: 0, outageMs: 0 };

/** What has been counted so far, by target. */
export function liveCounts({ targets, samples, rate }: LiveDrill): readonly LiveCount[] {
  const lanes = targets.map((): [number, ProbeOutcome][] => []);
  for (const [target, atMs, outcome] of samples) lanes[target]?.push([atMs, outcome]);
  return lanes.map((lane, place) => countLane(lane, (1000 / rate) * (targets[place]?.every ?? 1)));
}

function countLane(lane: readonly [number, ProbeOutcome][], intervalMs: number): LiveCount {
  const counts = { ...NONE, sent: lane.length };
  let firstBad: number | undefined;
  let last = 0;
  const close = (endMs: number) => {
    if (firstBad !== undefined) counts.outageMs = Math.max(counts.outageMs, endMs - firstBad);
    firstBad = undefined;
  };
  for (const [atMs, outcome] of lane.toSorted((a, b) => a[0] - b[0])) {
    counts[outcome] += 1;
    if (outcome === 'ok') close(atMs);
    else firstBad ??= atMs;
    last = atMs;
  }
  close(last + intervalMs);
  return { ...counts, outageMs: Math.round(counts.outageMs) };
}

/**
 * The worst of what was asked at the VIP from inside: the longest outage, then the most requests
 * lost. What is seen from outside has the cloud's share in it: it is told beside this.
 */
export function worstLive(drill: LiveDrill): LiveCount {
  const counts = liveCounts(drill).filter((_, place) => {
    const target = drill.targets[place];
    return !target?.backend && !target?.outside;
  });
  const [worst = NONE] = counts.toSorted((a, b) => b.outageMs - a.outageMs || b.failed - a.failed);
  return worst;
}

/** The worst from outside, with the cloud's share of it as far as it is known; undefined: nobody looks from there. */
export function worstOutside(
  drill: LiveDrill,
): (LiveCount & { readonly vantage: string; readonly cloudMs?: number }) | undefined {
  const { targets, samples, faultMs, phases, steps } = drill;
  const views = liveCounts(drill).flatMap((count, place) => {
    const target = targets[place];
    if (!target?.outside || target.absent) return [];
    const mine = samples.filter(([of]) => of === place);
    const seen = mine.map(([, scheduledMs, outcome]) => ({
      scheduledMs,
      endedMs: scheduledMs,
      outcome,
    }));
    const cloudMs =
      faultMs === undefined || phases.added === undefined
        ? undefined
        : cloudShareMs(seen, {
            faultMs,
            addedMs: faultMs + phases.added,
            untilMs: steps.restore ?? Number.POSITIVE_INFINITY,
          });
    return [{ ...count, vantage: target.vantage, ...(cloudMs !== undefined && { cloudMs }) }];
  });
  return views.toSorted((a, b) => b.outageMs - a.outageMs || b.failed - a.failed)[0];
}
