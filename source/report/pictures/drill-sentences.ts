import { type ProbeOutcome, type TraceLane, traceRuns } from '../../model/index.ts';
import { formatCount, formatRange } from '../../text/index.ts';
import type { Words } from '../words.ts';
import { type DrillShown, laneNames } from './drill-shown.ts';
import type { TimeWindow } from './time-scale.ts';

/** The picture in words: what is in its window, nothing else. */
export function drillSentences(
  { trace, predictedMs, measuredMs }: DrillShown,
  window: TimeWindow,
  words: Words,
): readonly string[] {
  const isIn = ([atMs]: readonly [number, unknown]) => atMs >= window.fromMs && atMs <= window.toMs;
  const names = laneNames(trace);
  return [
    words.say('report-measured', { ms: measuredMs, predicted: formatRange(predictedMs) }),
    ...trace.nodes.flatMap(({ name: node, moves }) =>
      moves.filter(isIn).map(([atMs, held]) => {
        const code = held ? 'report-desc-gained' : 'report-desc-left';
        return words.say(code, { node, ms: Math.round(atMs) });
      }),
    ),
    ...trace.nodes.flatMap(({ name: node, states }) =>
      states
        .filter(isIn)
        .map(([atMs, state]) =>
          words.say('report-desc-state', { node, state, ms: Math.round(atMs) }),
        ),
    ),
    ...trace.lanes.map((lane, at) =>
      words.say('report-desc-lane', {
        lane: names[at] ?? '',
        late: formatCount(cellsOf(lane, 'late', window)),
        failed: formatCount(cellsOf(lane, 'failed', window)),
      }),
    ),
  ];
}

/** How many cells of that kind are in the window. */
function cellsOf(lane: TraceLane, wanted: ProbeOutcome, { fromMs, toMs }: TimeWindow): number {
  return traceRuns(lane)
    .filter(({ outcome }) => outcome === wanted)
    .map((run) => Math.min(run.toMs, toMs) - Math.max(run.fromMs, fromMs))
    .filter((ms) => ms > 0)
    .reduce((sum, ms) => sum + Math.round(ms / lane.cellMs), 0);
}
