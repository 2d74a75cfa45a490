import type { Closed } from '../../checks/cloud-admits.ts';
import type { CloudFacts, SecurityGroupSeen, SecurityRule } from '../../model/index.ts';
import { allows, type Traffic } from '../../resources/security-allows.ts';
import type { Flow } from './flows.ts';
import { instanceOf } from './place.ts';

/** A flow that a node's groups do not let through, with the group in which a rule would be made. */
export interface ClosedFlow extends Closed {
  readonly flow: Flow;
}

/**
 * Those of `flows` that the nodes' security groups do not let through. A node whose groups' rules
 * were not seen is left out: nothing is known of it.
 *
 * @param groups as they are now
 */
export function closedFlows(
  facts: CloudFacts,
  groups: readonly SecurityGroupSeen[],
  flows: readonly Flow[],
): readonly ClosedFlow[] {
  return flows.flatMap((flow) => {
    const instance = instanceOf(facts, { name: flow.node });
    const own = (instance?.securityGroups ?? []).map((id) => groups.find((one) => one.id === id));
    const [first] = own;
    if (!first || own.includes(undefined)) return [];
    const rules = own.flatMap((group) => group?.rules ?? []);
    return isLetThrough(facts, rules, flow) ? [] : [closedFlow(flow, first.id)];
  });
}

function isLetThrough(facts: CloudFacts, rules: readonly SecurityRule[], flow: Flow): boolean {
  const peerGroups = flow.peer && instanceOf(facts, flow.peer)?.securityGroups;
  return allows(rules, { ...trafficOf(flow), ...(peerGroups && { peerGroups }) });
}

/** A flow in a security group's words. */
export function trafficOf({ direction, protocol, port, peer }: Flow): Traffic {
  return {
    direction,
    protocol,
    ports: port === null ? 'all' : String(port),
    peer: peer ? `${peer.address}/32` : '0.0.0.0/0',
    peerGroup: null,
  };
}

function closedFlow(flow: Flow, group: string): ClosedFlow {
  const { node, direction, protocol, port, peer } = flow;
  const what = protocol === 'all' ? 'ALL' : `TCP ${port}`;
  return { flow, node, group, direction, what, peer: peer?.address ?? null };
}

/** The groups of the nodes' machines, each once. */
export function groupsOf({ instances }: CloudFacts): readonly string[] {
  return [...new Set(instances.flatMap(({ securityGroups }) => securityGroups))];
}
