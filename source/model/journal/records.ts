import type {
  AbsentView,
  ChangePart,
  CloudAction,
  CloudUndo,
  DrillOutcome,
  DrillTrace,
  Message,
  OwnWords,
  Phases,
  Problem,
  SeenCall,
  UndoStep,
  View,
} from '../index.ts';

/** Where a secret is; never the secret. */
interface NamedSecret {
  readonly kind: 'env';
  readonly variable: string;
}

/** A node as the cluster file had it. */
export interface FormerNode {
  readonly node: string;
  readonly address: string;
  readonly data: boolean;
  readonly ssh: {
    readonly host: string;
    readonly user?: string;
    readonly port?: number;
    readonly identityFile?: string;
    readonly knownHosts?: string;
    readonly password?: NamedSecret;
    readonly sudoPassword?: NamedSecret;
  };
}

/**
 * Of the records' meaning. A program that does not know a record would take what it says for not done:
 * so it goes up with every kind of record that an undo or a resumed run must not overlook.
 */
export const JOURNAL_VERSION = 3;

/** What a run writes down. No record ever holds a secret. */
export type JournalBody =
  | {
      readonly type: 'session-created';
      readonly name: string;
      readonly id: string;
      readonly language: 'en' | 'zh';
      readonly runbook: string;
    }
  | {
      readonly type: 'run-started';
      readonly command: string;
      /** Of the journal, as the run writes it. Absent: 1. */
      readonly version?: number;
      readonly pid: number;
      /** When that process started, in the kernel's clock ticks. */
      readonly started?: string;
      readonly host: string;
      readonly user: string;
      /** Of the locks that this run takes: a later run of the session on this computer may take them over. */
      readonly token: string;
    }
  | {
      readonly type: 'run-ended';
      readonly command: string;
      readonly ok: boolean;
      readonly elapsedMs: number;
    }
  /** Written before a change is made, with all that taking it back needs. */
  | {
      readonly type: 'intent';
      readonly change: string;
      readonly stage: string;
      readonly node: string;
      readonly resource: string;
      /** `diff`: as much of it as is kept, see `keptDiff`. Absent in a journal of an earlier version. */
      readonly parts: readonly ChangePart[];
      readonly undo: readonly UndoStep[];
    }
  | {
      readonly type: 'outcome';
      readonly change: string;
      readonly state: 'done' | 'failed' | 'unknown';
      readonly problem?: Problem;
    }
  /** Where things are made in a cloud from here on: what a destroy or a sweep has to ask. */
  | {
      readonly type: 'cloud-chosen';
      readonly provider: 'tencent';
      readonly region: string;
      readonly account: string;
      readonly network: string | null;
    }
  /** Written before anything is asked of the cloud, with all that taking it back needs. */
  | {
      readonly type: 'cloud-intent';
      readonly change: string;
      readonly stage: string;
      readonly resource: string;
      readonly summary: Message;
      /** False: somebody else's, taken as it is. It is never given back. */
      readonly owned: boolean;
      readonly actions: readonly CloudAction[];
      readonly undo: readonly CloudUndo[];
    }
  | {
      readonly type: 'cloud-outcome';
      readonly change: string;
      readonly state: 'done' | 'failed' | 'unknown';
      readonly outputs: Readonly<Record<string, string>>;
      /** The last call's, for the cloud's support. */
      readonly requestId: string;
      readonly traceId: string;
      readonly problem?: Problem;
    }
  | {
      readonly type: 'cloud-undone';
      readonly change: string;
      readonly left: readonly string[];
      readonly kept: readonly string[];
      readonly requestId: string;
    }
  | {
      readonly type: 'undone';
      readonly change: string;
      readonly left: readonly string[];
      readonly kept: readonly string[];
    }
  | { readonly type: 'lock-taken-over'; readonly node: string; readonly from: string }
  /** A node that has gone from the cluster file: how it was reached while it was in it. */
  | ({ readonly type: 'node-left' } & FormerNode)
  /** A node that has left: nobody answers at its address, or what is left on it stays. What was changed there is done with. */
  | { readonly type: 'node-given-up'; readonly node: string; readonly left: readonly string[] }
  | { readonly type: 'stage-done'; readonly stage: string }
  /** Which runbook the session runs from here on; the copy beside the journal has this sha256. */
  | {
      readonly type: 'runbook-chosen';
      readonly runbook: string;
      /** Null: the one that comes with the program. */
      readonly sha256: string | null;
      /** Its own steps' titles: for lists and reports when they are in no runbook any more. */
      readonly titles: Readonly<Record<string, OwnWords>>;
    }
  /** Somebody said that they have done it. */
  | {
      readonly type: 'manual-done';
      readonly step: string;
      readonly title: OwnWords;
      readonly undo: OwnWords | null;
    }
  /** It was said what to take back by hand. */
  | { readonly type: 'manual-undone'; readonly step: string }
  | {
      readonly type: 'checked';
      readonly stage: string;
      readonly id: string;
      readonly node: string | null;
      readonly verdict: string;
      readonly reason: Message;
      readonly because?: string;
      readonly problem?: Problem;
    }
  | {
      readonly type: 'drill-armed';
      readonly drill: string;
      readonly victim: string;
    }
  | {
      readonly type: 'drilled';
      readonly drill: string;
      readonly run: number;
      readonly outcome: DrillOutcome;
      readonly rate: number;
      readonly views: readonly View[];
      readonly predictedMs: readonly [number, number];
      readonly holderBefore: string | null;
      readonly holderAfter: string | null;
      readonly notifyLines: Readonly<Record<string, readonly string[]>>;
      readonly restored: boolean;
      readonly calls?: readonly SeenCall[];
      readonly notMeasured?: readonly AbsentView[];
      readonly problems: readonly Problem[];
      /** Absent in a journal of an earlier version, as is the trace: no undo and no resumed run needs them. */
      readonly phases?: Phases;
      /** For its picture. Also absent where nothing was broken. */
      readonly trace?: DrillTrace;
    }
  | { readonly type: 'step-left-running'; readonly node: string; readonly what: string }
  | { readonly type: 'vip-moved'; readonly from: string; readonly to: string };

/** A record as it stands in the file: numbered from 1, dated, chained to the one before. */
export type JournalRecord = JournalBody & {
  readonly n: number;
  readonly at: string;
  readonly hash: string;
};
