import type { Message, Problem } from './message.ts';
import type { AskedBy, ProbeTarget } from './prober.ts';
import type { Content } from './secret.ts';
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
  /** By node: of its daemon, asked past nginx (see `DrillPlan.direct`). */
  readonly backends?: Readonly<Record<string, OutageBand>>;
  readonly holderAfter: NodeName;
  /** New lines of each node's notify log between the fault and the restore, in order; others: none. */
  readonly notifyLines: Readonly<Record<string, readonly string[]>>;
}

/** A step of a drill: a script on a node. Exit 0 is success. */
export interface DrillStep {
  readonly node: NodeName;
  readonly script: Content;
  readonly timeoutMs: number;
}

/** What is asked during a drill. */
export type DrillTarget = ProbeTarget & {
  readonly domain: string;
  /** The node whose daemon is asked itself, past nginx. Absent: the VIP. */
  readonly backend?: string;
  /** The VIP as the Internet reaches it: by the cloud's public address, and by the cloud's view of who has it. */
  readonly outside?: true;
};

/** A call that is made while something is broken, and what it should come to. */
export interface DrillCall {
  /** "POST /login". */
  readonly call: string;
  /** Whom it is made to: a node's name, or "VIP". */
  readonly at: string;
  /** "401 incorrect Username or Password": status, then IAM's code or words. */
  readonly expected: string;
  /** Whether that is of use to a client. */
  readonly works: boolean;
}

/** A call, and what it came to. */
export interface SeenCall extends DrillCall {
  readonly seen: string;
}

export interface DrillCalls {
  readonly table: readonly DrillCall[];
  /** Makes all calls of the table, in its order. */
  readonly step: DrillStep;
  /** What each call of the table came to, from the step's output. */
  read(stdout: string): readonly string[];
}

/** A fault with an expectation, planned for a situation. All pure values; the engine schedules them. */
export interface DrillPlan {
  readonly victim: NodeName;
  /** What the operator reads before saying yes. */
  readonly description: Message;
  readonly expectation: Expectation;
  /** Makes the host undo the fault by itself (a transient systemd timer): before anything breaks. */
  readonly arm: readonly DrillStep[];
  /** How long after the arming the host undoes it. Absent: not said. */
  readonly armedSeconds?: number;
  /** Brings the pair into the state that the fault needs (nginx already stopped, the VIP moved). */
  readonly prepare: readonly DrillStep[];
  readonly inject: readonly DrillStep[];
  /** Exits 0 when the fault really happened; tried until its time is up. */
  readonly witness: readonly DrillStep[];
  /** Asked besides the VIP. */
  readonly direct?: readonly DrillTarget[];
  /** Domains that fail for as long as the fault lasts: nobody waits for them before the restore. */
  readonly downUntilRestored?: readonly string[];
  /** Made while it is broken, and compared with what was said beforehand. */
  readonly calls?: DrillCalls;
  /** How long the pair is watched after the fault, at least. */
  readonly observeMs: number;
  readonly restore: readonly DrillStep[];
  /** Exits 0 when everything is as before; tried until its time is up. */
  readonly restored: readonly DrillStep[];
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
