import {
  type Cluster,
  type ClusterNode,
  dataNode,
  ports,
  vipAddress,
  whereabouts,
} from '../cluster/index.ts';
import {
  isHostInSubnet,
  type NodeFacts,
  numberToAddress,
  type Problem,
  problem,
  subnetRange,
  unitFacts,
} from '../model/index.ts';
import { knownDistributions, platformOf } from '../platforms/index.ts';
import type { StageInput } from './stage-input.ts';

type Input = Pick<StageInput, 'cluster' | 'facts' | 'consents' | 'session'>;

/** IAM is built for these. */
const ARCHITECTURES = ['x86_64', 'aarch64'];

/** What the facts alone forbid; nothing of the run is changed then. */
export function preflightProblems(input: Input): readonly Problem[] {
  return [...machineProblems(input), ...mongodbProblems(input), ...vipProblems(input)];
}

/** The same of the machines alone: no VIP need be known yet. */
export function machineProblems(input: Input): readonly Problem[] {
  return input.cluster.nodes.flatMap((node) => {
    const facts = input.facts.get(node.name);
    return facts ? nodeProblems(input, node, facts) : [];
  });
}

/** To be installed where the distribution has none that IAM's driver can speak to. */
function mongodbProblems({ cluster, facts }: Input): readonly Problem[] {
  const data = dataNode(cluster);
  const found = data && facts.get(data.name);
  const platform = found && platformOf(found);
  if (cluster.databases.mongodb.kind !== 'install' || !platform || platform.mongodb) return [];
  const where = { node: found.node, ...whereabouts(cluster, 'databases.mongodb') };
  return [problem('mongodb-not-packaged', { platform: platform.name }, where)];
}

function nodeProblems(input: Input, node: ClusterNode, facts: NodeFacts): readonly Problem[] {
  return [
    ...systemProblems(input.cluster, node, facts),
    ...addressProblems(input.cluster, node, facts),
    ...portProblems(input.cluster, node, facts),
    ...markerProblems(input, node, facts),
  ];
}

/** A machine that is not what it should be: the line of the file that names it. */
function nodeAt(cluster: Cluster, node: ClusterNode) {
  return { node: node.name, ...whereabouts(cluster, node.position.field) };
}

function systemProblems(
  cluster: Cluster,
  node: ClusterNode,
  { os, architecture }: NodeFacts,
): readonly Problem[] {
  const where = nodeAt(cluster, node);
  const found: Problem[] = [];
  if (!platformOf({ os })) {
    const known = knownDistributions().join(', ');
    const name = os.prettyName || `${os.id} ${os.versionId}`;
    found.push(problem('unknown-distribution', { found: name, known }, where));
  }
  if (!ARCHITECTURES.includes(architecture)) {
    const known = ARCHITECTURES.join(', ');
    found.push(problem('unknown-architecture', { found: architecture, known }, where));
  }
  return found;
}

function addressProblems(
  cluster: Cluster,
  node: ClusterNode,
  facts: NodeFacts,
): readonly Problem[] {
  if (facts.nic) return behindRouter(cluster, node, facts);
  const there = facts.interfaces
    .flatMap((one) => one.addresses.map(({ address }) => `${one.name} ${address}`))
    .filter((text) => !text.endsWith(' 127.0.0.1'));
  const params = { address: node.address, found: there.join(', ') || '-' };
  const field = `${node.position.field}.${node.interface ? 'interface' : 'address'}`;
  const code = node.interface ? 'interface-without-address' : 'address-not-on-node';
  const all = { ...params, interface: node.interface ?? '' };
  return [problem(code, all, { node: node.name, ...whereabouts(cluster, field) })];
}

/** VRRP and ARP do not cross a router. */
function behindRouter(cluster: Cluster, node: ClusterNode, facts: NodeFacts): readonly Problem[] {
  if (!node.roles.includes('frontend')) return [];
  return cluster.nodes
    .filter((peer) => peer.name !== node.name && peer.roles.includes('frontend'))
    .flatMap((peer) => {
      const route = facts.routes.find((one) => one.to === peer.address);
      if (!route?.via) return [];
      const params = { peer: peer.name, address: peer.address, via: route.via };
      const where = whereabouts(cluster, `${peer.position.field}.address`);
      return [problem('not-one-subnet', params, { node: node.name, ...where })];
    });
}

/** Ports with the program that may have them. */
const PORTS = [
  { port: ports.http, owner: 'nginx', role: 'frontend' },
  { port: ports.apiserver, owner: 'iam-apiserver', role: 'backend' },
  { port: ports.apiserverTls, owner: 'iam-apiserver', role: 'backend' },
  { port: ports.apiserverGrpc, owner: 'iam-apiserver', role: 'backend' },
  { port: ports.authzServer, owner: 'iam-authz-server', role: 'backend' },
  { port: ports.authzServerTls, owner: 'iam-authz-server', role: 'backend' },
  { port: ports.pumpHealth, owner: 'iam-pump', role: 'backend' },
] as const;

function portProblems(cluster: Cluster, node: ClusterNode, facts: NodeFacts): readonly Problem[] {
  const https = { port: ports.https, owner: 'nginx', role: 'frontend' } as const;
  const wanted = cluster.tls ? [...PORTS, https] : PORTS;
  return wanted
    .filter(({ role }) => node.roles.includes(role))
    .flatMap(({ port, owner }) => {
      const taken = facts.listeners.find(
        (one) =>
          one.protocol === 'tcp' &&
          one.port === port &&
          one.process !== null &&
          !isOwner(facts, owner, one.process),
      );
      if (!taken) return [];
      const params = { port, process: taken.process ?? '', wanted: owner };
      return [problem('port-taken', params, nodeAt(cluster, node))];
    });
}

/** The kernel cuts names to 15 characters; a daemon that is a script has its interpreter's name. */
function isOwner(facts: NodeFacts, owner: string, process: string): boolean {
  if (process === owner.slice(0, 15)) return true;
  return owner.startsWith('iam-') && unitFacts(facts, owner).active === 'active';
}

function markerProblems(
  { cluster, session, consents }: Input,
  node: ClusterNode,
  { marker }: NodeFacts,
): readonly Problem[] {
  if (!marker || marker.id === session.id || consents.adopt) return [];
  const params = { other: marker.session, session: session.name };
  return [problem('other-session', params, nodeAt(cluster, node))];
}

function vipProblems(input: Input): readonly Problem[] {
  const { cluster } = input;
  const vip = vipAddress(cluster);
  const where = whereabouts(cluster, 'vip.address');
  for (const { name, address, roles } of cluster.nodes) {
    const facts = input.facts.get(name);
    if (!facts?.nic || !roles.includes('frontend')) continue;
    const { prefixLength } = facts.nic;
    if (!isHostInSubnet(vip, address, prefixLength)) {
      const subnet = `${numberToAddress(subnetRange(address, prefixLength)[0])}/${prefixLength}`;
      return [problem('vip-outside-subnet', { vip, subnet }, { node: name, ...where })];
    }
    const holder = facts.interfaces.find((one) => one.addresses.some((a) => a.address === vip));
    if (holder && !facts.marker && !input.consents.adopt) {
      return [problem('vip-held-already', { vip, device: holder.name }, { node: name, ...where })];
    }
  }
  return [];
}
