import { daemons } from '../checks/service-daemons.ts';
import { serviceHealthCheck } from '../checks/service-health.ts';
import { tokenAcceptedCheck } from '../checks/token-accepted.ts';
import { tokenKeyCheck } from '../checks/token-key.ts';
import { peersOf } from '../cluster/index.ts';
import type { Check, Resource, StagePlan } from '../model/index.ts';
import { selinuxTypes } from '../resources/selinux-types.ts';
import { type KnownNode, knownNodes, wasActive } from './data-tier.ts';
import { type DatabasePlaces, databasePlaces } from './database-places.ts';
import { guardChecks } from './firewall/checks.ts';
import { guardResources } from './firewall/guard.ts';
import { administrator, administratorChecks } from './services/administrator.ts';
import { daemonResources } from './services/daemon.ts';
import { installedProblems } from './services/installed.ts';
import { placeResources } from './services/places.ts';
import { policies } from './services/policies.ts';
import { policyNotice } from './services/policy-notice.ts';
import { deeperChecks, withTokenCauses } from './services/service-checks.ts';
import type { StageInput } from './stage-input.ts';

/**
 * IAM's daemons on every node: the binaries, their configuration and certificates, units that start
 * at boot, and the rotation of their logs.
 */
export function services(input: StageInput): StagePlan {
  const data = databasePlaces(input);
  const all = data ? knownNodes(input).filter(({ node }) => node.roles.includes('backend')) : [];
  // One that joins comes first: should it fail, what clients use has not been touched.
  const nodes = [...all.filter((one) => !isInUse(one)), ...all.filter(isInUse)];
  return {
    id: 'services',
    resources: data
      ? nodes.flatMap((known) => [
          ...resources(input, known, data),
          ...(known === all[0] ? administrator(input, known, data) : []),
        ])
      : [],
    checks: data
      ? [
          ...checks(input, nodes, data),
          ...administratorChecks(input, all[0], data),
          ...guardChecks(input, nodes, 'services'),
        ]
      : [],
    drills: [],
    // What clients use is restarted on one node at a time; what nobody uses yet, everywhere at once.
    order: nodes.some(isInUse) ? 'one-by-one' : 'side-by-side',
    problems: installedProblems(input),
  };
}

/** A node that joins gets the daemons from one in use: that must let it in before its own turn comes. */
function early(resource: Resource): Resource {
  return { ...resource, disturbsNothing: true };
}

function isInUse({ facts }: KnownNode): boolean {
  return daemons.some((daemon) => wasActive(facts, daemon));
}

function resources(input: StageInput, known: KnownNode, data: DatabasePlaces): readonly Resource[] {
  return [
    ...guardResources(input, known, 'services').map(early),
    ...(known.facts.selinux === 'enforcing'
      ? [selinuxTypes({ node: known.node.name, path: '/opt/iam' })]
      : []),
    ...placeResources(input, known),
    policyNotice(input, known.node.name, data),
    ...daemons.flatMap((daemon) => daemonResources(input, known, data, daemon)),
    // The stand-in reads none.
    ...(input.iam.standIn ? [] : [policies(known.node.name)]),
  ];
}

function checks(
  input: StageInput,
  nodes: readonly KnownNode[],
  data: DatabasePlaces,
): readonly Check[] {
  const places = nodes.map(({ node }) => node);
  const others = (node: KnownNode['node']) =>
    peersOf(input.cluster, node).filter((peer) => places.includes(peer));
  return [
    ...places.flatMap((node) =>
      daemons.map((daemon) =>
        serviceHealthCheck(node, daemon, others(node), data.mariadb.via.node.name),
      ),
    ),
    ...places.map((node) => tokenKeyCheck(node.name)),
    ...places.map((node) =>
      withTokenCauses(
        tokenAcceptedCheck({
          node,
          others: others(node),
          dataNode: data.mariadb.via.node.name,
          secrets: input.secrets,
        }),
      ),
    ),
    ...deeperChecks(input, nodes, data),
  ];
}
