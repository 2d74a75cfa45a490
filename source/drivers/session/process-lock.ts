import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { EXIT, OperatorError, problem } from '../../model/index.ts';
import { userName } from './user-name.ts';

/** Who works on a session: written into the session's own lock and into each node's. */
export interface LockHolder {
  readonly session: string;
  readonly sessionId: string;
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  /** When the process started, in the kernel's clock ticks: a pid alone comes back. */
  readonly started: string;
  readonly token: string;
  readonly since: string;
}

/** When a process of this computer started (field 22 of its stat); "" when there is none, or no /proc. */
async function processStarted(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

export async function describeHolder(
  session: string,
  sessionId: string,
  token: string,
): Promise<LockHolder> {
  return {
    session,
    sessionId,
    host: hostname(),
    user: userName(),
    pid: process.pid,
    started: await processStarted(process.pid),
    token,
    since: new Date().toISOString(),
  };
}

/** Whether that process of this computer still runs; without `started`, whether any of its number does. */
export async function isAlive(holder: {
  readonly pid: number;
  readonly started?: string;
}): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = await processStarted(holder.pid);
  return !started || !holder.started || started === holder.started;
}

export interface ProcessLock {
  release(): Promise<void>;
}

/**
 * One process a session: a second one is told who has it. A lock whose process is dead is taken over.
 *
 * @throws OperatorError "session-in-use", exit 75
 */
export async function takeProcessLock(file: string, holder: LockHolder): Promise<ProcessLock> {
  const fresh = `${file}.${holder.token}`;
  await writeFile(fresh, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (await isLinked(fresh, file)) return { release: () => rm(file, { force: true }) };
      const other = await readHolder(file);
      if (other && (await isAlive(other))) throw inUse(other, file);
      await rm(file, { force: true });
    }
    throw inUse({ host: '?', user: '?', pid: 0, since: '?' }, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** link(2) is atomic and fails when the name exists. */
function isLinked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

function inUse(
  holder: Pick<LockHolder, 'host' | 'user' | 'pid' | 'since'>,
  file: string,
): OperatorError {
  const { host, user, pid, since } = holder;
  return new OperatorError(
    problem('session-in-use', { host, user, pid, since }, { file }),
    EXIT.locked,
  );
}

async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
