import { type MachineState, machineState } from './machines.ts';
import { parseLabName } from './options.ts';
import { labPlaces } from './places.ts';
import { requireHost } from './require-host.ts';
import { isUp, readRecord } from './state.ts';

export interface LabNodeStatus {
  readonly name: string;
  readonly address: string;
  readonly state: MachineState;
}

export interface LabStatus {
  readonly name: string;
  readonly up: boolean;
  /** Up, and every node answers SSH. */
  readonly ok: boolean;
  readonly nodes: readonly LabNodeStatus[];
  /** There is no cloud yet. */
  readonly cloud: null;
  /** The cluster file; null when the lab is not up. */
  readonly cluster: string | null;
}

/** What runs of the lab. Changes nothing. @throws OperatorError for a bad name, without root or Linux. */
export function labStatus(name: string): LabStatus {
  requireHost();
  const lab = parseLabName(name);
  const record = isUp(lab) ? readRecord(lab) : undefined;
  if (!record) return { name: lab, up: false, ok: false, nodes: [], cloud: null, cluster: null };
  const nodes = record.spec.machines
    .filter((machine) => machine.role !== 'client')
    .map((machine) => ({
      name: machine.name,
      address: machine.address,
      state: machineState(lab, machine.name),
    }));
  const ok = nodes.every((node) => node.state === 'running');
  return { name: lab, up: true, ok, nodes, cloud: null, cluster: labPlaces(lab).cluster };
}
