import {
  type Effect,
  type NodeName,
  OperatorError,
  type Planned,
  type Ports,
  type Problem,
  problem,
  type Resource,
  type RunResult,
  type StagePlan,
} from '../model/index.ts';
import { batchScript, readBatch } from './batch.ts';
import type { PlannedCloud } from './cloud/plan.ts';

/** A resource with what its probe makes due. */
export interface PlannedResource {
  readonly stage: string;
  readonly resource: Resource;
  readonly planned: Planned;
}

/** What a plan is made of: things on nodes, and things in a cloud. */
export type PlanEntry = PlannedResource | PlannedCloud;

export function isOfCloud(one: PlanEntry): one is PlannedCloud {
  return 'cloud' in one;
}

/** A change of the plan, as far as it is counted. */
export interface PlanPart {
  readonly stage: string;
  /** Null: in the cloud. */
  readonly node: NodeName | null;
  readonly resource: string;
  readonly effect: Effect;
}

const PROBE_TIMEOUT_MS = 60_000;

/** The nodes of `resources`, in the order in which they are first named. */
export function nodesOf(resources: readonly Resource[]): readonly NodeName[] {
  return [...new Set(resources.map((resource) => resource.node))];
}

/**
 * Probes every resource of the stages: one round trip a node, nodes side by side.
 *
 * @returns the plan in the stages' order
 * @throws OperatorError when a node does not answer, or a probe cannot be read
 */
export async function probeStages(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly PlannedResource[]> {
  const all = stages.flatMap((stage) =>
    stage.resources.map((resource) => ({ stage: stage.id, resource })),
  );
  const results = new Map<Resource, RunResult>();
  await Promise.all(
    nodesOf(all.map((one) => one.resource)).map(async (node) => {
      const mine = all.filter((one) => one.resource.node === node).map((one) => one.resource);
      const script = batchScript(mine.map((resource) => resource.probe));
      const result = await ports.nodes.run(node, script, {
        timeoutMs: PROBE_TIMEOUT_MS,
        signal: ports.stop.signal,
      });
      readBatch(result, mine.length).forEach((one, index) => {
        results.set(mine[index]!, one);
      });
    }),
  );
  return all.map(({ stage, resource }) => ({
    stage,
    resource,
    planned: planOne(resource, results.get(resource)!),
  }));
}

function planOne(resource: Resource, result: RunResult): Planned {
  if (result.kind === 'exited') return resource.plan(result);
  if (result.kind === 'disconnected') throw new OperatorError(result.problem);
  throw new OperatorError(
    problem('probe-timed-out', { resource: resource.id }, { node: resource.node }),
  );
}

/** Whether something is due; perhaps not before what it needs is there. */
export function isChange({ planned }: PlanEntry): boolean {
  return planned.kind === 'change' || planned.kind === 'later';
}

/** Everything that is due, counted as the operator sees it. */
export function partsOf(plan: readonly PlanEntry[]): readonly PlanPart[] {
  return plan.flatMap((one): readonly PlanPart[] => {
    const { stage } = one;
    if (isOfCloud(one)) {
      return isChange(one) ? [{ stage, node: null, resource: one.cloud.id, effect: 'none' }] : [];
    }
    if (one.planned.kind !== 'change') return [];
    const { node } = one.resource;
    const { parts } = one.planned.change;
    return parts.map(({ resource, effect }) => ({ stage, node, resource, effect }));
  });
}

/** How many things are as they should be. */
export function settledCount(plan: readonly PlanEntry[]): number {
  return plan.filter(({ planned }) => planned.kind === 'settled').length;
}

/** Throws every refusal of the plan: with one of them nothing is touched. */
export function verifyAllowed(plan: readonly PlanEntry[]): void {
  throwIfAny(
    plan.flatMap((one) => {
      if (one.planned.kind !== 'refused') return [];
      const { problem: found } = one.planned;
      return isOfCloud(one) ? [found] : [{ ...found, node: found.node ?? one.resource.node }];
    }),
  );
}

export function throwIfAny(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first) throw new OperatorError([first, ...others]);
}
