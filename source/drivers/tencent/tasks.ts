import type { Cloud } from './cloud.ts';
import type { CallIds, CloudFailure } from './result.ts';
import { waitUntil } from './wait.ts';

export type TaskEnd =
  | (CallIds & { readonly kind: 'ended' })
  /** `detail` is the cloud's own words: untrusted. */
  | (CallIds & { readonly kind: 'task-failed'; readonly detail: string })
  /** It says nothing about the task: only the thing itself can tell. */
  | (CallIds & { readonly kind: 'not-known' })
  | CloudFailure;

/** The end of what HAVIP actions start. @param id the RequestId of the call that started it */
export async function vpcTaskEnd(cloud: Cloud, id: string, deadlineMs: number): Promise<TaskEnd> {
  const seen = await waitUntil(
    cloud,
    () => cloud.call('DescribeVpcTaskResult', { TaskId: id }),
    ({ Status }) => Status !== 'RUNNING',
    deadlineMs,
  );
  if (seen.kind !== 'held') return unknownTask(seen);
  const { value, ...ids } = seen;
  if (value.Status !== 'FAILED') return { ...ids, kind: 'ended' };
  return { ...ids, kind: 'task-failed', detail: value.Output ?? '' };
}

/** The end of what EIP actions start. @param id text, as the cloud gave it; asked for as a number */
export async function eipTaskEnd(cloud: Cloud, id: string, deadlineMs: number): Promise<TaskEnd> {
  const seen = await waitUntil(
    cloud,
    () => cloud.call('DescribeTaskResult', { TaskId: Number(id) }),
    ({ Result }) => Result !== 'RUNNING',
    deadlineMs,
  );
  if (seen.kind !== 'held') return unknownTask(seen);
  const { value, ...ids } = seen;
  if (value.Result !== 'FAILED') return { ...ids, kind: 'ended' };
  return { ...ids, kind: 'task-failed', detail: '' };
}

/** An id that is too old is refused, and one that is still at work at its deadline tells no more. */
function unknownTask(seen: CloudFailure | (CallIds & { readonly kind: 'deadline' })): TaskEnd {
  if (seen.kind !== 'refused' && seen.kind !== 'deadline') return seen;
  if (seen.kind === 'refused' && /^(AuthFailure|Unauthorized)/.test(seen.code)) return seen;
  const { action, traceId, requestId } = seen;
  return { kind: 'not-known', action, traceId, requestId };
}
