import { type LabCloudStatus, labCloudStatus } from './cloud-site/seen.ts';
import { hasCloud } from './cloud-site/settings.ts';
import { isCloudUp } from './cloud-site/start.ts';
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
  /** Up, every node answers SSH, and the cloud answers where there is to be one. */
  readonly ok: boolean;
  readonly nodes: readonly LabNodeStatus[];
  /** Whether there is to be a cloud in the lab. */
  readonly hasCloud: boolean;
  /** Null when the lab has none, or it does not answer (then the lab is not `ok`). */
  readonly cloud: LabCloudStatus | null;
  /** The cluster file; null when the lab is not up. */
  readonly cluster: string | null;
}

/** What runs of the lab. Changes nothing. @throws OperatorError for a bad name, without root or Linux. */
export function labStatus(name: string): LabStatus {
  requireHost();
  const lab = parseLabName(name);
  const record = isUp(lab) ? readRecord(lab) : undefined;
  if (!record) {
    const nothing = { nodes: [], hasCloud: false, cloud: null, cluster: null };
    return { name: lab, up: false, ok: false, ...nothing };
  }
  const nodes = record.spec.machines
    .filter((machine) => machine.role !== 'client')
    .map((machine) => ({
      name: machine.name,
      address: machine.address,
      state: machineState(lab, machine.name),
    }));
  const isCloudy = hasCloud(record.spec);
  const cloud = isCloudy && isCloudUp(lab) ? labCloudStatus(record.spec) : null;
  const isWhole = cloud !== null || !isCloudy;
  const ok = isWhole && nodes.every((node) => node.state === 'running');
  const { cluster } = labPlaces(lab);
  return { name: lab, up: true, ok, nodes, hasCloud: isCloudy, cloud, cluster };
}
