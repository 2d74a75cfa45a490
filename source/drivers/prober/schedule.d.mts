import type { Duplex } from 'node:stream';
import type { ProbeTarget } from '../../model/index.ts';

export interface IndexedTarget extends ProbeTarget {
  /** Its place in the list of all targets. */
  readonly index: number;
}

export interface ProbePlan {
  /** Since 1970. */
  readonly startMs: number;
  readonly ratePerSecond: number;
  /** From measureOrigin(): threads that share it share a clock. */
  readonly originMs: number;
  readonly targets: readonly IndexedTarget[];
}

/** A request's end: target, n, sentMs, endedMs, why it failed, node, backend. */
export type RequestEnd = readonly [
  target: number,
  n: number,
  sentMs: number,
  endedMs: number,
  reason?: string,
  node?: string,
  backend?: string,
];

/** Opens a connection within `withinMs`; calls back exactly once, with a reason or a stream. */
export type Open = (
  target: IndexedTarget,
  withinMs: number,
  opened: (reason: string | undefined, stream?: Duplex) => void,
) => void;

export function measureOrigin(): number;
export function epochMs(originMs: number): number;
export function runSchedule(
  when: Omit<ProbePlan, 'targets'>,
  send: (n: number) => void,
): { stop(): void };
export function probeOnSchedule(
  plan: ProbePlan,
  open: Open,
  report: (end: RequestEnd) => void,
): { stop(): Promise<void> };
