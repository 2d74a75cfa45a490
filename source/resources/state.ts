import { createHash } from 'node:crypto';

/** Our folder on a node. */
export const STATE = '/var/lib/iam-ha-wizard';

/** Where a transaction keeps its new and old files until it is over. */
export function stagePath(set: string): string {
  return `${STATE}/stage/${fileName(set)}`;
}

/** What we last wrote, as `sha256 path` lines, and `loaded <hash>` once the daemon has read it. */
export function recordPath(set: string): string {
  return `${STATE}/sets/${fileName(set)}`;
}

function fileName(set: string): string {
  return set.replaceAll('/', '-');
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

export interface SetRecord {
  /** By path: the hashes that are ours. Two of them when a run was killed between two versions. */
  readonly hashes: ReadonlyMap<string, readonly string[]>;
  /** The set's hash at the last load that succeeded. */
  readonly loaded: string | null;
}

const HASH_LINE = /^([0-9a-f]{64}) (.+)$/;

export function parseRecord(text: string): SetRecord {
  const hashes = new Map<string, string[]>();
  let loaded: string | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('loaded ')) loaded = line.slice('loaded '.length);
    const [, hash, path] = HASH_LINE.exec(line) ?? [];
    if (hash && path) hashes.set(path, [...(hashes.get(path) ?? []), hash]);
  }
  return { hashes, loaded };
}

/** @param entries `[sha256, path]`, in order; repeated ones are written once */
export function formatRecord(
  session: { readonly name: string; readonly id: string },
  entries: readonly (readonly [string, string])[],
  loaded?: string,
): string {
  const lines = entries.map(([hash, path]) => `${hash} ${path}`);
  const last = loaded ? [`loaded ${loaded}`] : [];
  return `${[`session ${session.id} ${session.name}`, ...new Set(lines), ...last].join('\n')}\n`;
}
