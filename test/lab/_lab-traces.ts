import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a file that may be gone by now. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function pids(): readonly string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** A zombie is not a process any more: process 1 will ask for its exit code. */
function belongs(pid: string, lab: string): boolean {
  if (/^State:\tZ/m.test(read(`/proc/${pid}/status`))) return false;
  const groups = read(`/proc/${pid}/cgroup`).split('\n');
  const grouped = groups.some((line) => line.includes(`/iam-ha-wizard-lab/${lab}/`));
  const words = `${read(`/proc/${pid}/cmdline`)}\0${read(`/proc/${pid}/environ`)}`;
  const named = words.includes(`/iam-ha-wizard-lab/${lab}/`) || words.includes(`iamha-${lab}-`);
  return grouped || (named && Number(pid) !== process.pid);
}

/**
 * Everything that shows that the lab is or was there: looked for from outside, by name and by what
 * it holds, not through the lab's own code.
 */
export function tracesOf(lab: string): readonly string[] {
  const folder = `/var/lib/iam-ha-wizard-lab/${lab}`;
  const files = [folder, `${folder}.lock`].filter(existsSync);
  const processes = pids().filter((pid) => belongs(pid, lab));
  const mounts = pids()
    .flatMap((pid) => read(`/proc/${pid}/mountinfo`).split('\n'))
    .filter((line) => line.includes(`/iam-ha-wizard-lab/${lab}/`));
  const loops = readdirSync('/sys/block').filter((name) =>
    read(`/sys/block/${name}/loop/backing_file`).startsWith(`${folder}/`),
  );
  const groups = spawnSync('find', ['/sys/fs/cgroup', '-path', `*/iam-ha-wizard-lab/${lab}`]);
  return [
    ...files,
    ...processes.map((pid) => `process ${pid}: ${read(`/proc/${pid}/cmdline`)}`),
    ...new Set(mounts),
    ...loops,
    ...String(groups.stdout).split('\n').filter(Boolean),
  ];
}

/** What of this computer's own network a lab could have changed. */
export function hostState(): string {
  const links = spawnSync('ip', ['-oneline', 'link', 'show'], { encoding: 'utf8' }).stdout;
  const names = links.replace(/^\d+: ([^:]+):.*$/gm, '$1');
  return `${names}${read('/proc/sys/net/ipv4/ip_forward')}`;
}

/** The pid namespaces (one a machine) of the processes in each cgroup below the lab's. */
export function machinesByCgroup(lab: string): ReadonlyMap<string, ReadonlySet<string>> {
  const own = readlinkSync('/proc/self/ns/pid');
  const found = new Map<string, Set<string>>();
  const procs = spawnSync('find', ['/sys/fs/cgroup', '-name', 'cgroup.procs'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }).stdout;
  for (const file of procs.split('\n').filter(Boolean)) {
    const spaces = read(file).split('\n').filter(Boolean).map(pidNamespace);
    const machines = spaces.filter((space) => space !== '' && space !== own);
    const inLab = file.includes(`/iam-ha-wizard-lab/${lab}/`);
    if (inLab || machines.length > 0) found.set(join(file, '..'), new Set(machines));
  }
  return found;
}

function pidNamespace(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return '';
  }
}
