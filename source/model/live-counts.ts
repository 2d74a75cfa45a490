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
  return lanes.map((lane) => countLane(lane, 1000 / rate));
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

/** The worst of what was asked at the VIP: the longest outage, then the most requests lost. */
export function worstLive(drill: LiveDrill): LiveCount {
  const counts = liveCounts(drill).filter((_, place) => !drill.targets[place]?.backend);
  const [worst = NONE] = counts.toSorted((a, b) => b.outageMs - a.outageMs || b.failed - a.failed);
  return worst;
}
