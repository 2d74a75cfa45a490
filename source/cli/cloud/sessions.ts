import { readdir, stat } from 'node:fs/promises';
import { readJournal, sessionExists, sessionPaths } from '../../drivers/session/store.ts';
import { type JournalRecord, OperatorError, type Problem, problem } from '../../model/index.ts';
import { lastChosen } from './place.ts';

/** A session of this computer. */
export interface KnownSession {
  readonly name: string;
  readonly records: readonly JournalRecord[];
  /** Somebody works on it now: what its journal says is not its last word. */
  readonly isBusy: boolean;
}

export interface AllSessions {
  readonly sessions: readonly KnownSession[];
  /** Of those that cannot be read: what they own is not known. */
  readonly problems: readonly Problem[];
}

/** The names in the folder that holds the sessions. @throws OperatorError: unread is not empty */
export async function foldersIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new OperatorError(
      problem('state-unreadable', { reason: error.code ?? 'EIO' }, { file: folder }),
    );
  });
}

/** Every session of this computer. */
export async function readSessions(folder: string): Promise<AllSessions> {
  const sessions: KnownSession[] = [];
  const problems: Problem[] = [];
  for (const name of (await foldersIn(folder)).toSorted()) {
    const paths = sessionPaths(folder, name);
    if (!(await sessionExists(paths))) continue;
    try {
      // in this order: what ends between the two has written its last record
      const isBusy = await isThere(paths.lock);
      sessions.push({ name, records: await readJournal(paths), isBusy });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { sessions, problems };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Whether a session has ever been in a cloud: then something may be there. */
export async function wasInCloud(stateDir: string, name: string): Promise<boolean> {
  return lastChosen(await readJournal(sessionPaths(stateDir, name))) !== undefined;
}
