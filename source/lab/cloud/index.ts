export type { ArpAnswer } from './arp.ts';
export type { Bill } from './billing.ts';
export type { Pace } from './context.ts';
export type { Fault } from './faults.ts';
export { type ProcessOptions, serveCloud } from './main.ts';
export { type Cloud, createCloud, type ServerOptions } from './server.ts';
export type { CloudOptions } from './standing.ts';
export type { World } from './types.ts';
