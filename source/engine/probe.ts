import {
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

/** A resource with what its probe makes due. */
export interface PlannedResource {
  readonly stage: string;
  readonly resource: Resource;
  readonly planned: Planned;
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

export function isChange(one: PlannedResource): boolean {
  return one.planned.kind === 'change';
}

/** Throws every refusal of the plan: with one of them nothing is touched. */
export function verifyAllowed(plan: readonly PlannedResource[]): void {
  throwIfAny(
    plan.flatMap(({ planned, resource }) =>
      planned.kind === 'refused'
        ? [{ ...planned.problem, node: planned.problem.node ?? resource.node }]
        : [],
    ),
  );
}

export function throwIfAny(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first) throw new OperatorError([first, ...others]);
}
