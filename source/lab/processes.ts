import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { cgroupPath, hierarchies, pidsBelow } from './cgroups.ts';
import { NETWORKS, networkPid } from './network.ts';

/** Every process of the lab: in its cgroups, or in its networks (a shell of `lab run`). Never our own. */
export function labPids(lab: string): readonly number[] {
  const grouped = hierarchies().flatMap((one) => pidsBelow(cgroupPath(one, lab)));
  const networks = NETWORKS.map((network) => networkPid(lab, network))
    .filter((pid) => pid !== undefined)
    .map(networkOf);
  const ours = new Set(ancestry());
  const guests = allPids().filter((pid) => {
    const network = networkOf(pid);
    return network !== undefined && networks.includes(network);
  });
  return [...new Set([...grouped, ...guests])].filter((pid) => !ours.has(pid));
}

function allPids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function networkOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

/** This process and its parents: `lab run -- iam-ha-wizard lab down` must come to its end. */
function ancestry(): readonly number[] {
  const line: number[] = [];
  for (let pid = process.pid; pid > 0; pid = parentOf(pid)) line.push(pid);
  return line;
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export function isListed(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
