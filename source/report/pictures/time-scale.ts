import {
  type DrillTrace,
  type OutageBand,
  type Phases,
  type ProbeOutcome,
  type TraceLane,
  traceGap,
  traceRuns,
} from '../../model/index.ts';

/** The stretch of time that is drawn, in ms after the fault. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the window to the picture's plot: to scale. */
export type Scale = (atMs: number) => number;

export function scaleOf(
  { fromMs, toMs }: TimeWindow,
  { left, right }: { readonly left: number; readonly right: number },
): Scale {
  return (atMs) => left + ((atMs - fromMs) / (toMs - fromMs)) * (right - left);
}

const LEAST_SPAN_MS = 120;
/** How much of the picture is before the fault. */
const LEAD = 0.18;
/** Room to the right of the last thing that happened. */
const MARGIN = 1.2;

/**
 * From a little before the fault to the last thing worth seeing: what was predicted, the phases, the
 * VIP's moves, and bad requests of `lanes`, as far as they are no matter of the restore.
 */
export function windowOf(
  {
    trace,
    predictedMs,
    phases,
  }: {
    readonly trace: DrillTrace;
    readonly predictedMs: OutageBand;
    readonly phases: Phases;
  },
  lanes: readonly TraceLane[],
): TimeWindow {
  const restoreMs = trace.steps.restore ?? Number.POSITIVE_INFINITY;
  const bad = lanes
    .flatMap(traceRuns)
    .filter(({ outcome, fromMs }) => isBad(outcome) && fromMs < restoreMs)
    .map(({ toMs }) => Math.min(toMs, restoreMs));
  const moves = trace.nodes.flatMap(({ moves: all }) => all.map(([atMs]) => atMs));
  // what is called the outage is seen, whenever it was
  const gaps = lanes.flatMap((lane) => traceGap(lane)?.toMs ?? []);
  const last = Math.max(
    predictedMs[1],
    ...Object.values(phases),
    ...moves.filter((atMs) => atMs < restoreMs),
    ...gaps,
    bad.reduce((most, atMs) => Math.max(most, atMs), 0),
  );
  const toMs = Math.max(LEAST_SPAN_MS, last * MARGIN);
  const began = Math.min(-1, ...trace.lanes.map(({ fromMs }) => fromMs));
  return { fromMs: Math.max(-(toMs * LEAD) / (1 - LEAD), began), toMs };
}

function isBad(outcome: ProbeOutcome | undefined): boolean {
  return outcome === 'late' || outcome === 'failed';
}

/** Whole and easy numbers, about `count` of them. */
export function ticksOf({ fromMs, toMs }: TimeWindow, count: number): readonly number[] {
  const rough = (toMs - fromMs) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(fromMs / step);
  const last = Math.floor(toMs / step);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** `-50 ms`, `1.5 s`: an axis's numbers, with its sign. */
export function timeText(ms: number, isLong: boolean): string {
  const sign = ms > 0 ? '+' : ms < 0 ? '−' : '';
  const value = Math.abs(ms);
  return isLong ? `${sign}${Math.round(value / 10) / 100} s` : `${sign}${Math.round(value)} ms`;
}
