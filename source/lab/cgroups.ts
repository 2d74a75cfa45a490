import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of every lab's cgroups, in each hierarchy. */
const TOP = 'iam-ha-wizard-lab';

/** One mounted cgroup hierarchy. */
export interface Hierarchy {
  readonly mountPoint: string;
  /** `unified` is cgroup v2; the others are v1, by their controllers (`cpu,cpuacct`, `name=systemd`). */
  readonly kind: string;
}

const V1_MOUNT_OPTIONS = new Set(['rw', 'ro', 'xattr', 'noprefix', 'clone_children']);

function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
}

/** The cgroup hierarchies in the text of /proc/self/mountinfo, each mount point once. */
export function parseHierarchies(mountinfo: string): readonly Hierarchy[] {
  const found = new Map<string, Hierarchy>();
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const mountPoint = unescapePath(left.split(' ')[4] ?? '');
    const [type, , options = ''] = right.split(' ');
    if (type === 'cgroup2') found.set(mountPoint, { mountPoint, kind: 'unified' });
    if (type !== 'cgroup') continue;
    const kind = options.split(',').filter((option) => !V1_MOUNT_OPTIONS.has(option));
    found.set(mountPoint, { mountPoint, kind: kind.join(',') });
  }
  return [...found.values()];
}

export function hierarchies(): readonly Hierarchy[] {
  return parseHierarchies(readFileSync('/proc/self/mountinfo', 'utf8'));
}

/** The one whose groups follow a machine's own systemd. */
export function mainHierarchy(all: readonly Hierarchy[]): Hierarchy | undefined {
  return (
    all.find((one) => one.kind === 'unified') ??
    all.find((one) => one.kind.split(',').includes('name=systemd'))
  );
}

/** The path of a lab's group in one hierarchy: `cgroupPath(h, 'demo', 'iam-1', 'keeper')`. */
export function cgroupPath(hierarchy: Hierarchy, lab: string, ...parts: readonly string[]): string {
  return join(hierarchy.mountPoint, TOP, lab, ...parts);
}

/** A group in cpuset refuses processes until it has been told its processors and memory. */
function inheritCpuset(folder: string, parent: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems'])
    writeFileSync(join(folder, file), readFileSync(join(parent, file)));
}

/** Makes the group in one hierarchy, with the groups above it. May be repeated. Returns its path. */
export function ensureCgroup(
  hierarchy: Hierarchy,
  lab: string,
  ...parts: readonly string[]
): string {
  let folder = hierarchy.mountPoint;
  for (const part of [TOP, lab, ...parts]) {
    const parent = folder;
    folder = join(folder, part);
    mkdirSync(folder, { recursive: true });
    if (hierarchy.kind.split(',').includes('cpuset')) inheritCpuset(folder, parent);
  }
  return folder;
}

function subgroups(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

function ownPids(folder: string): readonly number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

/** The processes in the group and in all below it; none if there is no such group. */
export function pidsBelow(folder: string): readonly number[] {
  return [...ownPids(folder), ...subgroups(folder).flatMap(pidsBelow)];
}

/** The group and all below it that exist, the deepest first. */
export function groupsBelow(folder: string): readonly string[] {
  try {
    readdirSync(folder);
  } catch {
    return [];
  }
  return [...subgroups(folder).flatMap(groupsBelow), folder];
}

/** Removes the empty groups of a lab, and the folder of all labs if that was the last. Returns what stayed. */
export function removeCgroups(all: readonly Hierarchy[], lab: string): readonly string[] {
  const left: string[] = [];
  for (const hierarchy of all) {
    for (const folder of groupsBelow(cgroupPath(hierarchy, lab))) {
      if (!isRemoved(folder)) left.push(folder);
    }
    isRemoved(join(hierarchy.mountPoint, TOP));
  }
  return left;
}

function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
