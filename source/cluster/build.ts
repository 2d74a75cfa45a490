import path from 'node:path';
import { DEFAULT_IAM_VERSION } from './iam-releases.ts';
import { type FieldLines, fieldName, lineOf } from './positions.ts';
import type { Declared } from './schema.ts';
import { setFields } from './set-fields.ts';
import type {
  Cluster,
  ClusterNode,
  IamSettings,
  IamSource,
  SshDefaults,
  TlsFiles,
  Vantages,
  VirtualIp,
} from './types.ts';

export interface Surroundings {
  /** The cluster file; best absolute: other paths are resolved against its folder. */
  readonly file: string;
  readonly lines: FieldLines;
  /** What `~/` stands for; without it such a path stays as it is. */
  readonly home?: string;
}

type DeclaredNode = Declared['nodes'][number];

function resolvePath(text: string, { file, home }: Surroundings): string {
  if (text === '~' || text.startsWith('~/')) return home ? path.join(home, text.slice(1)) : text;
  return path.isAbsolute(text) ? path.normalize(text) : path.join(path.dirname(file), text);
}

function buildSsh(declared: Declared['ssh'], around: Surroundings): SshDefaults {
  const ssh: SshDefaults = setFields(declared ?? {});
  const { identityFile, knownHosts } = ssh;
  return {
    ...ssh,
    ...(identityFile ? { identityFile: resolvePath(identityFile, around) } : {}),
    ...(knownHosts ? { knownHosts: resolvePath(knownHosts, around) } : {}),
  };
}

function buildNode(
  declared: DeclaredNode,
  index: number,
  defaults: SshDefaults,
  around: Surroundings,
): ClusterNode {
  const { host = declared.address, ...ssh } = declared.ssh ?? {};
  const field = fieldName(['nodes', index]);
  return {
    name: declared.name,
    address: declared.address,
    data: declared.data,
    roles: declared.roles ?? ['frontend', 'backend'],
    ...(declared.interface ? { interface: declared.interface } : {}),
    ssh: { ...defaults, ...buildSsh(ssh, around), host },
    position: { line: lineOf(around.lines, field), field },
  };
}

function buildSource(source: IamSource | undefined, around: Surroundings): IamSource {
  if (!source) return { kind: 'go', version: DEFAULT_IAM_VERSION };
  if (source.kind === 'installed' && source.schema !== undefined) {
    return { ...source, schema: resolvePath(source.schema, around) };
  }
  if (source.kind !== 'directory' && source.kind !== 'archive') return source;
  if (source.path.startsWith('https://')) return source;
  return { ...source, path: resolvePath(source.path, around) };
}

function buildIam(declared: Declared['iam'], around: Surroundings): IamSettings {
  const { source, adminPassword, maxBodySize, pumpMend, openRegistration } = declared ?? {};
  return {
    source: buildSource(source, around),
    maxBodySize: maxBodySize ?? '5m',
    ...(adminPassword ? { adminPassword } : {}),
    pumpMend: pumpMend ?? true,
    openRegistration: openRegistration ?? true,
  };
}

function buildTls(declared: NonNullable<Declared['tls']>, around: Surroundings): TlsFiles {
  return {
    certificate: resolvePath(declared.certificate, around),
    key: resolvePath(declared.key, around),
  };
}

/** A cluster file of the right shape as a `Cluster`: defaults filled in, paths resolved. */
export function buildCluster(declared: Declared, around: Surroundings): Cluster {
  const ssh = buildSsh(declared.ssh, around);
  const { mariadb, redis, mongodb } = declared.databases ?? {};
  return {
    version: 1,
    name: declared.name,
    file: around.file,
    ssh,
    nodes: declared.nodes.map((node, index) => buildNode(node, index, ssh, around)),
    domains: declared.domains,
    iam: buildIam(declared.iam, around),
    databases: {
      mariadb: mariadb ?? { kind: 'install' },
      redis: redis ?? { kind: 'install' },
      mongodb: mongodb ?? { kind: 'none' },
    },
    vip: setFields(declared.vip) as VirtualIp,
    firewall: declared.firewall ?? 'nodes-only',
    ...(declared.tls ? { tls: buildTls(declared.tls, around) } : {}),
    cloud: declared.cloud ?? { provider: 'none' },
    vantages: setFields(declared.vantages ?? {}) as Vantages,
    alerts: declared.alerts ?? [],
    lines: around.lines,
  };
}
