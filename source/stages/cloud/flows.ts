import { type Cluster, type ClusterNode, frontends, peersOf, ports } from '../../cluster/index.ts';
import type { NodeName } from '../../model/index.ts';

/** What a security group must let through for one of the nodes, as that node's group is asked. */
export interface Flow {
  readonly node: NodeName;
  readonly direction: 'in' | 'out';
  /** VRRP has no name in a security group: only a rule for everything lets it through. */
  readonly protocol: 'tcp' | 'all';
  readonly port: number | null;
  /** Null: everybody, from everywhere. */
  readonly peer: ClusterNode | null;
}

/** VRRP between front ends, and services and databases among the nodes, both ways. */
export function peerFlows(cluster: Cluster): readonly Flow[] {
  return cluster.nodes.flatMap((node) =>
    peersOf(cluster, node).flatMap((peer) => pairFlows(cluster, node, peer)),
  );
}

function pairFlows(cluster: Cluster, from: ClusterNode, to: ClusterNode): readonly Flow[] {
  if ([from, to].every(isFrontend)) return both(from, to, 'all', null);
  return portsOf(cluster, from, to).flatMap((port) => both(from, to, 'tcp', port));
}

function both(
  from: ClusterNode,
  to: ClusterNode,
  protocol: Flow['protocol'],
  port: number | null,
): readonly Flow[] {
  const common = { protocol, port };
  return [
    { ...common, node: from.name, direction: 'out', peer: to },
    { ...common, node: to.name, direction: 'in', peer: from },
  ];
}

const isFrontend = ({ roles }: ClusterNode) => roles.includes('frontend');

/** At `to`, for `from`: what its nginx passes requests to, and the databases of the data node. */
function portsOf({ databases }: Cluster, from: ClusterNode, to: ClusterNode): readonly number[] {
  const { mariadb, redis, mongodb } = databases;
  return [
    ...(isFrontend(from) ? [ports.apiserver, ports.authzServer] : []),
    ...(to.data && mariadb.kind === 'install' ? [ports.mariadb] : []),
    ...(to.data && redis.kind === 'install' ? [ports.redis] : []),
    ...(to.data && mongodb.kind === 'install' ? [ports.mongodb] : []),
  ];
}

/** What clients outside ask for, at every node that may hold the VIP. */
export function clientFlows(cluster: Cluster): readonly Flow[] {
  const wanted = [ports.http, ...(cluster.tls ? [ports.https] : [])];
  return frontends(cluster).flatMap(({ name }) =>
    wanted.map(
      (port): Flow => ({ node: name, direction: 'in', protocol: 'tcp', port, peer: null }),
    ),
  );
}
