import type { VerdictState } from './check.ts';
import type { AddressMeter } from './cloud-meter.ts';
import type { AbsentView, DrillOutcome, Phases, View } from './drill.ts';
import type { DrillLive } from './drill-live.ts';
import type { DrillSpread } from './drill-spread.ts';
import type { SeenCall } from './drill-step.ts';
import type { Message, Params, Problem } from './message.ts';
import type { Effect } from './resource.ts';

export type StageState = 'planned' | 'running' | 'done' | 'failed' | 'skipped';
export type ChangeState = 'planned' | 'started' | 'done' | 'failed';

/** How many checks came to which verdict. */
export type CheckCounts = Readonly<Record<VerdictState, number>>;

/** The last event of every run. Which fields there are depends on `command`; see the contract. */
export interface ResultFields {
  readonly command: string;
  readonly ok: boolean;
  readonly elapsedMs: number;
  /** Three small programs answered in the place of IAM; absent where IAM itself did. */
  readonly standIn?: true;
  readonly changes?: number;
  readonly changed?: number;
  readonly unchanged?: number;
  readonly checks?: CheckCounts;
  readonly addresses?: { readonly vip: string; readonly public?: string };
  readonly roundTrips?: Readonly<Record<string, number>>;
  readonly drills?: { readonly passed: number; readonly failed: number };
  /** Who has the VIP in the end; null: nobody, or several. */
  readonly holder?: string | null;
  /** Of each drill that ran more than once. Absent: none did. */
  readonly spreads?: readonly DrillSpread[];
  readonly undone?: readonly string[] | number;
  readonly left?: readonly string[];
  readonly kept?: readonly string[];
  readonly files?: readonly string[];
  /** Of `cloud policy`: as the cloud's console takes it. */
  readonly policy?: object;
  /** Of the public addresses that a session has bought. */
  readonly meter?: readonly AddressMeter[];
  /** Of `sessions sweep`: what carries a session's mark, and no session here owns. */
  readonly orphans?: readonly OrphanFields[];
}

/** Something in a cloud that nobody here will give back. */
export interface OrphanFields {
  readonly what: 'ha-vip' | 'public-address';
  readonly id: string;
  readonly address: string;
  readonly region: string;
  /** As much of the session's id as is written on it. */
  readonly session: string;
  /** Who holds it, or what it leads to: it may be in use. */
  readonly usedBy: string | null;
  /** When it was made, or moved last, ISO 8601; null: not told. */
  readonly since: string | null;
  /** Yuan an hour while it leads nowhere; 0: nothing, now. */
  readonly yuanPerHour: number;
}

/** A node in a `watch` event. */
export interface WatchedFields {
  readonly node: string;
  /** Milliseconds since it was last heard; null: never. */
  readonly ageMs: number | null;
  /** What follows was true then, and is not known to be now. */
  readonly stale: boolean;
  readonly holds?: boolean;
  readonly state?: string;
  /** What does not run, or does not answer. */
  readonly down?: readonly string[];
}

/** What the engine says as it works. The faces read only these. */
export type EventBody =
  | { readonly type: 'stage'; readonly id: string; readonly state: StageState }
  | {
      readonly type: 'change';
      readonly stage: string;
      readonly node: string | null;
      readonly resource: string;
      readonly code: string;
      readonly summary: Message;
      readonly diff?: string;
      readonly effect: Effect;
      readonly state: ChangeState;
    }
  | {
      readonly type: 'progress';
      readonly stage: string;
      readonly node: string | null;
      readonly text: Message | string;
      readonly done?: number;
      readonly total?: number;
      /** To be read, and not only while it lasts: it stays on the screen. */
      readonly keep?: true;
    }
  | {
      readonly type: 'check';
      readonly stage: string;
      readonly id: string;
      readonly node: string | null;
      readonly verdict: VerdictState;
      readonly code: string;
      readonly params?: Params;
      readonly title: Message;
      readonly because?: string;
      readonly problem?: Problem;
    }
  | {
      readonly type: 'drill';
      readonly id: string;
      readonly run: number;
      readonly outcome: DrillOutcome;
      readonly rate: number;
      readonly views: readonly View[];
      readonly predictedMs: readonly [number, number];
      readonly phases: Phases;
      readonly holderBefore: string | null;
      readonly holderAfter: string | null;
      readonly restored: boolean;
      readonly sent: number;
      readonly failedRequests: number;
      readonly outageMs: number;
      readonly notifyLines: Readonly<Record<string, readonly string[]>>;
      /** Of the view that has most: late requests of after the takeover's first good answer. Absent: it did not move. */
      readonly lateAfter?: number;
      /** What calls came to while it was broken; only of drills that make some. */
      readonly calls?: readonly SeenCall[];
      /** Views that were wanted and could not be had. Absent: none. */
      readonly notMeasured?: readonly AbsentView[];
      readonly problems: readonly Problem[];
    }
  /** A drill while it goes on; only what draws it reads these. */
  | {
      readonly type: 'drill-live';
      readonly id: string;
      readonly run: number;
      readonly live: DrillLive;
    }
  /** What `watch` sees, for programs. */
  | {
      readonly type: 'watch';
      readonly holders: readonly string[];
      readonly nodes: readonly WatchedFields[];
      /** At the VIP, in the last minute. */
      readonly requests: { readonly ok: number; readonly late: number; readonly failed: number };
      /** At the public address; absent: there is none. `problem`: nobody can ask from there. */
      readonly outside?: {
        readonly vantage: string;
        readonly target: string;
        readonly ok?: number;
        readonly late?: number;
        readonly failed?: number;
        readonly problem?: string;
      };
      /** What the cloud says of the VIP; absent: none is asked. `problem`: it does not say. */
      readonly cloud?: {
        /** A node, or an instance that is none. */
        readonly holder?: string | null;
        readonly movedAt?: string | null;
        readonly publicAddress?: string | null;
        readonly ageMs?: number;
        readonly problem?: string;
      };
    }
  | { readonly type: 'problem'; readonly problem: Problem }
  | ({ readonly type: 'result' } & ResultFields);

export type EngineEvent = EventBody & { readonly at: string };
