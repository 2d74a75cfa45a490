import type {
  DrillEvent,
  Message,
  OutageBand,
  Problem,
  WatchedNode,
  WatchState,
} from '../model/index.ts';

/** A drill of the menu, as it would be if it were run now. */
export interface DrillOffer {
  readonly id: string;
  readonly stage: string;
  /** What would happen; absent: it is impossible now, and `problem` says why. */
  readonly plan?: {
    readonly victim: string;
    readonly texts: readonly Message[];
    readonly predictedMs: OutageBand;
    readonly holder: string | null;
    readonly holderAfter: string;
    readonly armedSeconds?: number;
  };
  readonly problem?: Problem;
}

/** What every drill screen says in its title. */
export interface DrillPlace {
  readonly cluster: string;
  readonly profile: string;
  readonly rate: number;
}

/** A run of a drill, as it was told. */
export type DrillRun = Omit<DrillEvent, 'at'>;

export type DrillScene =
  | {
      readonly kind: 'drill-menu';
      readonly place: DrillPlace;
      readonly offers: readonly DrillOffer[];
      /** There is something behind the drills to go on to. */
      readonly goesOn?: boolean;
    }
  | {
      readonly kind: 'drill-running';
      readonly place: DrillPlace;
      readonly drill: string;
      /** How many times in a row, where that is more than once. */
      readonly times: number;
      readonly stopping: boolean;
    }
  | {
      readonly kind: 'drill-after';
      readonly place: DrillPlace;
      readonly drill: string;
      /** The runs of which it tells: the last one in full, several as figures. */
      readonly runs: readonly DrillRun[];
      /** Both nodes, looked at when it was over. */
      readonly nodes: readonly WatchedNode[];
      readonly vip: string;
      /** When it was over: milliseconds since the epoch. */
      readonly atMs: number;
      /** Where the operator wants the VIP, if it is not there. */
      readonly home?: string;
      /** The drill that comes next, if there is one. */
      readonly next?: string;
    }
  | { readonly kind: 'watch'; readonly watch: WatchState };
