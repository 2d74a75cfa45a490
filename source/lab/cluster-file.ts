import { stringify } from 'yaml';
import type { LabIam } from './iam.ts';
import { mongodbEntry } from './mongo-machine.ts';
import type { LabPlaces } from './places.ts';
import { type LabSpec, OUTSIDE } from './spec.ts';

/** The lab's cluster file: every path absolute, nothing left to ask. Pure. */
export function clusterFile(
  spec: LabSpec,
  places: Pick<LabPlaces, 'identity' | 'knownHosts'>,
  iam: LabIam,
): string {
  const server = spec.machines.find((machine) => machine.role === 'server');
  const nodes = spec.machines.filter((machine) => machine.role === 'node');
  const cluster = {
    version: 1,
    name: spec.name,
    ssh: {
      user: spec.user ?? 'root',
      identityFile: places.identity,
      knownHosts: places.knownHosts,
      ...(spec.sudoPassword ? { sudoPassword: `env:${spec.sudoPassword}` } : {}),
    },
    nodes: nodes.map(({ name, address }, index) => ({
      name,
      address,
      ...(index === 0 ? { data: true } : {}),
    })),
    domains: { api: spec.apiDomain, authz: spec.authzDomain },
    iam: { source: iam.kind === 'go' ? { go: iam.version } : { directory: iam.path } },
    databases: {
      mariadb: 'install',
      redis: 'install',
      mongodb: server ? mongodbEntry(server.address) : 'none',
    },
    vip: { address: spec.vip, vrid: 51, profile: 'balanced' },
    firewall: 'nodes-only',
    cloud: cloudEntry(spec),
    vantages: { inside: 'here', outside: `ssh:${OUTSIDE.client}` },
  };
  return stringify(cluster);
}

function cloudEntry({ cloud }: LabSpec) {
  return cloud === 'none' ? { provider: cloud } : { provider: cloud, eip: { bandwidth: 5 } };
}
