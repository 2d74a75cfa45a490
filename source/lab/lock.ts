import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * A lock on a file. It belongs to the open file, so whoever inherits `fd` holds it too: it is
 * not free before the last helper of a killed process is gone.
 */
export interface Lock {
  readonly fd: number;
  release(): void;
}

function isStill(path: string, fd: number): boolean {
  try {
    return statSync(path).ino === fstatSync(fd).ino;
  } catch {
    return false;
  }
}

function openWithFolder(path: string): number | undefined {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    // The last lab's removal takes the folder along; it may come between the two lines above.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes the lock, or returns undefined when somebody holds it. */
export function tryLock(path: string): Lock | undefined {
  const fd = openWithFolder(path);
  if (fd === undefined) return undefined;
  const taken = spawnSync('flock', ['--exclusive', '--nonblock', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
  });
  if (taken.error) throw taken.error;
  // A lock on a file that has been removed meanwhile excludes nobody.
  if (taken.status !== 0 || !isStill(path, fd)) {
    closeSync(fd);
    return undefined;
  }
  ftruncateSync(fd);
  writeSync(fd, `${process.pid}\n`);
  return { fd, release: () => closeSync(fd) };
}

/** The living process that took the lock; undefined when it is dead, though its helpers may hold it yet. */
export function lockHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    const files = readdirSync(`/proc/${pid}/fd`);
    const holds = files.some((file) => readlinkSync(`/proc/${pid}/fd/${file}`) === path);
    return holds ? pid : undefined;
  } catch {
    return undefined;
  }
}
