import {
  type CloudPlanned,
  type CloudResource,
  InterruptedError,
  OperatorError,
  type Outputs,
  type Ports,
  problem,
  type StagePlan,
} from '../../model/index.ts';
import { makeCloudChange } from './change.ts';
import { LAG_MS, lookAtCloud, PAUSE_MS, seenBy } from './looks.ts';
import { noteFound } from './note-found.ts';

/** How long what a resource needs is waited for. */
const LATER_MS = 60_000;

/**
 * Makes what a stage has in the cloud, in order; each is looked at before, and after until it is seen
 * as it should be. At the end all of them are looked at once more: nothing may be left to change.
 *
 * @param known outputs of what comes before the stage
 * @returns how many changes were made
 * @throws OperatorError; InterruptedError when it was asked to stop
 */
export async function carryOutCloud(
  stage: StagePlan,
  known: Outputs,
  ports: Ports,
): Promise<number> {
  const made = await settleAll(stage, known, ports, settle);
  if (made > 0) await settleAll(stage, known, ports, verify);
  return made;
}

/** One resource of a stage, at work. */
interface Place {
  readonly stage: string;
  readonly resource: CloudResource;
  readonly outputs: Outputs;
  readonly ports: Ports;
}

interface Settled {
  readonly made: number;
  readonly planned: Extract<CloudPlanned, { kind: 'settled' }>;
}

async function settleAll(
  stage: StagePlan,
  known: Outputs,
  ports: Ports,
  settleOne: (place: Place) => Promise<Settled>,
): Promise<number> {
  let outputs = known;
  let count = 0;
  for (const resource of stage.cloud ?? []) {
    const { made, planned } = await settleOne({ stage: stage.id, resource, outputs, ports });
    await noteFound([{ stage: stage.id, cloud: resource, planned }], ports);
    outputs = { ...outputs, [resource.id]: planned.outputs };
    count += made;
  }
  return count;
}

/** Waits for what it needs, makes it, and sees it. */
async function settle(place: Place): Promise<Settled> {
  const planned = await planUntil(place, LATER_MS, ({ kind }) => kind !== 'later');
  if (planned.kind === 'settled') return { made: 0, planned };
  if (planned.kind !== 'change') return notThere(place, planned);
  await makeCloudChange(place.stage, place.resource, planned, place.ports);
  return { ...(await verify(place)), made: 1 };
}

async function verify(place: Place): Promise<Settled> {
  const planned = await planUntil(place, LAG_MS, ({ kind }) => kind === 'settled');
  if (planned.kind === 'settled') return { made: 0, planned };
  return notThere(place, planned);
}

function notThere({ resource }: Place, planned: CloudPlanned): never {
  throw new OperatorError(
    'problem' in planned
      ? planned.problem
      : problem('cloud-not-settled', { resource: resource.id }),
  );
}

/** Looks and plans until `holds`, or until the time is up; a refusal is one at once. */
async function planUntil(
  { stage, resource, outputs, ports }: Place,
  limitMs: number,
  holds: (planned: CloudPlanned) => boolean,
): Promise<CloudPlanned> {
  const endMs = ports.clock.now() + limitMs;
  let isSaid = false;
  for (;;) {
    if (ports.stop.requested) throw new InterruptedError();
    const seen = await lookAtCloud(resource.looks, ports);
    const planned = resource.plan(seenBy(resource.looks, seen), outputs);
    const isOver = planned.kind === 'refused' || ports.clock.now() >= endMs;
    if (holds(planned) || isOver) return planned;
    if (planned.kind === 'later' && !isSaid) {
      ports.emit({ type: 'progress', stage, node: null, text: planned.reason });
      isSaid = true;
    }
    await ports.clock.sleep(PAUSE_MS, ports.stop.signal);
  }
}
