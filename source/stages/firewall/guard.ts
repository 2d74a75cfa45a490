import {
  type Cluster,
  type ClusterNode,
  frontendPeersOf,
  peersOf,
  ports,
} from '../../cluster/index.ts';
import type { NodeFacts, Resource } from '../../model/index.ts';
import {
  type Admission,
  type FirewallManager,
  firewalld,
  ufw,
} from '../../resources/firewall-managers.ts';
import { firewallRules } from '../../resources/firewall-rules.ts';
import { selinuxBoolean } from '../../resources/selinux-boolean.ts';
import type { StageInput } from '../stage-input.ts';
import { type GuardedStage, guardedPorts } from './ports.ts';
import { hasOwnTable, ownTable } from './table.ts';

interface Place {
  readonly node: ClusterNode;
  readonly facts: NodeFacts;
}

/** Without these an enforcing SELinux keeps nginx from its backends, and keepalived's check from nginx. */
const BOOLEANS: Readonly<Partial<Record<GuardedStage, string>>> = {
  'reverse-proxy': 'httpd_can_network_connect',
  keepalived: 'keepalived_connect_any',
};

/**
 * What a stage needs to be reachable by those it is for, and by nobody else.
 *
 * Where a firewall manager is active, each stage adds its own rules to it: they are its own things,
 * one by one, and what is not let in stays out by the manager's own policy. Where there is none, one
 * table of ours guards all ports, and it belongs to `database`, the first stage that changes
 * anything: it is in force before any of our daemons listens.
 */
export function guardResources(
  input: StageInput,
  place: Place,
  stage: GuardedStage,
): readonly Resource[] {
  const { cluster } = input;
  // SELinux is no firewall: without its booleans nginx and keepalived do not work at all.
  if (cluster.firewall === 'none') return booleans(place, stage);
  const own = stage === 'database' && hasOwnTable(cluster, place.facts);
  return [
    ...(own ? ownTable(input, place.node) : []),
    ...managerRules(cluster, place, stage),
    ...booleans(place, stage),
  ];
}

function managerRules(
  cluster: Cluster,
  { node, facts }: Place,
  stage: GuardedStage,
): readonly Resource[] {
  const manager = managerOf(facts);
  const admissions = admissionsOf(cluster, node, stage);
  if (!manager || admissions.length === 0) return [];
  return [firewallRules({ node: node.name, stage, manager, admissions })];
}

function booleans({ node, facts }: Place, stage: GuardedStage): readonly Resource[] {
  const name = facts.selinux === 'enforcing' ? BOOLEANS[stage] : undefined;
  return name ? [selinuxBoolean({ node: node.name, name })] : [];
}

/** Both can be installed; only one of them should be on, and firewalld has the last word. */
function managerOf(facts: NodeFacts): FirewallManager | undefined {
  if (facts.firewall.firewalld) return facts.nic ? firewalld(facts.nic.name) : undefined;
  return facts.firewall.ufw ? ufw : undefined;
}

function admissionsOf(
  cluster: Cluster,
  node: ClusterNode,
  stage: GuardedStage,
): readonly Admission[] {
  if (stage === 'reverse-proxy') {
    return [{ from: null, what: [ports.http, ...(cluster.tls ? [ports.https] : [])] }];
  }
  if (stage === 'keepalived') {
    return frontendPeersOf(cluster, node).map(({ address }) => ({ from: address, what: 'vrrp' }));
  }
  const guarded = guardedPorts(cluster, node, stage);
  if (guarded.length === 0) return [];
  return peersOf(cluster, node).map(({ address }) => ({ from: address, what: guarded }));
}
