import {
  type LiveDrill,
  type LiveNode,
  type ProbeOutcome,
  targetLabels,
  type VrrpState,
} from '../model/index.ts';

/** The stretch of time that is drawn. The fault's column stands between two cells. */
export interface TimeWindow {
  readonly startMs: number;
  readonly cellMs: number;
  readonly cells: number;
  /** The first cell after the fault; undefined until there is one. */
  readonly faultCell?: number;
}

/** `waiting`: asked, and not answered yet. `future`: not asked yet, or nobody knows. */
export type RequestCell = ProbeOutcome | 'waiting' | 'future';
/** `gained` and `left`: the VIP came, or went, in this cell. */
export type NodeCell = 'held' | 'free' | 'gained' | 'left' | 'future';

export interface NodeLane {
  readonly name: string;
  readonly cells: readonly NodeCell[];
  /** keepalived's states, each at the cell in which it was entered; the first one at 0. */
  readonly states: readonly { readonly cell: number; readonly state: VrrpState }[];
}

export interface RequestLane {
  readonly label: string;
  readonly cells: readonly RequestCell[];
}

export interface Timeline {
  readonly window: TimeWindow;
  readonly nodes: readonly NodeLane[];
  readonly requests: readonly RequestLane[];
}

/** Cells are one of these wide, in ms: whole numbers that a reader can add up. */
const LADDER = [20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000];
/** How much of the picture is before the fault. */
const LEAD = 0.35;
const LEAST_SPAN_MS = 300;
/** Room to the right of the last thing that happened. */
const MARGIN = 1.2;
/** Requests of so long ago have been told, if they have ended. */
const TOLD_WITHIN_MS = 250;
/** Nothing told of so long: requests hang, and the picture makes room for them. */
const STALLED_MS = 1000;

/**
 * A drill as lanes of cells.
 *
 * @param columns cells that there is room for, the fault's column not counted
 * @param nowMs how far time has come; of a drill that is over any later moment
 */
export function timelineOf(drill: LiveDrill, columns: number, nowMs: number): Timeline {
  const reachedMs = Math.min(nowMs, endOf(drill));
  const window = windowOf(drill, columns, reachedMs);
  return {
    window,
    nodes: drill.nodes.map((node) => nodeLane(drill, node, window, reachedMs)),
    requests: requestLanes(drill, window, reachedMs),
  };
}

/** When the last request was due; while it goes on, ever. */
function endOf({ steps, samples }: LiveDrill): number {
  if (steps.settle === undefined) return Number.POSITIVE_INFINITY;
  return samples.reduce((last, [, atMs]) => Math.max(last, atMs), 0);
}

function windowOf(drill: LiveDrill, columns: number, nowMs: number): TimeWindow {
  const cells = Math.max(8, columns);
  const lead = Math.floor(cells * LEAD);
  const { faultMs, rate } = drill;
  const spanMs = faultMs === undefined ? firstSpan(drill) : spanAfter(drill, faultMs, nowMs);
  const slowest = Math.max(1, ...drill.targets.map(({ every = 1 }) => every));
  const least = Math.max(spanMs / (cells - lead), (1000 / rate) * slowest);
  const cellMs = LADDER.find((ms) => ms >= least) ?? LADDER.at(-1)!;
  if (faultMs !== undefined)
    return { startMs: faultMs - lead * cellMs, cellMs, cells, faultCell: lead };
  const began = drill.samples[0]?.[1] ?? nowMs;
  return { startMs: Math.max(began, nowMs - lead * cellMs), cellMs, cells };
}

function firstSpan({ predictedMs }: LiveDrill): number {
  return Math.max(LEAST_SPAN_MS, predictedMs[1] * MARGIN);
}

/** From the fault to the last thing worth seeing. */
function spanAfter(drill: LiveDrill, faultMs: number, nowMs: number): number {
  const restoreMs = drill.steps.restore ?? Number.POSITIVE_INFINITY;
  const bad = drill.samples.flatMap(([, atMs, outcome]) => (outcome === 'ok' ? [] : [atMs]));
  const moves = drill.nodes
    .flatMap(({ addresses }) => addresses.map(({ atMs }) => atMs))
    .filter((atMs) => atMs < restoreMs);
  const hanging = lastAnsweredMs(drill);
  const stalled = hanging.filter((atMs) => nowMs - atMs > STALLED_MS).map(() => nowMs);
  const last = [...bad, ...moves, ...stalled].reduce((most, atMs) => Math.max(most, atMs), faultMs);
  return Math.max(firstSpan(drill), (last - faultMs) * MARGIN);
}

/** Of each target: the last request of which anything is known. */
function lastAnsweredMs({ targets, samples }: LiveDrill): readonly number[] {
  const last = targets.map(() => 0);
  for (const [target, atMs] of samples) last[target] = Math.max(last[target] ?? 0, atMs);
  return last.filter((atMs) => atMs > 0);
}

function cellAt({ startMs, cellMs }: TimeWindow, atMs: number): number {
  return Math.floor((atMs - startMs) / cellMs);
}

function nodeLane(drill: LiveDrill, node: LiveNode, window: TimeWindow, nowMs: number): NodeLane {
  const cells = Array.from({ length: window.cells }, (_, index): NodeCell => {
    const fromMs = window.startMs + index * window.cellMs;
    if (fromMs > nowMs) return 'future';
    const before = isHeldAt(drill, node, fromMs);
    const after = isHeldAt(drill, node, fromMs + window.cellMs - 0.001);
    if (before !== after) return after ? 'gained' : 'left';
    return after ? 'held' : 'free';
  });
  return { name: node.name, cells, states: statesIn(node, window, nowMs) };
}

/** A node that has not spoken of it yet is as we saw it just before the fault. */
function isHeldAt({ holder }: LiveDrill, { name, addresses }: LiveNode, atMs: number): boolean {
  const last = addresses.findLast((one) => one.atMs <= atMs);
  if (last) return last.held;
  return holder === null ? (addresses[0]?.held ?? false) : holder === name;
}

function statesIn(node: LiveNode, window: TimeWindow, nowMs: number): NodeLane['states'] {
  const at = node.states.map(({ atMs, state }) => ({ cell: cellAt(window, atMs), state }));
  const before = at.findLast(({ cell }) => cell <= 0) ?? at[0];
  const inside = at.filter(({ cell }) => cell > 0 && cell < window.cells);
  const first = before && window.startMs <= nowMs ? [{ cell: 0, state: before.state }] : [];
  return [
    ...first,
    ...inside.filter((one, index) => one.state !== (inside[index - 1] ?? first[0])?.state),
  ];
}

function requestLanes(drill: LiveDrill, window: TimeWindow, nowMs: number): readonly RequestLane[] {
  const lanes = drill.targets.map(() => new Array<RequestCell | undefined>(window.cells));
  for (const [target, atMs, outcome] of drill.samples) {
    const lane = lanes[target];
    const cell = cellAt(window, atMs);
    if (!lane || cell < 0 || cell >= window.cells) continue;
    lane[cell] = worse(lane[cell], outcome);
  }
  const began = drill.samples[0]?.[1] ?? Number.POSITIVE_INFINITY;
  const labels = targetLabels(drill.targets);
  return lanes.map((lane, target) => ({
    label: labels[target]!,
    cells: Array.from(lane, (cell, index) => {
      if (cell) return cell;
      const endMs = window.startMs + (index + 1) * window.cellMs;
      const isAsked = endMs > began && endMs < nowMs - TOLD_WITHIN_MS;
      return isAsked ? 'waiting' : 'future';
    }),
  }));
}

const BADNESS: Readonly<Record<RequestCell, number>> = {
  future: 0,
  waiting: 0,
  ok: 1,
  late: 2,
  failed: 3,
};

function worse(one: RequestCell | undefined, other: ProbeOutcome): RequestCell {
  return one && BADNESS[one] > BADNESS[other] ? one : other;
}
