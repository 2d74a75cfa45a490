import { type Cluster, type ClusterNode, frontends } from '../cluster/index.ts';
import type { InterfaceName, NodeFacts } from '../model/index.ts';
import { type Platform, platformOf } from '../platforms/index.ts';
import type { StageInput } from './stage-input.ts';

/** A front end with what its facts say: enough to write its nginx and keepalived. */
export interface Frontend {
  readonly node: ClusterNode;
  readonly facts: NodeFacts;
  readonly platform: Platform;
  /** The interface that has the node's address: never assumed. */
  readonly nic: InterfaceName;
}

/**
 * The front ends, in the given order, that a stage can plan for. One without facts, of an unknown
 * distribution or without its address on any interface is left out: preflight has a problem for it,
 * and then nothing of the run is changed.
 */
export function plannable(
  input: Pick<StageInput, 'cluster' | 'facts'>,
  order: readonly ClusterNode[] = frontends(input.cluster),
): readonly Frontend[] {
  return order.flatMap((node) => {
    const facts = input.facts.get(node.name);
    const platform = facts && platformOf(facts);
    return platform && facts.nic ? [{ node, facts, platform, nic: facts.nic.name }] : [];
  });
}

/** The hardware addresses of all nodes' interfaces in the subnet; also of a node that is leaving. */
export function knownMacs(input: Pick<StageInput, 'facts'>) {
  return [...input.facts].flatMap(([node, { nic }]) =>
    nic ? [{ node, mac: nic.mac.toLowerCase() }] : [],
  );
}

/** Whether `cluster` names both domains of IAM by one name: then there is one virtual host. */
export function domainsOf(cluster: Cluster): readonly string[] {
  return [...new Set([cluster.domains.api, cluster.domains.authz])];
}
