import type { VrrpState } from './drill-live.ts';
import type { Problem } from './message.ts';
import type { ProbeOutcome } from './prober.ts';

/** What a node said of itself in one look. */
export interface NodeLook {
  /** The VIP is on its NIC. */
  readonly holds: boolean;
  /** Which of the units that were asked about run. */
  readonly units: Readonly<Record<string, boolean>>;
  /** Which of the ports that were asked answered as they should; only those that belong to a unit. */
  readonly healthy: Readonly<Record<string, boolean>>;
  /** By the last line of its notify log, and that line's time as it stands there. */
  readonly state: VrrpState;
  readonly since: string;
}

/** A node of the cluster, and the last that was heard of it. */
export interface WatchedNode {
  readonly name: string;
  readonly address: string;
  readonly isFrontend: boolean;
  /** In the order in which they are shown. */
  readonly units: readonly string[];
  readonly look?: NodeLook;
  /** When it arrived here, milliseconds since the epoch. */
  readonly heardMs?: number;
  /** Why it cannot be asked; gone with the next look. */
  readonly problem?: Problem;
}

/** A second of requests. */
export interface RequestSecond {
  readonly atMs: number;
  readonly ok: number;
  readonly late: number;
  readonly failed: number;
  readonly slowestMs: number;
}

/** The same requests by the cloud's public address. */
export interface OutsideWatch {
  readonly vantage: string;
  readonly address: string;
  /** Why nobody can ask from there. */
  readonly problem?: Problem;
  readonly seconds: readonly RequestSecond[];
}

/** The VIP as the cloud has it, or why it does not say. */
export type CloudWatch =
  | {
      /** A node, or an instance that is none; null: nobody. */
      readonly holder: string | null;
      readonly isNode: boolean;
      /** ISO 8601; null: never. */
      readonly movedAt: string | null;
      readonly publicAddress: string | null;
      /** When it said so, milliseconds since the epoch. */
      readonly atMs: number;
    }
  | { readonly problem: Problem };

export interface WatchState {
  readonly cluster: string;
  readonly vip: string;
  readonly profile: string;
  readonly startedMs: number;
  readonly nodes: readonly WatchedNode[];
  /** The last minute, the oldest first. */
  readonly seconds: readonly RequestSecond[];
  /** From where the requests are made: `here`, `via:iam-2`. */
  readonly vantage?: string;
  /** Requests a second that are made there. */
  readonly rate?: number;
  /** Absent: there is no public address. */
  readonly outside?: OutsideWatch;
  /** Absent: no cloud is asked. */
  readonly cloud?: CloudWatch;
  /** The last time that the VIP was seen to have moved, while we watched. */
  readonly moved?: { readonly from: string; readonly to: string; readonly atMs: number };
  /** The last time that something was not as it should be. */
  readonly troubledMs?: number;
  /** Whoever had the VIP when it was last known. */
  readonly holder?: string;
}

/** What a watcher hears. */
export type WatchNews =
  | { readonly kind: 'look'; readonly node: string; readonly look: NodeLook; readonly atMs: number }
  | { readonly kind: 'silent'; readonly node: string; readonly problem: Problem }
  | { readonly kind: 'cloud'; readonly cloud: CloudWatch }
  | {
      readonly kind: 'vantage';
      readonly vantage: string;
      readonly rate: number;
      readonly outside?: Omit<OutsideWatch, 'seconds'>;
    }
  | {
      readonly kind: 'samples';
      readonly samples: readonly WatchSample[];
      /** Asked by the public address. */
      readonly outside?: true;
    };

export interface WatchSample {
  readonly scheduledMs: number;
  readonly endedMs: number;
  readonly outcome: ProbeOutcome;
}

/** Older than this, what a node said is no longer shown as true. It says something each second. */
export const STALE_MS = 3500;
const KEPT_SECONDS = 60;

export function isStale({ heardMs }: WatchedNode, nowMs: number): boolean {
  return heardMs === undefined || nowMs - heardMs > STALE_MS;
}

/** Who has the VIP by what is known now: nodes that are silent do not count. */
export function holdersOf({ nodes }: WatchState, nowMs: number): readonly string[] {
  return nodes.filter((one) => one.look?.holds && !isStale(one, nowMs)).map(({ name }) => name);
}

/** What is wrong with a node that speaks: units that do not run, ports that do not answer. */
export function brokenUnits({ units, look }: WatchedNode): readonly string[] {
  if (!look) return [];
  return units.filter((unit) => look.units[unit] === false || look.healthy[unit] === false);
}

export function reduceWatch(state: WatchState, news: WatchNews): WatchState {
  switch (news.kind) {
    case 'look': {
      const { problem: _, ...known } = state.nodes.find(({ name }) => name === news.node)!;
      const node = { ...known, look: news.look, heardMs: news.atMs };
      return noticed(withNode(state, node), news.atMs);
    }
    case 'silent': {
      const known = state.nodes.find(({ name }) => name === news.node)!;
      return withNode(state, { ...known, problem: news.problem });
    }
    case 'cloud':
      return { ...state, cloud: news.cloud };
    case 'vantage': {
      const { outside: before, ...known } = state;
      const outside = news.outside && { ...news.outside, seconds: before?.seconds ?? [] };
      return { ...known, vantage: news.vantage, rate: news.rate, ...(outside && { outside }) };
    }
    case 'samples':
      return news.samples.reduce(news.outside ? countOutside : countInside, state);
  }
}

function withNode(state: WatchState, node: WatchedNode): WatchState {
  return { ...state, nodes: state.nodes.map((one) => (one.name === node.name ? node : one)) };
}

/** The last move by what is known now: a node that falls silent has lost it, and says nothing of it. */
export function moveOf(state: WatchState, nowMs: number): WatchState['moved'] {
  return noticed(state, nowMs).moved;
}

/** Whether the VIP has moved, and whether all is well. */
function noticed(state: WatchState, atMs: number): WatchState {
  const [holder, ...more] = holdersOf(state, atMs);
  const isMoved = holder !== undefined && more.length === 0 && holder !== state.holder;
  const moved =
    isMoved && state.holder !== undefined ? { from: state.holder, to: holder, atMs } : state.moved;
  const isBad = state.nodes.some((node) => brokenUnits(node).length > 0 || isStale(node, atMs));
  return {
    ...state,
    ...(isMoved && { holder }),
    ...(moved && { moved }),
    ...((isBad || holder === undefined || more.length > 0) && { troubledMs: atMs }),
  };
}

function countInside(state: WatchState, sample: WatchSample): WatchState {
  return { ...state, seconds: counted(state.seconds, sample), ...troubled(state, sample) };
}

function countOutside(state: WatchState, sample: WatchSample): WatchState {
  const { outside } = state;
  if (!outside) return state;
  const seconds = counted(outside.seconds, sample);
  return { ...state, outside: { ...outside, seconds }, ...troubled(state, sample) };
}

function troubled(
  { troubledMs = 0 }: WatchState,
  { outcome, endedMs }: WatchSample,
): Pick<WatchState, 'troubledMs'> {
  return outcome === 'ok' ? {} : { troubledMs: Math.max(troubledMs, endedMs) };
}

function counted(
  all: readonly RequestSecond[],
  { scheduledMs, endedMs, outcome }: WatchSample,
): readonly RequestSecond[] {
  const atMs = Math.floor(scheduledMs / 1000) * 1000;
  const known = all.find((one) => one.atMs === atMs);
  const before = known ?? { atMs, ok: 0, late: 0, failed: 0, slowestMs: 0 };
  const slowestMs =
    outcome === 'failed' ? before.slowestMs : Math.max(before.slowestMs, endedMs - scheduledMs);
  const second = { ...before, [outcome]: before[outcome] + 1, slowestMs };
  return known
    ? all.map((one) => (one === known ? second : one))
    : [...all, second].sort((a, b) => a.atMs - b.atMs).slice(-KEPT_SECONDS);
}
