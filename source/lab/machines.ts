import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cgroupPath,
  ensureCgroup,
  type Hierarchy,
  hierarchies,
  mainHierarchy,
  pidsBelow,
} from './cgroups.ts';
import type { Crew } from './crew.ts';
import { PACKAGES_MOUNT } from './image.ts';
import { isListening } from './listening.ts';
import { BRIDGE } from './network.ts';
import { checkoutFolder, labPlaces } from './places.ts';
import type { LabSpec, MachineSpec } from './spec.ts';

/** Sparse: it takes what is written. */
const DISK_SIZE = '8G';

/** The folders a machine is made from. */
export interface Stock {
  readonly image: string;
  readonly packages: string;
}

export type MachineState = 'running' | 'starting' | 'off';

/** Starts the process that boots the machine, and boots it again after each reboot. */
export function startMachine(
  spec: LabSpec,
  machine: MachineSpec,
  stock: Stock,
  switchPid: number,
  all: readonly Hierarchy[],
  crew: Crew,
): void {
  const folder = labPlaces(spec.name).machine(machine.name);
  const main = mainHierarchy(all);
  if (!main) throw new Error('no cgroup hierarchy');
  const env = {
    LAB_DIR: folder,
    LAB_IMAGE: join(stock.image, 'root'),
    LAB_PACKAGES: stock.packages,
    LAB_PACKAGES_MOUNT: PACKAGES_MOUNT,
    LAB_DISK_SIZE: DISK_SIZE,
    LAB_ID: `iamha-${spec.name}-${machine.name}`,
    LAB_MACHINE: machine.name,
    LAB_ROLE: machine.role,
    LAB_USER: spec.user ?? '',
    LAB_SWITCH_PID: String(switchPid),
    LAB_PORT: machine.name,
    LAB_BRIDGE: BRIDGE[machine.role],
    LAB_MAC: machine.mac,
    LAB_ADDRESS: `${machine.address}/${machine.prefixLength}`,
    LAB_GATEWAY: machine.gateway,
    LAB_KEEPER_CGROUP: ensureCgroup(main, spec.name, machine.name, 'keeper'),
    // A group of its own in every hierarchy: else two machines' services share groups of one name.
    LAB_CGROUPS: all.map((one) => ensureCgroup(one, spec.name, machine.name, 'machine')).join(' '),
  };
  const script = join(checkoutFolder(), 'assets/lab/machine.sh');
  crew.start(['bash', script], env, join(folder, 'console.log'));
}

/** The machine's process 1, as a pid of this computer; undefined while it does not run. */
export function machineInit(lab: string, machine: string): number | undefined {
  const main = mainHierarchy(hierarchies());
  if (!main) return undefined;
  const payload = cgroupPath(main, lab, machine, 'machine', 'payload');
  return pidsBelow(join(payload, 'init.scope')).find(isInit) ?? pidsBelow(payload).find(isInit);
}

/** Whether the process is number 1 of a pid namespace below ours. */
function isInit(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return /^NSpid:\t\d+\t1$/m.test(status);
  } catch {
    return false;
  }
}

/** `running`: SSH answers. `starting`: it boots. `off`: it was powered off. */
export function machineState(lab: string, machine: string): MachineState {
  const init = machineInit(lab, machine);
  if (init && isListening(init, 22)) return 'running';
  const main = mainHierarchy(hierarchies());
  const keeper = main ? pidsBelow(cgroupPath(main, lab, machine, 'keeper')) : [];
  return init || keeper.length > 0 ? 'starting' : 'off';
}

/** Waits until SSH answers. Returns false when it does not in time, or the machine ended. */
export async function isMachineReady(
  lab: string,
  machine: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  let seen = false;
  while (Date.now() < deadline) {
    const state = machineState(lab, machine);
    if (state === 'running') return true;
    if (state === 'starting') seen = true;
    if (state === 'off' && seen) return false;
    await sleep(25, undefined, { signal });
  }
  return false;
}

/** Pulls the machine's network cable, or puts it back; a reboot does not put it back. */
export function unpluggedMarker(lab: string, machine: string): string {
  return join(labPlaces(lab).machine(machine), 'unplugged');
}

export function markUnplugged(lab: string, machine: string, unplugged: boolean): void {
  const marker = unpluggedMarker(lab, machine);
  if (unplugged) writeFileSync(marker, '');
  else rmSync(marker, { force: true });
}
