import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillingCache } from '../drivers/user-cache.ts';
import { message } from '../model/index.ts';
import type { Crew } from './crew.ts';
import { type Lock, tryLock } from './lock.ts';
import type { Report } from './report.ts';

const PART = '.part';

/** What builds a cached folder: it fills the empty folder `part`. `crew` holds the cache's lock. */
export type Build = (part: string, crew: Crew) => Promise<void>;

export interface Cache {
  readonly folder: string;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
  /** A crew whose programs hold the lock with this file descriptor. */
  crewWith(lockFd: number): Crew;
}

/**
 * A folder that is built once. It appears under its name only when it is complete; two builders
 * at once build it once; what a killed builder left is removed by the next.
 */
export async function cachedFolder(cache: Cache, name: string, build: Build): Promise<string> {
  const folder = join(cache.folder, name);
  if (existsSync(folder)) return folder;
  return fillingCache(cache.folder, () => buildLocked(cache, folder, build));
}

async function buildLocked(cache: Cache, folder: string, build: Build): Promise<string> {
  const lock = await waitForLock(cache);
  try {
    if (existsSync(folder)) return folder;
    removeParts(cache.folder);
    const part = `${folder}${PART}`;
    mkdirSync(part);
    await build(part, cache.crewWith(lock.fd));
    renameSync(part, folder);
    return folder;
  } finally {
    lock.release();
  }
}

async function waitForLock(cache: Cache): Promise<Lock> {
  const path = lockPath(cache.folder);
  let lock = tryLock(path);
  if (!lock) cache.report(message('lab-cache-waiting'));
  while (!lock) {
    await sleep(300, undefined, { signal: cache.signal });
    lock = tryLock(path);
  }
  return lock;
}

function lockPath(folder: string): string {
  return join(folder, 'lock');
}

function removeParts(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.endsWith(PART)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Removes what a killed builder left, unless somebody is building. */
export function tidyCache(folder: string): void {
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith(PART))) return;
  const lock = tryLock(lockPath(folder));
  if (!lock) return;
  removeParts(folder);
  lock.release();
}
