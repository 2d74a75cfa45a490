import { nodesOnlyChecks } from '../../checks/nodes-only.ts';
import type { ClusterNode } from '../../cluster/index.ts';
import type { Check } from '../../model/index.ts';
import type { StageInput } from '../stage-input.ts';
import { type GuardedStage, guardedPorts } from './ports.ts';

/** What a stage claims about the ports that are for the nodes only. */
export function guardChecks(
  { cluster }: Pick<StageInput, 'cluster'>,
  nodes: readonly { readonly node: ClusterNode }[],
  stage: GuardedStage,
): readonly Check[] {
  if (cluster.firewall === 'none') return [];
  return nodes.flatMap(({ node }) =>
    nodesOnlyChecks({ cluster, node, stage, ports: guardedPorts(cluster, node, stage) }),
  );
}
