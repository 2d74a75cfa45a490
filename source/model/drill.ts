import type { DrillCalls, DrillHeal, DrillQuestion, DrillStep, SeenCall } from './drill-step.ts';
import type { Message, Problem } from './message.ts';
import type { AskedBy, ProbeTarget } from './prober.ts';
import type { NodeName } from './values.ts';

/** The pair as it is when a drill begins. */
export interface Situation {
  /** The node that has the VIP; null when none or several have it. */
  readonly holder: NodeName | null;
  readonly frontends: readonly NodeName[];
}

/** First and last value that an outage may have, in ms. */
export type OutageBand = readonly [number, number];

/** What should happen, said before it does. */
export interface Expectation {
  /** [min, max] of the worst VIP view's outage, by the arithmetic of the timers. */
  readonly outageMs: OutageBand;
  /**
   * Of each domain at the VIP, where they are not all to fare alike; one that is not named here
   * loses nothing. Absent: only the worst view is judged.
   */
  readonly domains?: Readonly<Record<string, OutageBand>>;
  /** Of each view of the VIP from inside, late and failed together, however far apart. Absent: not limited. */
  readonly lostAtMost?: number;
  /** By node: of its daemon, asked past nginx (see `DrillPlan.direct`). */
  readonly backends?: Readonly<Record<string, OutageBand>>;
  /** By the timers alone, in ms since the phase before: whom to blame for an outage outside its band. */
  readonly phases?: Readonly<Record<keyof Phases, OutageBand>>;
  readonly holderAfter: NodeName;
  /**
   * New lines of each node's notify log between the fault and the restore, in order; others: none. Of
   * a node that cannot be asked in between (`DrillPlan.away`): until it is whole again.
   */
  readonly notifyLines: Readonly<Record<string, readonly string[]>>;
  /** By node: what it may log instead, where a race decides. */
  readonly legalLines?: Readonly<Record<string, readonly (readonly string[])[]>>;
  /**
   * At most so many requests of a view are late that were sent after the takeover's first good
   * answer: those that the new holder offered to a backend that has gone. Absent: not said.
   */
  readonly lateAfterAtMost?: number;
}

/** What is asked during a drill. */
export type DrillTarget = ProbeTarget & {
  readonly domain: string;
  /** The node whose daemon is asked itself, past nginx. Absent: the VIP. */
  readonly backend?: string;
  /** The VIP as the Internet reaches it: by the cloud's public address, and by the cloud's view of who has it. */
  readonly outside?: true;
};

/** A fault with an expectation, planned for a situation. All pure values; the engine schedules them. */
export interface DrillPlan {
  readonly victim: NodeName;
  /** What the operator reads before saying yes. */
  readonly description: Message;
  readonly expectation: Expectation;
  /** Asked before anything else: a fault is only made where it is known that it can be undone. Absent: anywhere. */
  readonly questions?: readonly DrillQuestion[];
  /**
   * The node that nobody can reach from the fault until it comes back by itself. It is not asked
   * meanwhile, and taken for one that does not hold the VIP: nobody sees it there.
   */
  readonly away?: NodeName;
  /** Makes the host undo the fault by itself (a transient systemd timer): before anything breaks. */
  readonly arm: readonly DrillStep[];
  /** How long after the arming the host undoes it. Absent: not said. */
  readonly armedSeconds?: number;
  /** Brings the pair into the state that the fault needs (nginx already stopped, the VIP moved). */
  readonly prepare: readonly DrillStep[];
  readonly inject: readonly DrillStep[];
  /**
   * What a step of `prepare` or `inject` may say by a line `iam-ha-says WORD`, by word, in words for the
   * operator. Absent: nothing is told; the judge hears every word (`Evidence.said`).
   */
  readonly says?: Readonly<Record<string, Message>>;
  /** Exits 0 when the fault really happened; tried until its time is up. */
  readonly witness: readonly DrillStep[];
  /** How long the witness is tried. Default 8 s. */
  readonly witnessMs?: number;
  /** Asked besides the VIP. */
  readonly direct?: readonly DrillTarget[];
  /** Domains that fail for as long as the fault lasts: nobody waits for them before the restore. */
  readonly downUntilRestored?: readonly string[];
  /** Made while it is broken, and compared with what was said beforehand. */
  readonly calls?: DrillCalls;
  /** How long the pair is watched after the fault, at least. */
  readonly observeMs: number;
  readonly heal?: DrillHeal;
  readonly restore: readonly DrillStep[];
  /** Exits 0 when everything is as before; tried until its time is up. */
  readonly restored: readonly DrillStep[];
  /** The same where nothing was broken, so that nobody has changed state. Absent: `restored`. */
  readonly unbroken?: readonly DrillStep[];
  /** How long that may take, in ms. Absent: a minute. */
  readonly restoreMs?: number;
  /** Exits 0 when the nodes' own records, read after the restore, say that the fault happened. Absent: the witness will do. */
  readonly confirm?: readonly DrillStep[];
  /** Takes the armed undo away: after the restore. */
  readonly disarm: readonly DrillStep[];
  /** Prints the lines appended to the notify log since a byte offset given as `$FROM`; and the size. */
  readonly notifyLog: string;
}

export interface View {
  readonly vantage: string;
  readonly target: string;
  readonly domain: string;
  readonly sent: number;
  readonly ok: number;
  readonly late: number;
  readonly failed: number;
  readonly outageMs: number;
  readonly slowestMs: number;
  readonly jitterMs: number;
  /** How many requests failed for which reason ("refused", "reset", …). Absent: none failed. */
  readonly reasons?: Readonly<Record<string, number>>;
  /** The node whose daemon was asked itself; absent: the VIP was. */
  readonly backend?: string;
  /** Asked by the cloud's public address. */
  readonly outside?: true;
  /** Requests a second, where they are fewer than the drill's. */
  readonly rate?: number;
  /** How a third machine asked. Absent: it was not asked from one. */
  readonly by?: AskedBy;
  /** How wrong that machine's times may be on our clock, in ms: `cloudMs` is no better than that. */
  readonly clockMs?: number;
  /**
   * The cloud's share of a failover: from the address on the new holder to the first good answer at
   * this outside view. Absent: the VIP did not move, or nobody dated it.
   */
  readonly cloudMs?: number;
  /** Late, and sent after the first good answer that followed the takeover. Absent: the VIP did not move, or nobody dated it. */
  readonly lateAfter?: number;
  /** What was predicted of this very view, where the views were not to fare alike. */
  readonly predictedMs?: OutageBand;
}

/** A view that nobody could have: what was not seen is not taken for good. */
export interface AbsentView {
  readonly vantage: string;
  readonly target: string;
  readonly domain: string;
  /** Why nobody can ask from there. */
  readonly problem: Problem;
}

export interface Phases {
  readonly detected?: number;
  readonly decided?: number;
  readonly added?: number;
  readonly announced?: number;
  readonly answered?: number;
}

/** What was seen, for the verdict. */
export interface Evidence {
  readonly injected: boolean;
  /** A node refused a step of the fault. Absent: none did. */
  readonly refused?: Problem;
  /** Whether the pair came to rest at the fault's own end. Absent: the drill has none, or nothing was broken. */
  readonly healed?: boolean;
  readonly restored: boolean;
  readonly holderBefore: NodeName | null;
  /** Who had the VIP when the pair had settled after the fault, before the restore. */
  readonly holderAfter: NodeName | null;
  readonly views: readonly View[];
  /** Views that were wanted and could not be had. Absent: none. */
  readonly notMeasured?: readonly AbsentView[];
  /** Absent: nobody dated them. */
  readonly phases?: Phases;
  /** Between fault and restore, node by node. */
  readonly notifyLines: Readonly<Record<string, readonly string[]>>;
  /** Words that steps said of themselves, in order; absent: none. See `DrillPlan.says`. */
  readonly said?: readonly string[];
  /** In the order of the plan's table; absent: none were made. */
  readonly calls?: readonly SeenCall[];
  /** True when the prober itself was late: the run says nothing. */
  readonly proberLate: boolean;
}

export type DrillOutcome = 'passed' | 'failed' | 'not-injected' | 'aborted';

export interface DrillVerdict {
  readonly outcome: DrillOutcome;
  readonly problems: readonly Problem[];
}

export interface Drill {
  readonly id: string;
  readonly title: Message;
  /** A plan for the situation, or why there is none. */
  plan(
    situation: Situation,
  ):
    | { readonly kind: 'plan'; readonly plan: DrillPlan }
    | { readonly kind: 'impossible'; readonly problem: Problem };
  /** Pure. */
  judge(plan: DrillPlan, evidence: Evidence): DrillVerdict;
}
