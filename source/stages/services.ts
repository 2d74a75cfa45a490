import { daemons } from '../checks/service-daemons.ts';
import { serviceHealthCheck } from '../checks/service-health.ts';
import { tokenAcceptedCheck } from '../checks/token-accepted.ts';
import { tokenKeyCheck } from '../checks/token-key.ts';
import { peersOf } from '../cluster/index.ts';
import type { Check, Resource, StagePlan } from '../model/index.ts';
import { type KnownNode, knownDataNode, knownNodes, wasActive } from './data-tier.ts';
import { daemonResources } from './services/daemon.ts';
import { placeResources } from './services/places.ts';
import { deeperChecks, withTokenCauses } from './services/service-checks.ts';
import type { StageInput } from './stage-input.ts';

/**
 * IAM's daemons on every node: the binaries, their configuration and certificates, units that start
 * at boot, and the rotation of their logs.
 */
export function services(input: StageInput): StagePlan {
  const data = knownDataNode(input);
  const nodes = data ? knownNodes(input).filter(({ node }) => node.roles.includes('backend')) : [];
  return {
    id: 'services',
    resources: data ? nodes.flatMap((known) => resources(input, known, data)) : [],
    checks: data ? checks(input, nodes, data) : [],
    drills: [],
    // What clients use is restarted on one node at a time; what nobody uses yet, everywhere at once.
    order: nodes.some(isInUse) ? 'one-by-one' : 'side-by-side',
    problems: [],
  };
}

function isInUse({ facts }: KnownNode): boolean {
  return daemons.some((daemon) => wasActive(facts, daemon));
}

function resources(input: StageInput, known: KnownNode, data: KnownNode): readonly Resource[] {
  return [
    ...placeResources(input, known),
    ...daemons.flatMap((daemon) => daemonResources(input, known, data, daemon)),
  ];
}

function checks(input: StageInput, nodes: readonly KnownNode[], data: KnownNode): readonly Check[] {
  const places = nodes.map(({ node }) => node);
  const others = (node: KnownNode['node']) =>
    peersOf(input.cluster, node).filter((peer) => places.includes(peer));
  return [
    ...places.flatMap((node) =>
      daemons.map((daemon) => serviceHealthCheck(node, daemon, others(node), data.node.name)),
    ),
    ...places.map((node) => tokenKeyCheck(node.name)),
    ...places.map((node) =>
      withTokenCauses(tokenAcceptedCheck({ node, others: others(node), dataNode: data.node.name })),
    ),
    ...deeperChecks(input, nodes, data),
  ];
}
