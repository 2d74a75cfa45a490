import { readFile } from 'node:fs/promises';
import { type Cluster, type ClusterNode, parseCluster } from '../../cluster/index.ts';
import type { SessionPaths } from '../../drivers/session/store.ts';
import { changesToUndo } from '../../engine/undo.ts';
import type { JournalPort } from '../../model/index.ts';

/**
 * Before the session's copy of the cluster file is written over: who is in it, has changes of ours,
 * and is not in the new one. Without this nobody could reach such a node any more.
 */
export async function noteWhoLeft(
  paths: SessionPaths,
  journal: JournalPort,
  cluster: Cluster,
): Promise<void> {
  const changed = new Set(changesToUndo(journal.records(), []).map(({ node }) => node));
  if (cluster.nodes.length > 0 && [...changed].every((name) => isIn(cluster, name))) return;
  const before = parseCluster(await readFile(paths.cluster, 'utf8').catch(() => ''), cluster.file);
  if (!before.ok) return;
  const left = before.cluster.nodes.filter(({ name }) => changed.has(name) && !isIn(cluster, name));
  await journal.append(left.map(leftRecord));
}

function isIn(cluster: Cluster, name: string): boolean {
  return cluster.nodes.some((node) => node.name === name);
}

function leftRecord({ name, address, data, ssh }: ClusterNode) {
  return { type: 'node-left', node: name, address, data, ssh } as const;
}
