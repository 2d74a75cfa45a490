import { createHash } from 'node:crypto';
import { mkdir, open, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  type BackupsPort,
  type JournalBody,
  type JournalPort,
  type JournalRecord,
  OperatorError,
  problem,
} from '../../model/index.ts';
import { decodeJournal, encodeRecords } from '../../model/journal/chain.ts';

/** The files of a session; see the contract, "Where state lives". */
export interface SessionPaths {
  readonly folder: string;
  readonly cluster: string;
  /** An operator's own; absent where the session runs the program's. */
  readonly runbook: string;
  readonly journal: string;
  readonly secrets: string;
  readonly knownHosts: string;
  readonly backups: string;
  readonly report: string;
  readonly lock: string;
}

export function sessionPaths(stateDir: string, name: string): SessionPaths {
  const folder = join(stateDir, name);
  return {
    folder,
    cluster: join(folder, 'cluster.yaml'),
    runbook: join(folder, 'runbook.yaml'),
    journal: join(folder, 'journal.jsonl'),
    secrets: join(folder, 'secrets.json'),
    knownHosts: join(folder, 'known_hosts'),
    backups: join(folder, 'backups'),
    report: join(folder, 'report'),
    lock: join(folder, 'lock'),
  };
}

/**
 * Writes something of the session.
 *
 * @throws OperatorError "state-not-written" when the disk is full, or the folder is not ours
 */
export async function writing<Result>(file: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new OperatorError(problem('state-not-written', { reason: code }, { file }));
  }
}

/** Whether a session of that name has been made. */
export async function sessionExists(paths: SessionPaths): Promise<boolean> {
  return stat(paths.journal).then(
    () => true,
    () => false,
  );
}

/** Reads the journal; a torn last line is cut off, so that the next record starts on a line of its own. */
export async function openJournal(paths: SessionPaths): Promise<JournalPort> {
  const text = await readFile(paths.journal, 'utf8').catch(absentAsEmpty);
  const { records, wholeBytes } = decodeJournal(text, paths.journal);
  if (wholeBytes < Buffer.byteLength(text)) await truncate(paths.journal, wholeBytes);
  return journalPort(paths.journal, [...records], wholeBytes);
}

/** The records of a journal, without opening it for writing. */
export async function readJournal(paths: SessionPaths): Promise<readonly JournalRecord[]> {
  return decodeJournal(await readFile(paths.journal, 'utf8').catch(absentAsEmpty), paths.journal)
    .records;
}

function journalPort(file: string, records: JournalRecord[], wholeBytes: number): JournalPort {
  let queue: Promise<void> = Promise.resolve();
  let length = wholeBytes;
  let torn = false;
  const write = async (bodies: readonly JournalBody[]) => {
    const { text, records: added } = encodeRecords(
      records.at(-1),
      bodies,
      new Date().toISOString(),
    );
    const handle = await open(file, 'a', 0o600);
    try {
      // what a full disk cut off must not stand before a later record
      if (torn) await handle.truncate(length);
      torn = true;
      await handle.appendFile(text);
      await handle.sync();
      torn = false;
    } finally {
      await handle.close();
    }
    length += Buffer.byteLength(text);
    records.push(...added);
  };
  return {
    records: () => records,
    // one after the other: nodes are changed side by side, and every record is chained to the last
    append: (bodies) => {
      if (bodies.length === 0) return queue;
      const mine = queue.then(() => write(bodies));
      queue = mine.catch(() => undefined);
      return mine.catch((error: NodeJS.ErrnoException) => {
        throw new OperatorError(
          problem('journal-not-written', { reason: error.code ?? error.message }, { file }),
        );
      });
    },
  };
}

function absentAsEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw new OperatorError(
    problem(
      'state-unreadable',
      { reason: error.code ?? 'EIO' },
      error.path ? { file: error.path } : {},
    ),
  );
}

/** Originals of changed files by the sha256 of their content, readable by the operator only. */
export function backupsPort(paths: SessionPaths): BackupsPort {
  return {
    put: async (content) => {
      const sha256 = createHash('sha256').update(content).digest('hex');
      await writing(paths.backups, async () => {
        await mkdir(paths.backups, { recursive: true, mode: 0o700 });
        await writeFileAtomic(join(paths.backups, sha256), content, { mode: 0o600 });
      });
      return sha256;
    },
    get: (sha256) =>
      readFile(join(paths.backups, sha256)).catch(() => {
        throw new OperatorError(
          problem('backup-missing', { sha256 }, { file: join(paths.backups, sha256) }),
        );
      }),
  };
}
