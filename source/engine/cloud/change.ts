import {
  type CloudAction,
  type CloudEnd,
  type CloudPlanned,
  type CloudResource,
  InterruptedError,
  type JournalBody,
  type Message,
  OperatorError,
  type Ports,
  type Problem,
  problem,
  unsaid,
} from '../../model/index.ts';
import { cloudOf } from './looks.ts';

export type CloudDue = Extract<CloudPlanned, { kind: 'change' }>;

/** Says where a change of the cloud stands: a change like others, of no node. */
export function emitCloud(
  ports: Ports,
  stage: string,
  { id }: CloudResource,
  summary: Message,
  state: 'planned' | 'started' | 'done' | 'failed',
): void {
  const { code } = summary;
  const about = { stage, node: null, resource: id, code, summary } as const;
  ports.emit({ type: 'change', ...about, effect: 'none', state });
}

/**
 * Makes one change: what taking it back needs is on the disk before anything is asked of the cloud, and
 * how it ended after. A call is never broken off: whoever wants to stop waits for its end, and nothing
 * more is begun.
 *
 * @throws OperatorError when it failed, or may have been done; InterruptedError between two actions
 */
export async function makeCloudChange(
  stage: string,
  resource: CloudResource,
  due: CloudDue,
  ports: Ports,
): Promise<void> {
  const { summary, owned, actions, undo } = due;
  const change = `${stage}/cloud/${resource.id}#${ports.nonce()}`;
  const about = { change, stage, resource: resource.id, summary, owned, actions, undo };
  await ports.journal.append([{ type: 'cloud-intent', ...about }]);
  emitCloud(ports, stage, resource, summary, 'started');
  const course = await performAll(resource, actions, ports);
  await ports.journal.append([outcomeOf(change, course)]);
  emitCloud(ports, stage, resource, summary, course.state === 'done' ? 'done' : 'failed');
  if (course.state === 'done') return;
  if (course.state === 'unknown' && ports.stop.requested) throw new InterruptedError();
  throw new OperatorError(course.problem);
}

/** How far a change has come. */
type Course = {
  readonly outputs: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly traceId: string;
} & (
  | { readonly state: 'done' }
  | { readonly state: 'failed' | 'unknown'; readonly problem: Problem }
);

async function performAll(
  resource: CloudResource,
  actions: readonly CloudAction[],
  ports: Ports,
): Promise<Course> {
  let course: Course = { state: 'done', outputs: {}, requestId: '', traceId: '' };
  for (const [index, action] of actions.entries()) {
    if (index > 0 && ports.stop.requested) {
      const halfway = problem('cloud-stopped-halfway', { resource: resource.id });
      return { ...course, state: 'unknown', problem: halfway };
    }
    course = after(course, await cloudOf(ports).perform(action));
    if (course.state !== 'done') return course;
  }
  return course;
}

function after({ outputs }: Course, end: CloudEnd): Course {
  const { requestId, traceId } = end;
  const ids = { requestId, traceId };
  if (end.kind === 'done')
    return { state: 'done', outputs: { ...outputs, ...end.outputs }, ...ids };
  return { state: end.kind, outputs, problem: end.problem, ...ids };
}

function outcomeOf(change: string, course: Course): JournalBody {
  if (course.state === 'done') return { type: 'cloud-outcome', change, ...course };
  return { type: 'cloud-outcome', change, ...course, problem: unsaid(course.problem) };
}
