import stringWidth from 'string-width';
import type { LiveDrill, VrrpState } from '../model/index.ts';
import { pad } from '../text/index.ts';
import { type Canvas, words } from './canvas.ts';
import { type NodeLane, type RequestCell, type Timeline, timelineOf } from './drill-timeline.ts';
import { type Line, line, toned } from './lines.ts';
import { glyph, type Span, type SymbolName, type Tone } from './theme.ts';

const GAP = 1;
const REQUEST_SIGNS: Readonly<Record<RequestCell, SymbolName | undefined>> = {
  ok: 'answered',
  late: 'late',
  failed: 'lost',
  waiting: 'waiting',
  future: undefined,
};
const STATE_TONES: Readonly<Record<VrrpState, Tone>> = {
  MASTER: 'strong',
  BACKUP: 'quiet',
  FAULT: 'bad',
  STOP: 'bad',
  unknown: 'quiet',
};

/** A drill's picture: time from left to right, a lane a node, a lane for what clients ask. */
export function laneLines(
  canvas: Canvas,
  drill: LiveDrill,
  columns: number,
  nowMs: number,
  withLegend = true,
): readonly Line[] {
  const labels = [...drill.nodes.map(({ name }) => name), ...widest(drill)];
  const label = Math.max(...labels.map((one) => stringWidth(one))) + GAP;
  const timeline = timelineOf(drill, columns - label - 1, nowMs);
  const named = (name: string, cells: Line) => line(pad(name, label), ...cells);
  return [
    named('', axis(canvas, timeline)),
    ...timeline.nodes.map((lane, index) =>
      named(lane.name, nodeCells(canvas, timeline, lane, index)),
    ),
    ...timeline.requests.map((lane) =>
      named(lane.label, requestCells(canvas, timeline, lane.cells)),
    ),
    ...(withLegend ? [named('', legend(canvas, timeline))] : []),
  ];
}

function widest({ targets }: LiveDrill): readonly string[] {
  return targets.map(({ backend }) => `${backend ?? 'VIP'} authz`);
}

/** The fault's column between the cells before it and those after. */
function withFault({ window }: Timeline, cells: readonly Span[], column: Span): Line {
  const { faultCell } = window;
  if (faultCell === undefined) return joined(cells);
  return joined([...cells.slice(0, faultCell), column, ...cells.slice(faultCell)]);
}

/** Neighbours of one tone as one piece. */
function joined(cells: readonly Span[]): Line {
  return cells.reduce<Span[]>((pieces, cell) => {
    const last = pieces.at(-1);
    if (last && last.tone === cell.tone)
      pieces[pieces.length - 1] = { ...last, text: last.text + cell.text };
    else pieces.push(cell);
    return pieces;
  }, []);
}

function requestCells(canvas: Canvas, timeline: Timeline, cells: readonly RequestCell[]): Line {
  const { style } = canvas.speech;
  const spans = cells.map((cell): Span => {
    const sign = REQUEST_SIGNS[cell];
    return sign ? glyph(style, sign) : { text: ' ' };
  });
  return withFault(timeline, spans, glyph(style, 'fault'));
}

function nodeCells(canvas: Canvas, timeline: Timeline, lane: NodeLane, index: number): Line {
  const { style } = canvas.speech;
  const signs = lane.cells.map((cell, at): Span => {
    if (cell === 'future') return { text: ' ' };
    if (cell === 'held' || cell === 'free') return glyph(style, cell);
    return glyph(style, corner(timeline, index, at, cell));
  });
  const { faultCell } = timeline.window;
  const isHeld = faultCell !== undefined && lane.cells[faultCell - 1] === 'held';
  const written = lane.states.reduce((cells, one, place) => {
    const next = lane.states[place + 1]?.cell ?? lane.cells.length;
    return write(cells, one, { next, faultCell, lane });
  }, signs);
  return withFault(timeline, written, glyph(style, isHeld ? 'fault-held' : 'fault'));
}

/** The VIP leaves towards the lane that it comes to, and comes from the one that it left. */
function corner(
  { nodes }: Timeline,
  index: number,
  at: number,
  cell: 'gained' | 'left',
): SymbolName {
  const wanted = cell === 'gained' ? 'left' : 'gained';
  const near = nodes.findIndex(
    (other, place) =>
      place !== index &&
      other.cells.some((one, where) => one === wanted && Math.abs(where - at) < 40),
  );
  const isBelow = near < 0 ? cell === 'left' && index === 0 : near > index;
  if (cell === 'left') return isBelow ? 'leaves-down' : 'leaves-up';
  return isBelow ? 'comes-up' : 'comes-down';
}

/** The state's word into the cells after its change, where there is room for it before the next. */
function write(
  cells: readonly Span[],
  { cell, state }: NodeLane['states'][number],
  { next, faultCell, lane }: Place,
): Span[] {
  const copy = [...cells];
  if (state === 'unknown') return copy;
  const text = cell === 0 ? `${state} ` : ` ${state} `;
  const from = cell === 0 ? 0 : freeFrom(lane, cell + 1, text.length, faultCell);
  if (from + text.length > cells.length) return copy;
  // the next word would be written over this one
  if (next < cells.length && from + text.length > next + 1) return copy;
  [...text].forEach((letter, offset) => {
    copy[from + offset] = { text: letter, tone: STATE_TONES[state] };
  });
  return copy;
}

interface Place {
  /** The cell of the next word. */
  readonly next: number;
  readonly faultCell: number | undefined;
  readonly lane: NodeLane;
}

/** The first cell from `start` on at which a word hides no move of the VIP, and not the fault's column. */
function freeFrom(
  { cells }: NodeLane,
  start: number,
  length: number,
  faultCell: number | undefined,
): number {
  const isCut = faultCell !== undefined && start < faultCell && start + length > faultCell;
  const from = isCut ? faultCell : start;
  const move = cells
    .slice(from, from + length)
    .findLastIndex((one) => one === 'gained' || one === 'left');
  return move < 0 ? from : from + move + 1;
}

function seconds(ms: number): string {
  const text = (ms / 1000).toFixed(Math.abs(ms) < 1000 && ms % 100 !== 0 ? 2 : 1);
  return `${ms > 0 ? '+' : ''}${text} s`;
}

/** How long before and after the fault, and where it is. */
function axis(canvas: Canvas, { window }: Timeline): Line {
  const { cells, cellMs, faultCell } = window;
  const said = words(canvas, faultCell === undefined ? 'dv-before-fault' : 'dv-fault');
  if (faultCell === undefined) return line(toned('quiet', said));
  const left = seconds(-faultCell * cellMs);
  const right = seconds((cells - faultCell) * cellMs);
  const width = stringWidth(said);
  const from = Math.max(left.length + 1, faultCell - Math.floor(width / 2));
  const gap = cells + 1 - from - width - right.length;
  return line(
    toned('quiet', pad(left, from)),
    toned('bad', said),
    toned('quiet', `${' '.repeat(Math.max(1, gap))}${gap > 0 ? right : ''}`),
  );
}

function legend(canvas: Canvas, { window }: Timeline): Line {
  const { style } = canvas.speech;
  const part = (sign: SymbolName, code: string): Line =>
    line('   ', glyph(style, sign), toned('quiet', ` ${words(canvas, code)}`));
  return line(
    toned('quiet', words(canvas, 'dv-cell', { ms: window.cellMs })),
    ...part('answered', 'dv-ok'),
    ...part('late', 'dv-late'),
    ...part('lost', 'dv-failed'),
    ...part('held', 'dv-holds'),
  );
}
