import {
  InterruptedError,
  type NodeName,
  OperatorError,
  type Planned,
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

/**
 * Nodes one after the other, a turn at a time: what has a lower turn is done on all of them first.
 * Between two turns everything that was not changed yet is planned anew, since a turn is there to
 * change what the next one finds (a stopped daemon; who has the VIP).
 */
async function oneByOne(stage: StagePlan, plan: readonly PlannedResource[], ports: Ports) {
  let count = 0;
  let rest = plan;
  for (;;) {
    const turns = rest.flatMap(({ planned }) =>
      planned.kind === 'change' ? [turnOf(planned)] : [],
    );
    if (turns.length === 0) return count;
    const turn = Math.min(...turns);
    const now = rest.filter(({ planned }) => planned.kind === 'change' && turnOf(planned) === turn);
    for (const node of nodesOf(stage.resources)) {
      count += await changeNode(stage, node, now, ports, { failed: false });
    }
    if (Math.max(...turns) === 0) return count;
    rest = await probeAgain(stage, without(rest, now), ports);
  }
}

function turnOf({ change }: Extract<Planned, { kind: 'change' }>): number {
  return change.turn ?? 0;
}

/** Those of `plan` that are none of `done`: one that does not settle is not made for ever. */
function without(plan: readonly PlannedResource[], done: readonly PlannedResource[]) {
  const made = new Set(done.map(({ resource }) => resource));
  return plan.filter(({ resource }) => !made.has(resource));
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
