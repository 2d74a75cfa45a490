import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, OperatorError, problem } from '../model/index.ts';
import { cgroupPath, groupsBelow, hierarchies, removeCgroups } from './cgroups.ts';
import { type Lock, lockHolder, tryLock } from './lock.ts';
import { labPlaces } from './places.ts';
import { isListed, killAll, labPids } from './processes.ts';

const PATIENCE_MS = 15_000;
const REAPING_MS = 2000;

/** Whether anything of the lab is there: a file, a cgroup (and so a process). */
export function hasTraces(lab: string): boolean {
  const places = labPlaces(lab);
  const groups = hierarchies().some((one) => groupsBelow(cgroupPath(one, lab)).length > 0);
  return groups || existsSync(places.folder) || existsSync(places.lock);
}

/**
 * Takes the lab's lock. The helpers of a killed command are ended first.
 * @throws OperatorError (75) `lab-busy` when a living command holds it.
 */
export async function takeLabLock(lab: string): Promise<Lock> {
  const path = labPlaces(lab).lock;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const lock = tryLock(path);
    if (lock) return lock;
    const holder = lockHolder(path);
    if (holder !== undefined || Date.now() > deadline)
      throw new OperatorError(problem('lab-busy', { lab, pid: holder ?? 0 }), EXIT.locked);
    killAll(labPids(lab));
    await sleep(50);
  }
}

/**
 * Ends and removes everything of the lab but its lock; the caller holds that. It looks at what is
 * there, not at what was noted, so it also clears up after a kill at any moment.
 * Returns what could not be removed.
 */
export async function sweep(lab: string): Promise<readonly string[]> {
  const { folder } = labPlaces(lab);
  const killed = new Set<number>();
  const processes = await until(() => {
    const pids = labPids(lab);
    killAll(pids);
    for (const pid of pids) killed.add(pid);
    return pids.map((pid) => `process ${pid}`);
  });
  const disks = await until(() => loopsBelow(folder));
  const mounts = mountsBelow(folder);
  for (const mount of mounts) spawnSync('umount', ['--lazy', mount]);
  const cgroups = await until(() => removeCgroups(hierarchies(), lab));
  // Dead, but listed until process 1 has asked for their exit codes; not ours to hasten.
  await until(() => [...killed].filter(isListed).map(String), REAPING_MS);
  if (processes.length + disks.length + mountsBelow(folder).length === 0)
    rmSync(folder, { recursive: true, force: true });
  return [...processes, ...disks, ...mountsBelow(folder), ...cgroups];
}

/** Asks again until nothing is left, or for as long as is sensible. Returns what is left. */
async function until(
  remaining: () => readonly string[],
  patienceMs = PATIENCE_MS,
): Promise<readonly string[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const left = remaining();
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(20);
  }
}

/** The mount points in the folder, the innermost first. */
function mountsBelow(folder: string): readonly string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}

/** Loop devices whose image is in the folder: they go with the last process that saw them mounted. */
function loopsBelow(folder: string): readonly string[] {
  return readdirSync('/sys/block')
    .filter((name) => name.startsWith('loop') && backingFile(name).startsWith(`${folder}/`))
    .map((name) => `/dev/${name}`);
}

function backingFile(device: string): string {
  try {
    return readFileSync(join('/sys/block', device, 'loop/backing_file'), 'utf8');
  } catch {
    return '';
  }
}

/** Removes the lock itself, and the folder of all labs if this was the last. */
export function removeLock(lab: string, lock: Lock): void {
  const path = labPlaces(lab).lock;
  rmSync(path, { force: true });
  lock.release();
  try {
    rmdirSync(dirname(path));
  } catch {
    // Another lab is there.
  }
}
