import { isAbsolute, join, resolve } from 'node:path';
import {
  connectNode,
  type NodeConnection,
  type SshOptions,
  type SshTarget,
} from '../../drivers/ssh/index.ts';
import {
  type Content,
  type NodeName,
  OperatorError,
  type Problem,
  problem,
  type RunResult,
} from '../../model/index.ts';
import type { Look, Way } from '../../questions/index.ts';

/** The way to a machine, with the login. */
export interface Entrance {
  readonly way: Way;
  readonly user: string;
  readonly identityFile?: string;
}

/** `~/` and a path from the cluster file's folder, as ssh is to be given it. */
export function fullPath(path: string, folder: string, home: string): string {
  if (path.startsWith('~/')) return join(home, path.slice(1));
  return isAbsolute(path) ? path : resolve(folder, path);
}

function targetOf({ way, user, identityFile }: Entrance): SshTarget {
  const { host, port } = way;
  return {
    // it has no name yet: problems call it as the operator does
    node: host as NodeName,
    address: host,
    host,
    user: way.user ?? user,
    ...(port !== undefined && { port }),
    ...(identityFile !== undefined && { identityFile }),
  };
}

/** A machine that is looked at: connected when it is first asked, and again when that was lost. */
export class Reach {
  readonly #target: SshTarget;
  readonly #options: SshOptions;
  #connection: NodeConnection | undefined;

  constructor(entrance: Entrance, options: SshOptions) {
    this.#target = targetOf(entrance);
    this.#options = options;
  }

  /** @throws OperatorError */
  async connect(): Promise<NodeConnection> {
    this.#connection ??= await connectNode(this.#target, this.#options);
    return this.#connection;
  }

  /** Standard output of a read-only script. @throws OperatorError */
  async ask(script: Content, timeoutMs: number): Promise<string> {
    const known = this.#connection !== undefined;
    const result = await (await this.connect()).run(script, { timeoutMs });
    if (result.kind === 'exited') return result.stdout;
    await this.close();
    // the operator may have thought for an hour: what a router forgot meanwhile is made anew
    if (known && result.kind === 'disconnected') return this.ask(script, timeoutMs);
    throw new OperatorError(lost(result, this.#target.address));
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }
}

function lost(result: Exclude<RunResult, { kind: 'exited' }>, found: string): Problem {
  return result.kind === 'disconnected' ? result.problem : problem('init-node-lost', { found });
}

/** The machines of a look, in the order in which they were named. */
export function entrancesOf(
  { ways, user, identityFile }: Extract<Look, { at: 'nodes' }>,
  folder: string,
  home: string,
): readonly Entrance[] {
  const key = identityFile && fullPath(identityFile, folder, home);
  return ways.map((way) => ({ way, user, ...(key && { identityFile: key }) }));
}

/** A problem without a place in a file that is not written yet. */
export function unplaced(found: Problem): Problem {
  const { file: _file, line: _line, field: _field, ...others } = found;
  return others;
}

/** What the operator can mend; throws anything else. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof OperatorError)) throw error;
  return unplaced(error.problems[0]);
}
