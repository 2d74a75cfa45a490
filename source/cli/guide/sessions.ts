import { readdir, readFile } from 'node:fs/promises';
import { parseCluster, vipAddress } from '../../cluster/index.ts';
import { isAlive, type LockHolder } from '../../drivers/session/process-lock.ts';
import { readJournal, sessionExists, sessionPaths } from '../../drivers/session/store.ts';
import { OperatorError, problem } from '../../model/index.ts';
import type { Runbook } from '../../stages/runbook.ts';
import type { SessionRow } from '../../tui/scenes.ts';
import { progressOf } from './progress.ts';

/** Every session of the state folder, the last used first. One that cannot be read says why. */
export async function sessionRows(
  folder: string,
  runbook: Runbook,
): Promise<readonly SessionRow[]> {
  const names = await readdir(folder).catch((error) => notThere(error, folder));
  const rows = await Promise.all(names.map((name) => sessionRow(folder, name, runbook)));
  return rows.flatMap((row) => row ?? []).toSorted((a, b) => b.lastMs - a.lastMs);
}

/** @throws OperatorError: a folder that cannot be read is not one without sessions */
function notThere(error: NodeJS.ErrnoException, folder: string): readonly string[] {
  if (error.code === 'ENOENT') return [];
  const reason = error.code ?? 'EIO';
  throw new OperatorError(problem('state-unreadable', { reason }, { file: folder }));
}

async function sessionRow(
  folder: string,
  name: string,
  runbook: Runbook,
): Promise<SessionRow | undefined> {
  const paths = sessionPaths(folder, name);
  if (!(await sessionExists(paths))) return undefined;
  const total = runbook.stages.length;
  const empty = { name, addresses: [], vip: '', done: 0, total, lastMs: 0 };
  try {
    const { done, lastMs = 0 } = progressOf(await readJournal(paths));
    const next = runbook.stages.find(({ id }) => !done.has(id))?.title;
    const holder = await holderOf(paths.lock);
    return {
      ...empty,
      ...(await placesOf(paths.cluster)),
      done: runbook.stages.filter(({ id }) => done.has(id)).length,
      lastMs,
      ...(next && { next }),
      ...(holder && { holder }),
    };
  } catch (error) {
    if (error instanceof OperatorError) return { ...empty, problem: error.problems[0] };
    throw error;
  }
}

async function placesOf(file: string): Promise<Pick<SessionRow, 'addresses' | 'vip'>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const parsed = parseCluster(text, file);
  if (!parsed.ok) return { addresses: [], vip: '' };
  const { cluster } = parsed;
  return { addresses: cluster.nodes.map(({ address }) => address), vip: vipAddress(cluster) };
}

/** Who works on it now: a process that is alive. */
async function holderOf(lock: string): Promise<SessionRow['holder']> {
  try {
    const holder: LockHolder = JSON.parse(await readFile(lock, 'utf8'));
    if (!(await isAlive(holder))) return undefined;
    const { user, host, since } = holder;
    return { user, host, since };
  } catch {
    return undefined;
  }
}
