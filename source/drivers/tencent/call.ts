import { type Clock, maskText, type Secret } from '../../model/index.ts';
import { type ActionName, type AnswerOf, isRead, type RequestOf } from './calls.ts';
import type { CallIds, CloudFailure, CloudResult, Outcome } from './result.ts';
import { backoffMs, retryClass } from './retry.ts';
import { newTraceId, type Sdk } from './sdk.ts';

/** How often a call is repeated that surely did nothing. */
const TRIES = { throttled: 8, unreached: 4, lostRead: 4 };
const NOT_YET_STEP_MS = 2000;
/** How long a thing that is in hand is waited for. */
const NOT_YET_MS = 180_000;

export interface CallOptions {
  /** For a thing that something else has in hand: how long to wait. */
  readonly waitMs?: number;
  /** Breaks off a call that only looks, and any waiting; never a change that is under way. */
  readonly signal?: AbortSignal;
}

/** How a call is made; its parts are ports, so that tests need no time. */
export interface Caller {
  readonly sdk: Sdk;
  readonly clock: Clock;
  readonly random: () => number;
  /** Not to be seen in what the cloud says. */
  readonly secrets: readonly Secret[];
}

/** The next thing to do: wait and try again, or that is the end. */
type Step = { readonly waitMs: number } | CloudFailure | CloudResult<unknown>;

interface Course {
  readonly action: ActionName;
  readonly ids: CallIds;
  /** Of this kind of failure, so far. */
  readonly count: number;
  readonly elapsedMs: number;
  readonly options: CallOptions;
  readonly random: () => number;
}

/**
 * Calls the cloud until there is something to say. A change that may have been done is not repeated
 * here: who asked for it looks first.
 */
export async function call<Name extends ActionName>(
  caller: Caller,
  action: Name,
  request: RequestOf<Name>,
  options: CallOptions = {},
): Promise<CloudResult<AnswerOf<Name>>> {
  const { sdk, clock, random, secrets } = caller;
  const startMs = clock.now();
  const counts = new Map<string, number>();
  for (;;) {
    const traceId = newTraceId();
    const outcome = masked(
      await sdk.try(action, (request ?? {}) as object, traceId, options.signal),
      secrets,
    );
    const requestId = 'requestId' in outcome ? outcome.requestId : '';
    const kind = outcome.kind === 'error' ? retryClass(action, outcome.code) : outcome.kind;
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const ids = { action, traceId, requestId };
    const elapsedMs = clock.now() - startMs;
    const step = next(outcome, { action, ids, count, elapsedMs, options, random });
    if (!('waitMs' in step)) return step as CloudResult<AnswerOf<Name>>;
    await clock.sleep(step.waitMs, options.signal);
    if (options.signal?.aborted) return { kind: 'interrupted', ...ids };
  }
}

function masked(outcome: Outcome, secrets: readonly Secret[]): Outcome {
  return 'detail' in outcome ? { ...outcome, detail: maskText(outcome.detail, secrets) } : outcome;
}

function next(outcome: Outcome, course: Course): Step {
  const { action, ids, count, random } = course;
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'ok', value: outcome.value, ...ids };
    case 'interrupted':
      return { kind: 'interrupted', ...ids };
    case 'not-sent':
      if (count + 1 < TRIES.unreached) return { waitMs: backoffMs(count, random) };
      return { kind: 'unreachable', detail: outcome.detail, ...ids };
    case 'lost':
      return lost(action, outcome.detail, course);
    case 'error':
      return refused(outcome, course);
  }
}

/** Whoever only looks looks again. */
function lost(action: ActionName, detail: string, { ids, count, random }: Course): Step {
  if (!isRead(action)) return { kind: 'ambiguous', detail, ...ids };
  if (count + 1 < TRIES.lostRead) return { waitMs: backoffMs(count, random) };
  return { kind: 'unreachable', detail, ...ids };
}

function refused({ code, detail }: Outcome & { readonly kind: 'error' }, course: Course): Step {
  const { action, ids, count, elapsedMs, options, random } = course;
  switch (retryClass(action, code)) {
    case 'again':
      if (count + 1 < TRIES.throttled) return { waitMs: backoffMs(count, random) };
      return { kind: 'busy', code, detail, ...ids };
    case 'not-yet':
      if (elapsedMs < (options.waitMs ?? NOT_YET_MS)) return { waitMs: NOT_YET_STEP_MS };
      return { kind: 'busy', code, detail, ...ids };
    case 'ambiguous':
      return lost(action, `${code}: ${detail}`, course);
    case 'already':
      return { kind: 'already', code, ...ids };
    case 'final':
      return { kind: 'refused', code, detail, ...ids };
  }
}
