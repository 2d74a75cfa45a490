import type { DrillStepName, LiveSample, LiveTarget, VrrpState } from './drill-live.ts';
import type { LiveDrill, LiveNode } from './live-drill.ts';
import type { ProbeOutcome } from './prober.ts';

/**
 * What the requests of one target came to, as runs of equal cells: `120o3l12o` is 120 cells ok,
 * three late, twelve ok. `f`: failed; `-`: nobody knows. A cell is one request; where that is too
 * much to keep, it is as many as needed, and the worst of them counts.
 */
export interface TraceLane extends LiveTarget {
  /** The first cell's begin, in ms after the fault. */
  readonly fromMs: number;
  readonly cellMs: number;
  readonly runs: string;
}

export interface TraceNode {
  readonly name: string;
  /** Whether it had the VIP when the measurement began. */
  readonly held: boolean;
  /** The VIP came (true) or went, at so many ms after the fault. */
  readonly moves: readonly (readonly [atMs: number, held: boolean])[];
  readonly states: readonly (readonly [atMs: number, state: VrrpState])[];
}

/** What a drill's picture is drawn from when it is over; a few kB. Times: ms after the fault. */
export interface DrillTrace {
  /** When the fault was: ms since 1970, on the prober's clock. */
  readonly faultMs: number;
  readonly victim: string;
  /** When each step began. */
  readonly steps: Readonly<Partial<Record<DrillStepName, number>>>;
  readonly nodes: readonly TraceNode[];
  readonly lanes: readonly TraceLane[];
}

/** A stretch of a lane. */
export interface TraceRun {
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined: nobody knows. */
  readonly outcome: ProbeOutcome | undefined;
}

/** All lanes of a trace together: letters. */
const LANES_BUDGET = 12_000;
/** A node that changes more often than this is broken in a way that a picture does not tell. */
const MOST_CHANGES = 40;

const LETTERS: Readonly<Record<ProbeOutcome, string>> = { ok: 'o', late: 'l', failed: 'f' };
/** The worst counts. */
const ORDER = '-olf';

/** What is kept of a drill that was followed; undefined where nothing was broken, or nobody looked. */
export function traceOf(drill: LiveDrill): DrillTrace | undefined {
  const { faultMs, samples, victim, steps, targets } = drill;
  if (faultMs === undefined || samples.length === 0) return undefined;
  const after = (atMs: number) => tenths(atMs - faultMs);
  const asked = targets.flatMap((target, place) => (target.absent ? [] : [{ target, place }]));
  const budget = LANES_BUDGET / Math.max(1, asked.length);
  const began = samples.reduce((first, [, atMs]) => Math.min(first, atMs), samples[0]![1]);
  return {
    faultMs: Math.round(faultMs),
    victim,
    steps: Object.fromEntries(Object.entries(steps).map(([name, atMs]) => [name, after(atMs)])),
    nodes: drill.nodes.map((node) => traceNode(drill, node, began, after)),
    lanes: asked.flatMap(({ target, place }) => {
      const mine = samples.filter(([of]) => of === place);
      const intervalMs = (1000 / drill.rate) * (target.every ?? 1);
      return mine.length === 0 ? [] : [traceLane(target, mine, { intervalMs, budget, after })];
    }),
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** A thousandth of a ms, a hundred thousand times, would be a tenth of a second. */
function precise(ms: number): number {
  return Math.round(ms * 1e6) / 1e6;
}

function traceNode(
  { holder }: LiveDrill,
  { name, addresses, states }: LiveNode,
  beganMs: number,
  after: (atMs: number) => number,
): TraceNode {
  const before = addresses.findLast(({ atMs }) => atMs <= beganMs);
  const first = addresses.find(({ atMs }) => atMs > beganMs);
  return {
    name,
    // the first thing that it said of it is a change, or what it was all along
    held: before?.held ?? (holder === null ? (first?.held ?? false) : holder === name),
    moves: addresses
      .filter(({ atMs }) => atMs > beganMs)
      .slice(0, MOST_CHANGES)
      .map(({ atMs, held }) => [after(atMs), held]),
    states: states.slice(-MOST_CHANGES).map(({ atMs, state }) => [after(atMs), state]),
  };
}

function traceLane(
  target: LiveTarget,
  samples: readonly LiveSample[],
  {
    intervalMs,
    budget,
    after,
  }: {
    readonly intervalMs: number;
    readonly budget: number;
    readonly after: (atMs: number) => number;
  },
): TraceLane {
  const times = samples.map(([, atMs]) => atMs);
  const startMs = times.reduce((least, atMs) => Math.min(least, atMs), times[0]!);
  const endMs = times.reduce((most, atMs) => Math.max(most, atMs), startMs);
  for (let merged = 1; ; merged *= 2) {
    const cellMs = intervalMs * merged;
    // half a request to the right: a time that is not quite whole stays in its own cell
    const cellAt = (atMs: number) => Math.floor((atMs - startMs) / cellMs + 1 / (2 * merged));
    const cells = new Array<string>(cellAt(endMs) + 1).fill('-');
    for (const [, atMs, outcome] of samples) {
      const at = cellAt(atMs);
      cells[at] = worse(cells[at] ?? '-', LETTERS[outcome]);
    }
    const runs = encodeRuns(cells);
    if (runs.length <= budget || cells.length < 2)
      return { ...target, fromMs: after(startMs), cellMs: precise(cellMs), runs };
  }
}

function worse(one: string, other: string): string {
  return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}

function encodeRuns(cells: readonly string[]): string {
  let text = '';
  for (let at = 0; at < cells.length; ) {
    let end = at + 1;
    while (end < cells.length && cells[end] === cells[at]) end += 1;
    text += `${end - at}${cells[at]}`;
    at = end;
  }
  return text;
}

const OUTCOMES: Readonly<Record<string, ProbeOutcome>> = { o: 'ok', l: 'late', f: 'failed' };

/** The stretches of a lane, in order. What is not of this form is left out. */
export function traceRuns({ fromMs, cellMs, runs }: TraceLane): readonly TraceRun[] {
  let at = fromMs;
  return [...runs.matchAll(/(\d{1,9})([olf-])/g)].map(([, count, letter]) => {
    const from = at;
    at += Number(count) * cellMs;
    return { fromMs: from, toMs: at, outcome: OUTCOMES[letter ?? ''] };
  });
}

/** The longest stretch without a good answer: what an outage is measured by. Undefined: there was none. */
export function traceGap(
  lane: TraceLane,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  let longest: { fromMs: number; toMs: number } | undefined;
  let open: { fromMs: number; toMs: number } | undefined;
  for (const { fromMs, toMs, outcome } of traceRuns(lane)) {
    if (outcome === undefined) continue;
    if (outcome === 'ok') open = undefined;
    else open = { fromMs: open?.fromMs ?? fromMs, toMs };
    if (open && (!longest || open.toMs - open.fromMs > longest.toMs - longest.fromMs))
      longest = open;
  }
  return longest;
}
