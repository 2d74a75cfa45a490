import {
  InterruptedError,
  type NodeName,
  OperatorError,
  type Ports,
  type StagePlan,
} from '../model/index.ts';
import { makeChange } from './change.ts';
import { nodesOf, type PlannedResource, probeStages, verifyAllowed } from './probe.ts';

/**
 * Makes a stage's changes: nodes side by side, or one after the other where the stage says so; but
 * what disturbs nothing (packages) is done on all of them at once even then.
 *
 * @returns how many parts were changed
 */
export async function carryOut(
  stage: StagePlan,
  plan: readonly PlannedResource[],
  ports: Ports,
): Promise<number> {
  if (stage.order === 'side-by-side') return sideBySide(stage, plan, ports);
  const early = plan.filter((one) => one.resource.disturbsNothing);
  const begun = await sideBySide(stage, early, ports);
  const rest = begun > 0 ? await probeStages([stage], ports) : plan;
  verifyAllowed(rest);
  return begun + (await oneByOne(stage, rest, ports));
}

/** Whether another node has failed: then what is not begun is left. */
interface Others {
  failed: boolean;
}

async function oneByOne(stage: StagePlan, plan: readonly PlannedResource[], ports: Ports) {
  let count = 0;
  for (const node of nodesOf(stage.resources)) {
    count += await changeNode(stage, node, plan, ports, { failed: false });
  }
  return count;
}

async function sideBySide(stage: StagePlan, plan: readonly PlannedResource[], ports: Ports) {
  const others: Others = { failed: false };
  const nodes = nodesOf(plan.map((one) => one.resource));
  const ends = await Promise.allSettled(
    nodes.map((node) => changeNode(stage, node, plan, ports, others)),
  );
  const bad = ends.find((end) => end.status === 'rejected');
  if (bad) throw bad.reason;
  return ends.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0);
}

/**
 * A node's changes in order. When another node has failed, what is not begun is left. After a long
 * step (packages) the rest is planned anew: what a package brings was not there when we looked, and
 * must neither be made again nor be taken for ours at an undo.
 */
async function changeNode(
  stage: StagePlan,
  node: NodeName,
  plan: readonly PlannedResource[],
  ports: Ports,
  others: Others,
): Promise<number> {
  let count = 0;
  let rest = plan.filter(({ resource }) => resource.node === node);
  for (let next = rest[0]; next; next = rest[0]) {
    rest = rest.slice(1);
    if (next.planned.kind !== 'change') continue;
    if (ports.stop.requested) throw new InterruptedError();
    if (others.failed) return count;
    const { change } = next.planned;
    const bad = await makeChange(stage.id, next.resource, change, ports);
    if (bad) {
      others.failed = true;
      throw new OperatorError(bad);
    }
    count += change.parts.length;
    if (change.actions.some((action) => action.kind === 'long')) {
      rest = await probeAgain(stage, rest, ports);
    }
  }
  return count;
}

async function probeAgain(
  stage: StagePlan,
  rest: readonly PlannedResource[],
  ports: Ports,
): Promise<PlannedResource[]> {
  const resources = rest.map((one) => one.resource);
  const fresh = await probeStages([{ ...stage, resources }], ports);
  verifyAllowed(fresh);
  return [...fresh];
}
