import type { ActionName, AnswerOf, RequestOf } from './calls.ts';
import type { Cloud } from './cloud.ts';
import { type Converged, converge } from './converge.ts';
import { type CallIds, type CloudFailure, type CloudResult, idsOf } from './result.ts';
import { eipTaskEnd, type TaskEnd, vpcTaskEnd } from './tasks.ts';
import { waitUntil } from './wait.ts';

/** A change of the cloud, and how it is seen. */
export interface CloudChange<Name extends ActionName, Seen> {
  readonly action: Name;
  readonly request: RequestOf<Name>;
  readonly look: () => Promise<CloudResult<Seen | undefined>>;
  readonly isDone: (seen: Seen | undefined) => boolean;
  /** It is on its way: it is waited for, and not asked for again. */
  readonly isBegun?: (seen: Seen | undefined) => boolean;
  /** What the action starts: nothing, a task by its RequestId, or one by a number. */
  readonly task: 'none' | 'vpc' | 'eip';
  /**
   * An earlier run, or a try whose answer was lost, may have made it. Not for what takes away: a read
   * that lags behind would have us believe that it is gone, and it would cost money for ever. That is
   * simply asked for again.
   */
  readonly looksFirst: boolean;
  readonly deadlineMs: number;
}

/** A change with all that belongs to it: its task's end, and the thing itself seen as it should be. */
export type Done<Seen> =
  | (CallIds & {
      readonly kind: 'done';
      readonly seen: Seen | undefined;
      /** `found`: an earlier try or run had made it. */
      readonly how: 'made' | 'found';
    })
  | (CallIds & { readonly kind: 'task-failed'; readonly detail: string })
  /** Asked for, and not to be seen by the deadline. */
  | (CallIds & { readonly kind: 'deadline' })
  | (CloudFailure & {
      /** It had been asked for when looking failed: it may be done, whatever is said of the look. */
      readonly begun?: true;
    });

/** The failure of a look after the change was asked for. */
export function begun<Seen>(done: Done<Seen>): Done<Seen> {
  if (done.kind === 'done' || done.kind === 'task-failed' || done.kind === 'deadline') return done;
  return { ...done, begun: true };
}

/** Makes the change once, whatever becomes of the answers, and however often it is called. */
export async function carryOut<Name extends ActionName, Seen>(
  cloud: Cloud,
  change: CloudChange<Name, Seen>,
): Promise<Done<Seen>> {
  const { action, request, look, isDone, deadlineMs, looksFirst } = change;
  const isThere = (seen: Seen | undefined) => isDone(seen) || (change.isBegun?.(seen) ?? false);
  if (looksFirst) {
    const before = await look();
    if (before.kind !== 'ok') return before as CloudFailure;
    if (isThere(before.value)) return seenDone(cloud, change, 'found');
  }
  const made = await converge(
    cloud,
    () => cloud.call(action, request, { waitMs: deadlineMs }),
    looksFirst ? async () => boxed(await look(), isThere) : undefined,
  );
  if (made.kind === 'refused' || made.kind === 'busy') return unlessDone(change, made);
  if (made.kind !== 'made' && made.kind !== 'found' && made.kind !== 'already') return made;
  const end = await taskEnd(cloud, change, made);
  if (end.kind !== 'ended' && end.kind !== 'not-known') return begun(end);
  const done = begun(await seenDone(cloud, change, made.kind === 'made' ? 'made' : 'found'));
  // What was asked for, and not the look at it, is what the cloud's support would ask about.
  const isOurs = made.kind === 'made' && (done.kind === 'done' || done.kind === 'deadline');
  return isOurs ? { ...done, ...idsOf(made) } : done;
}

/** That nothing is there may be what is looked for: so what was seen is put into a box. */
function boxed<Seen>(
  result: CloudResult<Seen>,
  isThere: (seen: Seen) => boolean,
): CloudResult<{ readonly seen: Seen } | undefined> {
  if (result.kind !== 'ok') return result;
  return { ...result, value: isThere(result.value) ? { seen: result.value } : undefined };
}

/** A refusal because it is so already, which an earlier, lost call has made. */
async function unlessDone<Name extends ActionName, Seen>(
  { look, isDone }: CloudChange<Name, Seen>,
  refused: CloudFailure,
): Promise<Done<Seen>> {
  const after = await look();
  if (after.kind !== 'ok' || !isDone(after.value)) return refused;
  const { value, ...ids } = after;
  return { ...ids, kind: 'done', how: 'found', seen: value };
}

async function taskEnd<Name extends ActionName>(
  cloud: Cloud,
  { task, deadlineMs }: { readonly task: string; readonly deadlineMs: number },
  made: Converged<AnswerOf<Name>, unknown>,
): Promise<TaskEnd> {
  const { action, traceId, requestId } = made;
  const notKnown: TaskEnd = { kind: 'not-known', action, traceId, requestId };
  if (made.kind !== 'made' || task === 'none') return notKnown;
  if (task === 'vpc') return vpcTaskEnd(cloud, made.requestId, deadlineMs);
  const { TaskId } = made.value as { readonly TaskId?: string };
  return TaskId === undefined ? notKnown : eipTaskEnd(cloud, TaskId, deadlineMs);
}

/** A task's success alone is not enough. */
async function seenDone<Name extends ActionName, Seen>(
  cloud: Cloud,
  { look, isDone, deadlineMs }: CloudChange<Name, Seen>,
  how: 'made' | 'found',
): Promise<Done<Seen>> {
  const seen = await waitUntil(cloud, look, isDone, deadlineMs);
  if (seen.kind !== 'held' && seen.kind !== 'deadline') return seen;
  const { value, ...ids } = seen;
  if (seen.kind === 'deadline') return { ...ids, kind: 'deadline' };
  return { ...ids, kind: 'done', how, seen: value };
}
