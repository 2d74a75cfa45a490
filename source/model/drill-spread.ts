import { insideFigures, worstInsideView, worstOutsideView } from './cloud-share.ts';
import type { View } from './drill.ts';
import { percentile } from './prober.ts';
import type { DrillEvent } from './run-state.ts';

/** By nearest rank: each is a value that was measured. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** What several runs of one drill came to; of those that measured something. */
export interface DrillSpread {
  readonly id: string;
  /** All of them, those that measured nothing included. */
  readonly runs: number;
  readonly passed: number;
  /** Seen from inside: what the timers predict. */
  readonly outageMs: Spread;
  /** At the view that the outage is of. */
  readonly failedRequests: Spread;
  readonly lateRequests: Spread;
  /** The cloud's share, from outside; absent: nobody asked from there, or dated it. */
  readonly cloudMs?: Spread;
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    min: percentile(values, 0),
    median: percentile(values, 50),
    p95: percentile(values, 95),
    max: percentile(values, 100),
  };
}

type Run = Pick<DrillEvent, 'id' | 'outcome' | 'views' | 'outageMs' | 'failedRequests' | 'sent'>;

/** Of the drills that ran more than once, in the order in which they first did. */
export function drillSpreads(drills: readonly Run[]): readonly DrillSpread[] {
  const ids = [...new Set(drills.map(({ id }) => id))];
  return ids
    .map((id) => drills.filter((one) => one.id === id))
    .filter((runs) => runs.length > 1)
    .map(spreadOfRuns);
}

function spreadOfRuns(runs: readonly Run[]): DrillSpread {
  const measured = runs.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed');
  const shares = measured.flatMap(({ views }) => worstOutsideView(views)?.cloudMs ?? []);
  return {
    id: runs[0]?.id ?? '',
    runs: runs.length,
    passed: runs.filter(({ outcome }) => outcome === 'passed').length,
    outageMs: spreadOf(measured.map((run) => insideFigures(run).outageMs)),
    failedRequests: spreadOf(measured.map((run) => insideFigures(run).failed)),
    lateRequests: spreadOf(measured.map(({ views }) => lateOf(views))),
    ...(shares.length > 0 && { cloudMs: spreadOf(shares) }),
  };
}

function lateOf(views: readonly View[]): number {
  return (worstInsideView(views) ?? worstOutsideView(views))?.late ?? 0;
}
