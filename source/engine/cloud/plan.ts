import type {
  CloudPlanned,
  CloudResource,
  CloudSeen,
  Outputs,
  Ports,
  StagePlan,
} from '../../model/index.ts';
import { lookAtCloud, seenBy } from './looks.ts';
import { outputsOf } from './records.ts';

/** A thing in the cloud with what is due of it. */
export interface PlannedCloud {
  readonly stage: string;
  readonly cloud: CloudResource;
  readonly planned: CloudPlanned;
}

/**
 * Looks at the cloud once for all stages, and plans what they have there. Nothing is asked where they
 * have nothing.
 *
 * @returns the plan in the stages' order
 * @throws OperatorError when the cloud does not say
 */
export async function planCloud(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly PlannedCloud[]> {
  const looks = stages.flatMap(({ cloud = [] }) => cloud.flatMap((one) => one.looks));
  if (stages.every(({ cloud = [] }) => cloud.length === 0)) return [];
  const seen = await lookAtCloud(looks, ports);
  return planSeen(stages, seen, outputsOf(ports.journal.records()));
}

/** @param known outputs of what these stages do not have, or have from earlier runs */
export function planSeen(
  stages: readonly StagePlan[],
  seen: CloudSeen,
  known: Outputs,
): readonly PlannedCloud[] {
  let outputs = known;
  return stages.flatMap(({ id, cloud = [] }) =>
    cloud.map((resource): PlannedCloud => {
      const planned = resource.plan(seenBy(resource.looks, seen), outputs);
      outputs = outputsAfter(resource, planned, outputs);
      return { stage: id, cloud: resource, planned };
    }),
  );
}

/** What is still to be made has no output: that of one before it would be taken for its. */
export function outputsAfter(
  { id }: CloudResource,
  planned: CloudPlanned,
  outputs: Outputs,
): Outputs {
  if (planned.kind === 'settled') return { ...outputs, [id]: planned.outputs };
  const isThere =
    planned.kind === 'change' && !planned.actions.some(({ kind }) => kind.startsWith('make-'));
  if (isThere) return outputs;
  const { [id]: _, ...others } = outputs;
  return others;
}

/** What is known when the last of these stages begins: of all before it, and of earlier runs. */
export function outputsBefore(plan: readonly PlannedCloud[], stage: string, ports: Ports): Outputs {
  return plan
    .filter((one) => one.stage !== stage)
    .reduce(
      (outputs, { cloud, planned }) => outputsAfter(cloud, planned, outputs),
      outputsOf(ports.journal.records()),
    );
}
