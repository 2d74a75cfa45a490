import type { Problem } from './message.ts';
import type { Content } from './secret.ts';
import type { NodeName } from './values.ts';

/** A step of a drill: a script on a node. Exit 0 is success. */
export interface DrillStep {
  readonly node: NodeName;
  readonly script: Content;
  readonly timeoutMs: number;
  /** Of a fault that happens only so long after its step has begun: in ms. */
  readonly delayMs?: number;
}

/** A look at a node that only tells whether something may be broken there. */
export interface DrillQuestion {
  readonly node: NodeName;
  readonly script: Content;
  readonly timeoutMs: number;
  /** Why not, from what the script printed; undefined: it may. */
  refusal(stdout: string): Problem | undefined;
}

/**
 * The end of a fault, where that is a part of what is to be seen: after the watch, and before anybody
 * looks who has the VIP and what was logged.
 */
export interface DrillHeal {
  /** Ends it. None: it ends without us. */
  readonly steps: readonly DrillStep[];
  /** Exits 0 when the pair has come to rest; tried until its time is up. */
  readonly settled: readonly DrillStep[];
  readonly withinMs: number;
}

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
