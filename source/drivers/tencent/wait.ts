import type { Clock } from '../../model/index.ts';
import type { CallIds, CloudFailure, CloudResult } from './result.ts';

/** Half a second, one, and then two at a time. */
const STEPS_MS = [500, 1000, 2000];

export type Awaited<Value> =
  | (CallIds & { readonly kind: 'held'; readonly value: Value })
  /** Not so by then. */
  | (CallIds & { readonly kind: 'deadline'; readonly value: Value })
  | CloudFailure;

/** Whose time it is, and who may end the waiting. */
export interface Waiting {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Looks until `holds`, or until the deadline; at least once. */
export async function waitUntil<Value>(
  { clock, signal }: Waiting,
  look: () => Promise<CloudResult<Value>>,
  holds: (value: Value) => boolean,
  deadlineMs: number,
): Promise<Awaited<Value>> {
  const endMs = clock.now() + deadlineMs;
  for (let count = 0; ; count += 1) {
    const seen = await look();
    // what only looks is never so "already"
    if (seen.kind !== 'ok') return seen as CloudFailure;
    const { value, action, traceId, requestId } = seen;
    const ids = { action, traceId, requestId };
    if (holds(value)) return { kind: 'held', value, ...ids };
    if (clock.now() >= endMs) return { kind: 'deadline', value, ...ids };
    await clock.sleep(STEPS_MS[Math.min(count, STEPS_MS.length - 1)] ?? 0, signal);
    if (signal?.aborted) return { kind: 'interrupted', ...ids };
  }
}
