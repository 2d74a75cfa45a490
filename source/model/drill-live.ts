import type { OutageBand, Phases } from './drill.ts';
import type { Message } from './message.ts';
import type { ProbeOutcome } from './prober.ts';
import type { Content } from './secret.ts';

/** keepalived's state on a node, as its log has it; `unknown` until it has said one. */
export type VrrpState = 'MASTER' | 'BACKUP' | 'FAULT' | 'STOP' | 'unknown';

/** What a drill is busy with, in this order. */
export const DRILL_STEPS = ['prepare', 'baseline', 'break', 'watch', 'restore', 'settle'] as const;
export type DrillStepName = (typeof DRILL_STEPS)[number];

export type PhaseName = keyof Phases;
/** In the order of a failover. */
export const PHASE_NAMES: readonly PhaseName[] = [
  'detected',
  'decided',
  'added',
  'announced',
  'answered',
];

/** What is asked, as far as a picture needs it. */
export interface LiveTarget {
  readonly domain: string;
  /** The node whose daemon is asked itself, past nginx. Absent: the VIP. */
  readonly backend?: string;
  readonly vantage: string;
  /** Asked by the cloud's public address. */
  readonly outside?: true;
  /** Asked only each so-manieth time. */
  readonly every?: number;
  /** Nobody can ask from there: it has no samples. */
  readonly absent?: true;
}

/** A request as it ended: target (its place in the list), scheduled time, outcome. */
export type LiveSample = readonly [target: number, scheduledMs: number, outcome: ProbeOutcome];

/**
 * What the scheduler says while a drill goes on, for a picture of it: never part of the evidence.
 * All times are milliseconds since 1970 on the prober's clock; a node's own have been converted.
 */
export type DrillLive =
  | {
      readonly kind: 'planned';
      readonly victim: string;
      readonly nodes: readonly string[];
      readonly holder: string | null;
      readonly texts: readonly Message[];
      readonly predictedMs: OutageBand;
      readonly rate: number;
      /** How long it is watched after the fault, at least. */
      readonly observeMs: number;
    }
  | { readonly kind: 'armed'; readonly node: string; readonly untilMs: number }
  | { readonly kind: 'step'; readonly step: DrillStepName; readonly atMs: number }
  | { readonly kind: 'targets'; readonly targets: readonly LiveTarget[] }
  /** Who has the VIP just before the fault: what comes before it may have moved it. */
  | { readonly kind: 'holder'; readonly holder: string | null }
  | { readonly kind: 'fault'; readonly atMs: number }
  | { readonly kind: 'witnessed'; readonly injected: boolean }
  | {
      readonly kind: 'address';
      readonly node: string;
      readonly atMs: number;
      readonly held: boolean;
    }
  | {
      readonly kind: 'state';
      readonly node: string;
      readonly atMs: number;
      readonly state: VrrpState;
    }
  | { readonly kind: 'log'; readonly node: string; readonly atMs: number; readonly line: string }
  | { readonly kind: 'samples'; readonly samples: readonly LiveSample[] }
  | { readonly kind: 'phases'; readonly phases: Phases }
  | { readonly kind: 'restored'; readonly restored: boolean; readonly atMs: number };

/** What a node says of itself while it is followed. Its times are its own clock's. */
export type NodeSign = { readonly atMs: number } & (
  | { readonly kind: 'clock' }
  /** The VIP on its NIC. */
  | { readonly kind: 'address'; readonly held: boolean }
  | { readonly kind: 'state'; readonly state: VrrpState }
  /** A new line of the notify log. */
  | { readonly kind: 'log'; readonly line: string }
  /** keepalived's own words that date a phase. */
  | { readonly kind: 'evidence'; readonly of: 'own-fault' | 'peer-gone' | 'decided' | 'announced' }
);

/** How a node is followed: a script that prints until it is ended, and what its lines mean. */
export interface Follow {
  readonly script: Content;
  read(line: string): readonly NodeSign[];
}
