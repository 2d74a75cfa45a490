import type { Context } from './context.ts';
import { refuse } from './errors.ts';
import type { Call, Eip, HaVip, Reply, Task, TaskKind } from './types.ts';

/** What an injected fault makes of the task that a call starts. */
export type TaskFault =
  | { readonly kind: 'task-fail'; readonly output: string }
  | { readonly kind: 'task-stuck'; readonly ms: number };

export interface Subjects {
  readonly havip?: HaVip;
  readonly eip?: Eip;
}

/** Starts what the cloud does after it has answered; until its end nobody else may change its subjects. */
export function startTask(
  context: Context,
  id: string,
  kind: TaskKind,
  { havip, eip }: Subjects,
  fault?: TaskFault,
): void {
  const lasts = fault?.kind === 'task-stuck' ? fault.ms : context.pace.taskMs;
  const task: Task = {
    id,
    kind,
    dueMs: context.atMs + lasts,
    status: 'RUNNING',
    ...(havip && { havip: havip.id }),
    ...(eip && { eip: eip.id }),
    ...(fault?.kind === 'task-fail' && { output: fault.output }),
  };
  context.state.tasks.push(task);
  if (havip) havip.task = id;
  if (eip) eip.task = id;
}

/** Ends the task at its time. */
export function endTask(context: Context, task: Task): void {
  const havip = context.state.havips.find(({ id }) => id === task.havip);
  const eip = context.state.eips.find(({ id }) => id === task.eip);
  if (havip) delete havip.task;
  if (eip) delete eip.task;
  delete task.dueMs;
  task.status = task.output === undefined ? 'SUCCESS' : 'FAILED';
  const end = task.status === 'SUCCESS' ? SUCCEEDED : FAILED;
  end[task.kind](context, { ...(havip && { havip }), ...(eip && { eip }) });
}

type End = (context: Context, subjects: Subjects) => void;
type Ends = Readonly<Record<TaskKind, End>>;

const SUCCEEDED: Ends = {
  'delete-havip': ({ state }, { havip }) => {
    state.havips = state.havips.filter((one) => one !== havip);
    state.claims = state.claims.filter((one) => one.havip !== havip?.id);
  },
  bind: (context, { havip, eip }) => {
    if (!havip || !eip) return;
    havip.eip = eip.ip;
    eip.status = 'BIND';
    context.emit({ type: 'eip-bind', eip: eip.ip, vip: havip.vip });
  },
  unbind: (context, { havip, eip }) => {
    if (!havip || !eip) return;
    delete havip.eip;
    free(eip);
    context.emit({ type: 'eip-unbind', eip: eip.ip, vip: havip.vip });
  },
  allocate: (_, { eip }) => eip && free(eip),
  release: (context, { eip }) => eip && removeEip(context, eip),
};

/** Everything is as it was before the call. */
const FAILED: Ends = {
  'delete-havip': () => {},
  bind: (_, { eip }) => eip && free(eip),
  unbind: (_, { eip }) => {
    if (eip) eip.status = 'BIND';
  },
  allocate: (context, { eip }) => eip && removeEip(context, eip),
  release: (_, { eip }) => eip && free(eip),
};

function free(eip: Eip): void {
  eip.status = 'UNBIND';
  delete eip.havip;
}

function removeEip({ state }: Context, eip: Eip): void {
  state.eips = state.eips.filter((one) => one !== eip);
  state.bill.push({ id: eip.id, idleMs: eip.idleMs });
}

/** By the RequestId of the call that started it. */
export function describeVpcTask({ state }: Context, { body }: Call): Reply {
  const task = state.tasks.find(({ id }) => id === body.TaskId);
  if (!task) refuse('ResourceNotFound', `The task ${body.TaskId} is not found.`);
  const { status, output = '', havip = '' } = task;
  return {
    Status: status,
    Output: status === 'FAILED' ? output : '',
    Result: [{ ResourceId: havip, Status: status }],
  };
}

/** The EIP's side has numbers. */
export function describeEipTask({ state }: Context, { body }: Call): Reply {
  const task = state.tasks.find(({ id }) => id === String(body.TaskId));
  if (!task) refuse('InvalidParameterValue', `The task ${body.TaskId} does not exist.`);
  return { TaskId: Number(task.id), Result: task.status };
}
