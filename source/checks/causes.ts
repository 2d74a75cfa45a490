import { type Cluster, frontends, type Service } from '../cluster/index.ts';
import { appliedCheckId, type NodeName } from '../model/index.ts';

/** Ids of checks that explain other checks: what a fault breaks is not named a second time. */

/** nginx of a node does not run, or is not as we left it. */
export function nginxCauses(node: NodeName): readonly string[] {
  return [
    `applied/${node}/packages:reverse-proxy`,
    appliedCheckId(node, 'unit:nginx'),
    `applied/${node}/config:nginx/*`,
    `nginx-config/${node}`,
    `nginx-page/${node}`,
  ];
}

/** The daemon behind a domain. */
export function daemonOf(service: Service): string {
  return service === 'api' ? 'iam-apiserver' : 'iam-authz-server';
}

/** A backend of a domain does not run, or does not answer, on any of the nodes. */
export function backendCauses(cluster: Cluster, service: Service): readonly string[] {
  return cluster.nodes.flatMap(({ name }) => [
    appliedCheckId(name, `unit:${daemonOf(service)}`),
    `healthz/${name}/${daemonOf(service)}`,
  ]);
}

/** keepalived of a node does not run, or is not as we left it. */
export function keepalivedCauses(node: NodeName): readonly string[] {
  return [
    `applied/${node}/packages:keepalived`,
    appliedCheckId(node, 'unit:keepalived'),
    appliedCheckId(node, 'vrrp-settings:keepalived'),
    `applied/${node}/config:keepalived*`,
    `keepalived-config/${node}`,
  ];
}

/** Whatever makes a front end unfit to hold the VIP. */
export function frontendCauses(cluster: Cluster): readonly string[] {
  return frontends(cluster).flatMap(({ name }) => [
    ...nginxCauses(name),
    ...keepalivedCauses(name),
    appliedCheckId(name, 'unit:iam-ha-nginx-witness'),
  ]);
}
