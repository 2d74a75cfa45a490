import { type Cluster, dataNode, servicePort, vipAddress } from '../cluster/index.ts';
import type { ReportCluster } from '../report/index.ts';
import { originOf } from './prepare-iam.ts';

/** What of the cluster a report tells. */
export async function describeCluster(cluster: Cluster): Promise<ReportCluster> {
  const { standIn, from } = await originOf(cluster);
  const { kind } = cluster.iam.source;
  return {
    name: cluster.name,
    nodes: cluster.nodes.map(({ name, address, roles, data }) => ({ name, address, roles, data })),
    domains: cluster.domains,
    vip: { address: vipAddress(cluster), vrid: cluster.vip.vrid, profile: cluster.vip.profile },
    tls: cluster.tls !== undefined,
    ports: { api: servicePort('api'), authz: servicePort('authz') },
    databases: databasesOf(cluster),
    cloud: cluster.cloud.provider,
    iam: from,
    standIn,
    mended: kind === 'go' && cluster.iam.pumpMend,
  };
}

/** Where each database is: on the node that has the data, or at an address. */
function databasesOf(cluster: Cluster): ReportCluster['databases'] {
  const { mariadb, redis, mongodb } = cluster.databases;
  const own = dataNode(cluster)?.name ?? '';
  const at = (choice: { kind: 'install' } | { kind: 'existing'; host: string; port: number }) =>
    choice.kind === 'install' ? own : `${choice.host}:${choice.port}`;
  return [
    { name: 'MariaDB', where: at(mariadb) },
    { name: 'Redis', where: at(redis) },
    ...(mongodb.kind === 'none' ? [] : [{ name: 'MongoDB', where: at(mongodb) }]),
  ];
}
