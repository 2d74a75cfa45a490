import { type Cluster, type ClusterNode, ports } from '../../cluster/index.ts';

/** The stages that make something reachable. */
export type GuardedStage = 'database' | 'services' | 'reverse-proxy' | 'keepalived';

const SERVICES = [
  ports.pumpHealth,
  ports.apiserver,
  ports.apiserverGrpc,
  ports.apiserverTls,
  ports.authzServer,
  ports.authzServerTls,
];

/** The TCP ports of a node that a stage puts into use and that only the nodes may reach. */
export function guardedPorts(
  cluster: Cluster,
  node: ClusterNode,
  stage: GuardedStage,
): readonly number[] {
  if (stage === 'database' && node.data) return databasePorts(cluster, node);
  if (stage === 'services' && node.roles.includes('backend')) return SERVICES;
  return [];
}

/** An existing server on another machine is somebody else's to guard. */
function databasePorts({ databases }: Cluster, node: ClusterNode): readonly number[] {
  const { mariadb, redis, mongodb } = databases;
  const local: readonly string[] = [node.address, '127.0.0.1', 'localhost'];
  const all = [
    { choice: mariadb, port: ports.mariadb },
    { choice: redis, port: ports.redis },
    { choice: mongodb, port: ports.mongodb },
  ];
  const found = all.flatMap(({ choice, port }) => {
    if (choice.kind === 'install') return [port];
    return choice.kind === 'existing' && local.includes(choice.host) ? [choice.port] : [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}
