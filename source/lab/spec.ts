import { createHash } from 'node:crypto';
import type { Domain, Ipv4Address } from '../model/index.ts';

export type ImageName = 'bookworm' | 'trixie';

export const CLOUDS = ['tencent', 'console', 'none'] as const;
export type CloudChoice = (typeof CLOUDS)[number];

/** A machine of the lab: a node, a server beside the nodes, or the client outside. */
export interface MachineSpec {
  readonly name: string;
  readonly role: 'node' | 'server' | 'client';
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly gateway: Ipv4Address;
  readonly mac: string;
}

/** A lab as it is to be made: plain data, kept in the lab's folder. */
export interface LabSpec {
  readonly version: 1;
  readonly name: string;
  readonly image: ImageName;
  readonly subnet: Ipv4Address;
  readonly prefixLength: number;
  readonly router: Ipv4Address;
  readonly operator: Ipv4Address;
  readonly vip: Ipv4Address;
  readonly apiDomain: Domain;
  readonly authzDomain: Domain;
  readonly user: string | null;
  /** The name of the variable, without `env:`. */
  readonly sudoPassword: string | null;
  readonly machines: readonly MachineSpec[];
  /** What the cluster file says; `none`: there is no cloud in the lab. */
  readonly cloud: CloudChoice;
}

/** Outside: documentation addresses. */
export const OUTSIDE = {
  router: '198.51.100.1' as Ipv4Address,
  client: '198.51.100.10' as Ipv4Address,
  prefixLength: 24,
} as const;

export const DEFAULT_LAB = 'demo';
export const CLIENT = 'client';
/** Where the operator sits. */
export const OPERATOR = 'operator';
/** The server that stands in for MongoDB. */
export const MONGODB = 'mongo';

/** A MAC address that stays the same over reboots and differs between labs. */
export function macOf(lab: string, machine: string): string {
  const hash = createHash('sha256').update(`${lab}/${machine}`).digest('hex').slice(0, 10);
  return `02:${hash.match(/../g)?.join(':')}`;
}

/** Of the card that the operator has in the subnet. */
export const operatorMac = (lab: string): string => macOf(lab, OPERATOR);
