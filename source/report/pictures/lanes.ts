import { type ProbeOutcome, type TraceLane, type TraceNode, traceRuns } from '../../model/index.ts';
import { element, type Markup } from '../markup.ts';
import { filled, type PaintName, stroked } from './paint.ts';
import { label, line, named, rect, widthOf } from './svg.ts';
import { type Scale, type TimeWindow, timeText } from './time-scale.ts';

/** A lane's place in the picture. */
export interface LanePlace {
  readonly window: TimeWindow;
  readonly scale: Scale;
  readonly top: number;
}

export const NODE_LANE = 36;
export const REQUEST_LANE = 24;

const STATE_PAINTS: Readonly<Record<string, PaintName>> = {
  MASTER: 'held',
  FAULT: 'failed',
  STOP: 'failed',
};

/** Stretches in which a node had the VIP, within the window. */
export function heldStretches(
  { held, moves }: TraceNode,
  { fromMs, toMs }: TimeWindow,
): readonly (readonly [fromMs: number, toMs: number])[] {
  const stretches: [number, number][] = [];
  let has = held;
  let since = fromMs;
  for (const [atMs, holds] of [...moves, [toMs, !held] as const]) {
    const at = Math.min(Math.max(atMs, fromMs), toMs);
    if (has && at > since) stretches.push([since, at]);
    has = holds;
    since = at;
    if (atMs >= toMs) break;
  }
  return stretches;
}

/** Who had the VIP is a thick bar, who had not a thin line; keepalived's state stands above where it changed. */
export function nodeLane(node: TraceNode, { window, scale, top }: LanePlace): readonly Markup[] {
  const middle = top + NODE_LANE - 12;
  const free = line(
    { x1: scale(window.fromMs), y1: middle, x2: scale(window.toMs), y2: middle },
    { ...stroked('rule', 2) },
  );
  const bars = heldStretches(node, window).map(([from, to]) => {
    const width = Math.max(1.5, scale(to) - scale(from));
    return rect({ x: scale(from), y: middle - 5, width, height: 10 }, { ...filled('held'), rx: 2 });
  });
  return [free, ...bars, ...stateWords(node, { window, scale, top })];
}

/** Words that find no room are left out: the mark stays, with its words under a pointer. */
function stateWords({ states }: TraceNode, { window, scale, top }: LanePlace): readonly Markup[] {
  const before = states.findLast(([atMs]) => atMs <= window.fromMs) ?? states[0];
  const inside = states.filter(([atMs]) => atMs > window.fromMs && atMs < window.toMs);
  const first = before && before !== inside[0] ? [[window.fromMs, before[1]] as const] : [];
  const shown = [...first, ...inside];
  return shown.map(([atMs, state], at) => {
    const next = shown[at + 1];
    const room = (next ? scale(next[0]) : scale(window.toMs)) - scale(atMs);
    const paint = STATE_PAINTS[state] ?? 'quiet';
    const x = scale(atMs);
    return named(
      `${state} ${timeText(atMs, false)}`,
      line({ x1: x, y1: top + 4, x2: x, y2: top + NODE_LANE - 6 }, stroked(paint, 1)),
      ...(room > widthOf(state, 11)
        ? [label(state, { x: x + 3, y: top + 14 }, { paint, 'font-size': 11 })]
        : []),
    );
  });
}

const HEIGHTS: Readonly<Record<ProbeOutcome, number>> = { ok: 6, late: 12, failed: 18 };
const OUTCOMES: readonly ProbeOutcome[] = ['ok', 'late', 'failed'];
/** Less cannot be seen. */
const LEAST_PX = 1.2;
/** More stretches than this are drawn by columns of a pixel, the worst on top. */
const MOST_STRETCHES = 300;

/** What clients got: the worse it was the higher it stands, so that colour is not needed to tell. */
export function requestLane(
  lane: TraceLane,
  { window, scale, top }: LanePlace,
  names: Readonly<Record<ProbeOutcome, string>>,
): readonly Markup[] {
  const middle = top + REQUEST_LANE / 2;
  const runs = traceRuns(lane).filter(
    ({ fromMs, toMs }) => toMs > window.fromMs && fromMs < window.toMs,
  );
  return OUTCOMES.flatMap((outcome) => {
    const spans = runs
      .filter((run) => run.outcome === outcome)
      .map(({ fromMs, toMs }): readonly [number, number] => {
        const from = scale(Math.max(fromMs, window.fromMs));
        return [from, Math.max(from + LEAST_PX, scale(Math.min(toMs, window.toMs)))];
      });
    const drawn = spans.length > MOST_STRETCHES ? byColumn(spans) : spans;
    if (drawn.length === 0) return [];
    const half = HEIGHTS[outcome] / 2;
    const d = drawn.map(([from, to]) => cell(from, to, middle - half, middle + half)).join('');
    return [named(names[outcome], element('path', { d, ...filled(outcome) }))];
  });
}

function cell(from: number, to: number, top: number, bottom: number): string {
  const px = (value: number) => String(Math.round(value * 10) / 10);
  return `M${px(from)},${px(top)}H${px(to)}V${px(bottom)}H${px(from)}Z`;
}

function byColumn(
  spans: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const columns: [number, number][] = [];
  for (const [from, to] of spans) {
    const [start, end] = [Math.floor(from), Math.ceil(to)];
    const last = columns.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else columns.push([start, end]);
  }
  return columns;
}
