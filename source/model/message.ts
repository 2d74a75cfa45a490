export type Param = string | number;
export type Params = Readonly<Record<string, Param>>;

/**
 * What every summary, reason and verdict is: a code with parameters, no prose.
 * The catalogue in `text/` has the prose in both languages; a test fails if a code has none.
 */
export interface Message {
  readonly code: string;
  readonly params?: Params;
}

export function message(code: string, params?: Params): Message {
  return params ? { code, params } : { code };
}

/**
 * Something that is wrong, and where. Its text in the catalogue has a title, the likely cause
 * and the next steps.
 */
export interface Problem extends Message {
  /** The node to be mended. */
  readonly node?: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** Path in the cluster file, as `nodes[1].address`. */
  readonly field?: string;
  /** What a program or server said: untrusted text, shown harmless and in full on demand. */
  readonly detail?: string;
}

export type Whereabouts = Omit<Problem, 'code' | 'params'>;

export function problem(code: string, params: Params = {}, where: Whereabouts = {}): Problem {
  return { code, params, ...where };
}

/**
 * As it may be written into a journal: what a command, a server or the cloud said stays out, as it may
 * repeat a secret.
 */
export function unsaid({ detail: _, ...found }: Problem): Problem {
  return found;
}

/** Exit codes of the command line; see the product's contract. */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  usage: 64,
  locked: 75,
  notStarted: 125,
  interrupted: 130,
  /** Nobody reads our output any more. */
  unread: 141,
  terminated: 143,
} as const;

/** Something the operator can mend. Carries problems, never prose; anything else thrown is our bug. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly problems: readonly [Problem, ...Problem[]];
  readonly exitCode: number;

  constructor(
    problems: Problem | readonly [Problem, ...Problem[]],
    exitCode: number = EXIT.failed,
  ) {
    const list = Array.isArray(problems)
      ? (problems as readonly [Problem, ...Problem[]])
      : ([problems] as [Problem]);
    super(list.map((one) => one.code).join(', '));
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/** The run was interrupted (Ctrl-C, SIGTERM); everything up to here is journalled. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;
  constructor(exitCode: number = EXIT.interrupted) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}
