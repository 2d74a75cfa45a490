import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Stock } from './machines.ts';
import { NETWORKS, networkPid } from './network.ts';
import { labPlaces } from './places.ts';
import type { LabSpec } from './spec.ts';

/** What `up` writes before it makes anything. */
export interface LabRecord {
  readonly spec: LabSpec;
  /** Known once the image and the packages are there. */
  readonly stock?: Stock;
}

/** Writes a file so that it is never seen half written. */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  writeFileSync(`${path}.new`, text, { mode });
  renameSync(`${path}.new`, path);
}

export function writeRecord(record: LabRecord): void {
  writeWhole(labPlaces(record.spec.name).spec, `${JSON.stringify(record, null, 2)}\n`);
}

/** What the lab of this name was to be; undefined when there is none. */
export function readRecord(name: string): LabRecord | undefined {
  try {
    return JSON.parse(readFileSync(labPlaces(name).spec, 'utf8')) as LabRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** Says that `up` came to its end, on this boot of the computer. */
export function markReady(name: string): void {
  writeWhole(labPlaces(name).ready, `${bootId()}\n`);
}

/** Whether `up` came to its end and the lab's network still stands (a restart of the computer ends it). */
export function isUp(name: string): boolean {
  try {
    if (readFileSync(labPlaces(name).ready, 'utf8').trim() !== bootId()) return false;
  } catch {
    return false;
  }
  return NETWORKS.every((network) => networkPid(name, network) !== undefined);
}
