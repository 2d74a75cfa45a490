import {
  EXIT,
  type Ipv4Address,
  type NodeName,
  OperatorError,
  problem,
  type Whereabouts,
} from '../model/index.ts';
import { type FieldLines, lineOf } from './positions.ts';
import type { Alert, Cluster, ClusterNode, SecretRef } from './types.ts';

/** Every TCP port that a stage opens or asks. */
export const ports = {
  http: 80,
  /** Where the cluster file has a certificate. */
  https: 443,
  apiserver: 8080,
  authzServer: 9090,
  apiserverTls: 8443,
  authzServerTls: 9443,
  /** gRPC: hands out every secret key, so only 127.0.0.1 may ask. */
  apiserverGrpc: 8081,
  pumpHealth: 7070,
  mariadb: 3306,
  redis: 6379,
  mongodb: 27_017,
} as const;

/** The two services behind nginx, named as the domains that lead to them. */
export type Service = 'api' | 'authz';

export const services: readonly Service[] = ['api', 'authz'];

/** One `server` line of an upstream. */
export interface UpstreamBackend {
  readonly node: NodeName;
  /** 127.0.0.1 for the node's own service, as in the lecture. */
  readonly address: Ipv4Address;
  readonly port: number;
}

/** Where `service` listens on every node. */
export function servicePort(service: Service): number {
  return service === 'api' ? ports.apiserver : ports.authzServer;
}

/** The node that has the databases, or undefined when they are elsewhere. */
export function dataNode(cluster: Cluster): ClusterNode | undefined {
  return cluster.nodes.find((node) => node.data);
}

/** The nodes that run nginx and keepalived, in the file's order. */
export function frontends(cluster: Cluster): readonly ClusterNode[] {
  return cluster.nodes.filter((node) => node.roles.includes('frontend'));
}

/** The front ends by falling priority: `vip.home` first, then the file's order. */
export function vrrpOrder(cluster: Cluster): readonly ClusterNode[] {
  const all = frontends(cluster);
  const home = all.filter((node) => node.name === cluster.vip.home);
  return [...home, ...all.filter((node) => node.name !== cluster.vip.home)];
}

/** Every other node. */
export function peersOf(cluster: Cluster, node: Pick<ClusterNode, 'name'>): readonly ClusterNode[] {
  return cluster.nodes.filter((other) => other.name !== node.name);
}

/** Every other front end: the unicast peers of a node's keepalived. */
export function frontendPeersOf(
  cluster: Cluster,
  node: Pick<ClusterNode, 'name'>,
): readonly ClusterNode[] {
  return frontends(cluster).filter((other) => other.name !== node.name);
}

/** The backends of `service` as nginx on `node` sees them: its own first, then the others in the file's order. */
export function upstreamBackends(
  cluster: Cluster,
  node: Pick<ClusterNode, 'name'>,
  service: Service,
): readonly UpstreamBackend[] {
  const port = servicePort(service);
  const own = { node: node.name, address: '127.0.0.1' as Ipv4Address, port };
  const others = peersOf(cluster, node).map(({ name, address }) => ({ node: name, address, port }));
  return [own, ...others];
}

/** The node called `name`. @throws OperatorError `no-such-node` if the cluster has none. */
export function nodeNamed(cluster: Cluster, name: string): ClusterNode {
  const found = cluster.nodes.find((node) => node.name === name);
  if (found) return found;
  const nodes = cluster.nodes.map((node) => node.name).join(', ');
  throw new OperatorError(problem('no-such-node', { found: name, nodes }), EXIT.usage);
}

/** The VIP. @throws Error when it is still `auto`: an address is found before any stage asks. */
export function vipAddress(cluster: Cluster): Ipv4Address {
  if (cluster.vip.address === 'auto') throw new Error('vip.address is auto: not resolved yet');
  return cluster.vip.address;
}

/**
 * File, line and field for a problem about a value of the cluster file. A field that is not in the
 * file gets the line of the nearest thing that holds it.
 */
export function whereabouts(
  cluster: { readonly file: string; readonly lines: FieldLines },
  field: string,
): Required<Pick<Whereabouts, 'file' | 'line' | 'field'>> {
  return { file: cluster.file, line: lineOf(cluster.lines, field), field };
}

/** What a robot wants its messages signed with, if it does. */
export function signingSecret(alert: Alert): SecretRef | undefined {
  return alert.kind === 'dingtalk' || alert.kind === 'feishu' ? alert.secret : undefined;
}
