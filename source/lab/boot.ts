import { join } from 'node:path';
import { message, OperatorError, problem } from '../model/index.ts';
import type { Hierarchy } from './cgroups.ts';
import type { Crew } from './crew.ts';
import { enterMachine } from './enter.ts';
import { isMachineReady, machineInit, type Stock, startMachine } from './machines.ts';
import { labPlaces } from './places.ts';
import type { Report } from './report.ts';
import type { LabSpec, MachineSpec } from './spec.ts';

const BOOT_TIMEOUT_MS = 60_000;

/** What every step of making a lab has. */
export interface Site {
  readonly spec: LabSpec;
  readonly all: readonly Hierarchy[];
  readonly main: Hierarchy;
  readonly crew: Crew;
  readonly report: Report;
  readonly signal: AbortSignal | undefined;
}

/** Starts the process that keeps the machine running. */
export function start(site: Site, machine: MachineSpec, stock: Stock, switchPid: number): void {
  startMachine(site.spec, machine, stock, switchPid, site.all, site.crew);
}

/** Waits until the machine answers SSH and its boot is over. @throws OperatorError `lab-machine-failed`. */
export async function waitUntilUp(site: Site, machine: MachineSpec): Promise<void> {
  const { spec, report, signal } = site;
  const started = Date.now();
  if (!(await isMachineReady(spec.name, machine.name, BOOT_TIMEOUT_MS, signal)))
    throw bootFailure(spec.name, machine.name);
  if (machine.role !== 'client') await settle(site, machine.name);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  report(message('lab-machine-up', { address: machine.address, seconds }), machine.name);
}

/** Until systemd has started all it starts at boot: what comes next must not race with that. */
async function settle({ spec, crew, report }: Site, machine: string): Promise<void> {
  const init = machineInit(spec.name, machine);
  if (!init) throw bootFailure(spec.name, machine);
  const wait = 'systemctl is-system-running --wait || true';
  const { argv } = enterMachine(init, ['sh', '-c', wait], {});
  const state = (await crew.run(argv)).trim();
  if (state !== 'running') report(message('lab-machine-degraded', { state }), machine);
}

function bootFailure(lab: string, machine: string): OperatorError {
  const file = join(labPlaces(lab).machine(machine), 'console.log');
  return new OperatorError(problem('lab-machine-failed', { lab }, { node: machine, file }));
}
