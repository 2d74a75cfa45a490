import type { Cluster, ClusterNode } from '../cluster/index.ts';
import { cloudAnswers } from './cloud-part.ts';
import type { Answers } from './types.ts';
import { wayText } from './ways.ts';

function wayOfNode({ address, ssh: { host, port, user } }: ClusterNode, login?: string): string {
  return wayText({
    host: host || address,
    ...(port !== undefined && { port }),
    ...(user !== undefined && user !== login && { user }),
  });
}

function databasesOf({ databases: { mariadb, redis }, nodes }: Cluster): Answers {
  const data = nodes.find((node) => node.data)?.name;
  if (mariadb.kind === 'install' || redis.kind === 'install')
    return data === undefined ? {} : { data };
  return {
    data: 'elsewhere',
    mariadb: `${mariadb.host}:${mariadb.port}`,
    mariadbAdmin: mariadb.adminUser,
    redis: `${redis.host}:${redis.port}`,
  };
}

function sourceOf({ iam: { source } }: Cluster): Answers {
  switch (source.kind) {
    case 'go':
      return { source: 'go' };
    case 'directory':
      return { source: 'directory', sourcePath: source.path };
    case 'archive':
      return { source: 'archive', sourcePath: source.path, sha256: source.sha256 };
    case 'installed':
      return {};
  }
}

const PASSWORDS = { generate: 'generate', keep: 'keep', env: 'env' } as const;

/** What a cluster file that is there already answers: offered, never taken without asking. */
export function answersOf(cluster: Cluster): Answers {
  const { ssh, vip, domains, iam, alerts } = cluster;
  const [alert] = alerts;
  return {
    name: cluster.name,
    nodes: cluster.nodes.map((node) => wayOfNode(node, ssh.user)).join(' '),
    ...(ssh.user !== undefined && { login: ssh.user }),
    ...(ssh.identityFile !== undefined && { key: ssh.identityFile }),
    ...(vip.address !== 'auto' && { vip: vip.address }),
    ...cloudAnswers(cluster),
    ...databasesOf(cluster),
    ...domains,
    ...sourceOf(cluster),
    profile: vip.profile,
    firewall: cluster.firewall === 'none' ? 'leave' : 'nodes-only',
    ...(iam.adminPassword && { adminPassword: PASSWORDS[iam.adminPassword.kind] }),
    ...(alert && alert.kind !== 'email' && { alerts: alert.kind }),
  };
}
