import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fillingCache, userCache } from '../user-cache.ts';

const PART = /\.(\d+)\.part$/;

/** Where built and unpacked sources of IAM are kept: `$XDG_CACHE_HOME/iam-ha-wizard/iam`. */
export function iamCacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  return userCache(env, 'iam');
}

/**
 * A folder that is filled once, and appears under its name only when it is complete. Two who fill
 * it at once do not disturb each other: the first to end is kept.
 *
 * @param fill gets an empty folder
 * @throws OperatorError "cache-not-written"
 */
export async function filledOnce(
  cache: string,
  name: string,
  fill: (part: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  return fillingCache(cache, () => fillPart(cache, folder, fill));
}

async function fillPart(cache: string, folder: string, fill: (part: string) => Promise<void>) {
  mkdirSync(cache, { recursive: true });
  tidyIamCache(cache);
  const part = `${folder}.${process.pid}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  try {
    await fill(part);
    if (!existsSync(folder)) renameSync(part, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return folder;
}

/** Removes what a killed process left half filled. */
export function tidyIamCache(cache: string): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const pid = Number(PART.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // somebody else's process: it is alive
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
