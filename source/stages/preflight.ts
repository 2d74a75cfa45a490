import { clockCheck, cloudCheck, diskCheck, guardCheck } from '../checks/preflight-host.ts';
import { packagesCheck } from '../checks/preflight-packages.ts';
import { peersCheck } from '../checks/preflight-peers.ts';
import { vrrpCheck } from '../checks/preflight-vrrp.ts';
import { vipArpCheck } from '../checks/vip-arp.ts';
import { type ClusterNode, frontends } from '../cluster/index.ts';
import {
  type Check,
  type NodeFacts,
  type NodeName,
  type Problem,
  type StagePlan,
  unitFacts,
} from '../model/index.ts';
import { type Platform, platformOf } from '../platforms/index.ts';
import { cloudChecks, openedLater } from './cloud/preflight-checks.ts';
import { cloudProblems } from './cloud/preflight-problems.ts';
import { wasActive } from './data-tier.ts';
import { FIREWALL_UNIT, firewallPackages } from './firewall/table.ts';
import { knownMacs, plannable } from './frontend.ts';
import { preflightProblems } from './preflight-problems.ts';
import type { StageInput } from './stage-input.ts';
import { tlsPreflight } from './tls-checks.ts';

/**
 * Changes nothing. What the facts forbid is a problem; what must be asked is a check, and its
 * checks are made before anything of the run is changed.
 */
export function preflight(input: StageInput): StagePlan {
  const { cluster } = input;
  const facts = cluster.nodes.flatMap(({ name }) => input.facts.get(name) ?? []);
  const known = knownMacs(input);
  const opened = openedLater(input);
  const inCloud = cluster.cloud.provider !== 'none';
  return {
    id: 'preflight',
    resources: [],
    checks: [
      // First: the nodes must listen at the same time.
      ...(frontends(cluster).length > 1
        ? [vrrpCheck(cluster, { admittedLater: admittedLater(input), joining: startsAnew(input) })]
        : []),
      ...cluster.nodes.map((node) => peersCheck(cluster, node, opened)),
      ...plannable(input).map(({ node, nic }) =>
        vipArpCheck(cluster, { claim: 'vip-unused', node: node.name, nic, known, inCloud }),
      ),
      ...cluster.nodes.flatMap((node) => sources(input, node)),
      ...facts.map(diskCheck),
      clockCheck(facts),
      ...facts.map((one) => guardCheck(one, cluster.firewall)),
      ...(cluster.cloud.provider === 'none' ? [cloudCheck(facts)] : []),
      ...tlsPreflight(input),
      ...cloudChecks(input),
    ],
    drills: [],
    order: 'side-by-side',
    problems: withCloud(preflightProblems(input), cloudProblems(input)),
  };
}

/** That the VIP is outside of its subnet is told once: by the nodes, if they see it. */
function withCloud(nodes: readonly Problem[], cloud: readonly Problem[]): readonly Problem[] {
  const isTold = nodes.some(({ code }) => code === 'vip-outside-subnet');
  return [
    ...nodes,
    ...cloud.filter(({ code }) => !(isTold && code === 'cloud-vip-outside-subnet')),
  ];
}

/**
 * Nodes whose firewall a later stage will tell to let VRRP in: a manager's, and our own table where
 * one joins that it does not know yet.
 */
function admittedLater(input: StageInput): readonly NodeName[] {
  const { cluster, facts } = input;
  const opened = openedLater(input);
  if (cluster.firewall === 'none') return opened;
  const anew = startsAnew(input).length;
  const joins = anew > 0 && anew < frontends(cluster).length;
  const hasTable = (one: NodeFacts) => unitFacts(one, FIREWALL_UNIT).load === 'loaded';
  const told = [...facts.values()]
    .filter((one) => one.firewall.firewalld || one.firewall.ufw || (joins && hasTable(one)))
    .map(({ node }) => node);
  return [...told, ...opened];
}

/** The front ends whose keepalived does not run: those that join a running pair, or all. */
function startsAnew({ cluster, facts }: StageInput): readonly NodeName[] {
  return frontends(cluster)
    .map(({ name }) => name)
    .filter((name) => {
      const found = facts.get(name);
      return found && !wasActive(found, 'keepalived');
    });
}

function sources(input: StageInput, node: ClusterNode): readonly Check[] {
  const facts = input.facts.get(node.name);
  const platform = facts && platformOf(facts);
  return platform
    ? [
        packagesCheck(facts, platform, [
          ...neededPackages(input, node, platform),
          ...firewallPackages(input.cluster, facts),
        ]),
      ]
    : [];
}

/** What the stages below will install on a node. */
function neededPackages(
  { cluster }: StageInput,
  node: ClusterNode,
  { packages, mongodb: packaged }: Platform,
): readonly string[] {
  const { mariadb, redis, mongodb } = cluster.databases;
  const frontend = node.roles.includes('frontend');
  return [
    ...new Set([
      ...(frontend ? [packages.nginx, packages.keepalived] : []),
      ...(node.data && mariadb.kind === 'install' ? [packages.mariadbServer] : []),
      ...(node.data && redis.kind === 'install' ? [packages.redisServer] : []),
      ...(node.data && mongodb.kind === 'install' ? (packaged?.packages ?? []) : []),
      packages.mariadbClient,
    ]),
  ];
}
