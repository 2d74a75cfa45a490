import { whereabouts } from './derived.ts';
import type { Cluster } from './types.ts';

/** Something on the operator's computer that the cluster file names. */
export interface NamedFile {
  readonly kind: 'file' | 'directory';
  readonly path: string;
  readonly field: string;
  readonly line: number;
}

function named(cluster: Cluster, kind: NamedFile['kind'], path: string, field: string): NamedFile {
  return { kind, path, field, line: whereabouts(cluster, field).line };
}

function identityFiles(cluster: Cluster): readonly NamedFile[] {
  const places = [
    { path: cluster.ssh.identityFile, field: 'ssh.identityFile' },
    ...cluster.nodes.map((node) => ({
      path: node.ssh.identityFile,
      field: `${node.position.field}.ssh.identityFile`,
    })),
  ];
  return places.flatMap(({ path, field }) =>
    // A node without its own has the file's default, which is in the list already.
    path !== undefined && Object.hasOwn(cluster.lines, field)
      ? [named(cluster, 'file', path, field)]
      : [],
  );
}

/**
 * Every file and folder that must be there before anything is done. Whoever may look at the disk
 * makes the problem `missing-file` (with `found`) of the absent ones. `knownHosts` is not among them: ssh makes it.
 */
export function filesToExist(cluster: Cluster): readonly NamedFile[] {
  const { source } = cluster.iam;
  const files = [...identityFiles(cluster)];
  if (source.kind === 'directory') {
    files.push(named(cluster, 'directory', source.path, 'iam.source.directory'));
  }
  if (source.kind === 'archive' && !source.path.startsWith('https://')) {
    files.push(named(cluster, 'file', source.path, 'iam.source.archive'));
  }
  if (source.kind === 'installed' && source.schema !== undefined) {
    files.push(named(cluster, 'file', source.schema, 'iam.source.schema'));
  }
  if (cluster.tls) {
    files.push(named(cluster, 'file', cluster.tls.certificate, 'tls.certificate'));
    files.push(named(cluster, 'file', cluster.tls.key, 'tls.key'));
  }
  return files;
}

/** A secret that the file names by an environment variable, and where it does. */
export interface NamedSecret {
  readonly variable: string;
  readonly field: string;
  readonly line: number;
}

function isSecretRef(value: unknown): value is { readonly kind: 'env'; readonly variable: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'env';
}

function secretsIn(cluster: Cluster, value: unknown, field: string): readonly NamedSecret[] {
  if (isSecretRef(value)) {
    // Settings that a node inherits are found at the place where they are written.
    if (!Object.hasOwn(cluster.lines, field)) return [];
    return [{ variable: value.variable, field, line: whereabouts(cluster, field).line }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => secretsIn(cluster, item, `${field}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    secretsIn(cluster, inner, field ? `${field}.${key}` : key),
  );
}

/** Every `env:NAME` of the file, so that an unset variable is told with its line. */
export function secretsToRead(cluster: Cluster): readonly NamedSecret[] {
  return secretsIn(cluster, cluster, '');
}
