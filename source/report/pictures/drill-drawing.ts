import { type DrillTrace, traceGap } from '../../model/index.ts';
import { cut, formatRange } from '../../text/index.ts';
import { joined, type Markup } from '../markup.ts';
import type { Words } from '../words.ts';
import {
  axis,
  faultMark,
  outageBars,
  PHASES_HEIGHT,
  phaseLegend,
  phaseMarks,
} from './drill-axis.ts';
import { type DrillShown, laneNames } from './drill-shown.ts';
import { NODE_LANE, nodeLane, REQUEST_LANE, requestLane } from './lanes.ts';
import { legend } from './legend.ts';
import { label } from './svg.ts';
import { type Scale, scaleOf, type TimeWindow } from './time-scale.ts';

export const DRILL_WIDTH = 920;
/** The plot, from side to side; left of it stand the names. */
export const PLOT = { left: 132, right: 896 } as const;
const NAME_PLACES = 18;
const AXIS_TOP = 14;
const LANES_TOP = 34;
const OUTAGE_ROW = 28;

/** A row of the picture: its name, its height, and what is in it. */
interface Row {
  readonly name: string;
  readonly height: number;
  /** Where its name stands, from its top. */
  readonly baseline: number;
  draw(place: {
    readonly window: TimeWindow;
    readonly scale: Scale;
    readonly top: number;
  }): readonly Markup[];
}

/** The lane whose gap is the outage: asked from inside, at the VIP, and the longest. */
export function worstGap({ lanes }: DrillTrace): ReturnType<typeof traceGap> {
  const vip = lanes.filter(({ backend }) => backend === undefined);
  const inside = vip.filter(({ outside }) => !outside);
  return (inside.length > 0 ? inside : vip)
    .flatMap((lane) => traceGap(lane) ?? [])
    .toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))[0];
}

function rowsOf(
  { trace, predictedMs, measuredMs, phases }: DrillShown,
  words: Words,
): readonly Row[] {
  const names = laneNames(trace);
  const outcomes = {
    ok: words.say('dv-ok'),
    late: words.say('dv-late'),
    failed: words.say('dv-failed'),
  };
  const bars = {
    predicted: words.say('report-bar-predicted', { predicted: formatRange(predictedMs) }),
    measured: words.say('report-bar-measured', { ms: measuredMs }),
  };
  const gap = measuredMs > 0 ? worstGap(trace) : undefined;
  const hasPhases = Object.keys(phases).length > 0;
  return [
    ...trace.nodes.map(
      (node): Row => ({
        name: node.name,
        height: NODE_LANE,
        baseline: NODE_LANE - 8,
        draw: (place) => nodeLane(node, place),
      }),
    ),
    ...trace.lanes.map(
      (lane, at): Row => ({
        name: names[at] ?? '',
        height: REQUEST_LANE,
        baseline: REQUEST_LANE / 2 + 4,
        draw: (place) => requestLane(lane, place, outcomes),
      }),
    ),
    ...(hasPhases
      ? [
          {
            name: words.say('dv-phases'),
            height: PHASES_HEIGHT,
            baseline: PHASES_HEIGHT - 7,
            draw: (place) => phaseMarks(phases, place, words),
          } satisfies Row as Row,
        ]
      : []),
    {
      name: words.say('dv-outage'),
      height: OUTAGE_ROW,
      baseline: 14,
      draw: (place) => outageBars({ predictedMs, gap }, place, bars),
    },
  ];
}

/** What the picture says in words, under it. */
function below(
  { predictedMs, measuredMs, phases }: DrillShown,
  top: number,
  words: Words,
): readonly Markup[] {
  const x = PLOT.left;
  const predicted = formatRange(predictedMs);
  const figures = words.say('report-measured', { ms: measuredMs, predicted });
  return [
    label(figures, { x, y: top + 14 }, { 'font-weight': 600 }),
    label(phaseLegend(phases, words), { x, y: top + 32 }, { paint: 'quiet' }),
    ...legend({ x, y: top + 54 }, words),
  ];
}

/** The picture's elements, from back to front, and its height. */
export function drawDrill(
  shown: DrillShown,
  window: TimeWindow,
  words: Words,
): { readonly content: readonly Markup[]; readonly height: number } {
  const scale = scaleOf(window, PLOT);
  let top = LANES_TOP;
  const lanes = rowsOf(shown, words).map(({ name, height, baseline, draw }) => {
    const row = [
      label(cut(name, NAME_PLACES), { x: 0, y: top + baseline }),
      ...draw({ window, scale, top }),
    ];
    top += height;
    return joined(row);
  });
  return {
    content: [
      ...axis({ window, scale, top: AXIS_TOP }, top),
      ...lanes,
      ...faultMark({ window, scale, top: AXIS_TOP + 14 }, top, words),
      ...below(shown, top, words),
    ],
    height: top + 64,
  };
}
