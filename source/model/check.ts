import type { Measurement } from './action.ts';
import type { Message, Problem } from './message.ts';
import type { Measured } from './observation.ts';
import type { NodeName } from './values.ts';

export type VerdictState = 'passed' | 'warned' | 'failed' | 'unknown';

export interface Verdict {
  readonly state: VerdictState;
  /** Why, in a line: "5 and 5 of 10". */
  readonly reason: Message;
  /** For warned and failed. `problem.node`, where set, is the node to be mended. */
  readonly problem?: Problem;
  /** The check whose failure explains this one: then `state` is unknown. */
  readonly because?: string;
}

/** One claim about the running system. It never changes anything. */
export interface Check {
  /** Unique in the run: "nginx-health/iam-1/api". */
  readonly id: string;
  /** The node it is about, or null when it is about the pair. */
  readonly node: NodeName | null;
  readonly title: Message;
  /** Every measurement is made once a try, in this order on each node. */
  readonly measurements: readonly Measurement[];
  /** Pure: the measurements' results, in the same order -> the verdict. */
  judge(measured: readonly Measured[]): Verdict;
  /**
   * Ids of checks that, when they failed (or are themselves explained), explain this one's failure:
   * a cause is named once, and what fails because of it is unknown.
   * An id ending in "*" means every check with that beginning.
   */
  readonly explainedBy?: readonly string[];
  /** After a change: measured again until it passes or this long has gone by. */
  readonly deadlineMs: number;
  /** For "see for yourself": a command to copy. */
  readonly seeForYourself?: string;
}

export function passed(reason: Message): Verdict {
  return { state: 'passed', reason };
}

export function failed(problem: Problem): Verdict {
  return { state: 'failed', reason: { code: problem.code, params: problem.params ?? {} }, problem };
}

export function warned(problem: Problem): Verdict {
  return { state: 'warned', reason: { code: problem.code, params: problem.params ?? {} }, problem };
}

export function unknown(reason: Message, because?: string): Verdict {
  return because ? { state: 'unknown', reason, because } : { state: 'unknown', reason };
}
