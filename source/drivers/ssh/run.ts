import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import type { Content, Problem, RunResult } from '../../model/index.ts';
import { seal } from './envelope.ts';
import { killGroup } from './kill.ts';
import { MarkedStream } from './marked-stream.ts';
import { commandAsRoot, passwordLine } from './privilege.ts';
import { errorText, sshProblem } from './problems.ts';
import { disconnectedProblem, type Session } from './session.ts';
import type { RunOptions } from './types.ts';

export interface ExchangeOptions extends RunOptions {
  /** Does not wait for other commands' channels, and is not counted. */
  readonly urgent?: boolean;
  /** Writes what the script reads on stdin, and ends the channel. */
  readonly feed?: (channel: ClientChannel) => void;
}

/** More than any script of ours prints: a node that sends more is not believed. */
const MOST_OUTPUT = 64 * 1024 * 1024;
/** How long a cancelled script may take to say goodbye after it was killed. */
const FAREWELL_MS = 2_000;

/** Runs one script; see NodeConnection.run for its promises. */
export async function runScript(
  session: Session,
  script: Content,
  options: ExchangeOptions,
): Promise<RunResult> {
  return new Exchange(session, options).carryOut(script);
}

type Ending = 'finished' | 'lost' | 'too-much' | 'deadline' | 'aborted';

/** One script on its way: sent, listened to, and ended in exactly one way. */
class Exchange {
  readonly #session: Session;
  readonly #options: ExchangeOptions;
  readonly #mark = `iam-ha:${randomBytes(12).toString('hex')}`;
  readonly #out = new MarkedStream(this.#mark);
  readonly #err = new MarkedStream(this.#mark);
  readonly #opening = new AbortController();
  #end: (ending: Ending) => void = () => {};
  readonly #ended = new Promise<Ending>((resolve) => {
    this.#end = resolve;
  });
  #exit: number | null | undefined;
  #lostDetail = '';

  constructor(session: Session, options: ExchangeOptions) {
    this.#session = session;
    this.#options = options;
  }

  async carryOut(script: Content): Promise<RunResult> {
    const startedAt = performance.now();
    const stopWatching = this.#watchLimits();
    const channel = await this.#open(script);
    const ending = await this.#ended;
    stopWatching();
    this.#opening.abort();
    if (this.#mustKill(ending)) await this.#kill(channel);
    channel?.close();
    return this.#result(ending, Math.round(performance.now() - startedAt));
  }

  /** The deadline, the signal and the connection's end. */
  #watchLimits(): () => void {
    const { signal, timeoutMs } = this.#options;
    const { client } = this.#session;
    const onDeadline = () => this.#end('deadline');
    const onAbort = () => this.#end('aborted');
    const onClose = () => this.#end('lost');
    const timer = setTimeout(onDeadline, timeoutMs);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    client.once('close', onClose);
    void this.#ended.then(() => this.#opening.abort());
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      client.removeListener('close', onClose);
    };
  }

  async #open(script: Content): Promise<ClientChannel | undefined> {
    const { channels, privilege } = this.#session;
    const command = commandAsRoot(privilege);
    try {
      const attach = (fresh: ClientChannel) => this.#listen(fresh);
      const { signal } = this.#opening;
      const channel = await channels.exec(command, signal, attach, this.#options.urgent);
      channel.write(passwordLine(privilege));
      const { feed } = this.#options;
      channel.write(seal(script, this.#mark, feed ? 'stream' : 'empty'));
      if (feed) feed(channel);
      else channel.end();
      return channel;
    } catch (error) {
      this.#lostDetail = errorText(error);
      this.#end('lost');
      return undefined;
    }
  }

  #listen(channel: ClientChannel): void {
    const take = (stream: MarkedStream) => (chunk: Buffer) => {
      const text = stream.push(chunk);
      if (text) this.#options.onOutput?.(text);
      if (this.#out.bytes + this.#err.bytes > MOST_OUTPUT) this.#end('too-much');
      if (this.#out.exitCode !== undefined && this.#err.exitCode !== undefined) {
        this.#end('finished');
      }
    };
    channel.on('data', take(this.#out));
    channel.stderr.on('data', take(this.#err));
    channel.on('exit', (code: number | null) => {
      this.#exit = code;
    });
    channel.on('error', () => this.#end('lost'));
    // stderr may have its last bytes in the same turn.
    channel.on('close', () => setImmediate(() => this.#end(this.#closedHow())));
  }

  #closedHow(): Ending {
    return this.#out.exitCode === undefined ? 'lost' : 'finished';
  }

  #mustKill(ending: Ending): boolean {
    if (ending === 'aborted') return this.#options.whenAborted !== 'leave';
    return ending === 'deadline' || ending === 'too-much';
  }

  async #kill(channel: ClientChannel | undefined): Promise<void> {
    if (!channel || this.#options.urgent) return;
    const group = Number(await this.#until(() => this.#out.opening));
    if (!Number.isInteger(group) || group <= 1) return;
    await killGroup(this.#session, group);
    await this.#until(() => this.#out.exitCode);
  }

  /** Waits a moment for something that the node is about to say. */
  async #until<T>(look: () => T | undefined): Promise<T | undefined> {
    const until = performance.now() + FAREWELL_MS;
    while (look() === undefined && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return look();
  }

  #result(ending: Ending, afterMs: number): RunResult {
    const { counter } = this.#session;
    const output = { stdout: this.#out.text(), stderr: this.#err.text() };
    const exitCode = this.#out.exitCode;
    if (ending === 'finished' && exitCode !== undefined) {
      if (!this.#options.urgent) counter.roundTrips += 1;
      return { kind: 'exited', exitCode, ...output };
    }
    if (ending === 'deadline') return { kind: 'timed-out', afterMs, ...output };
    return { kind: 'disconnected', problem: this.#problem(ending), ...output };
  }

  #problem(ending: Ending): Problem {
    const { target, channels } = this.#session;
    if (ending === 'too-much') return sshProblem(target, 'output-too-large');
    if (ending === 'aborted') {
      const left = this.#options.whenAborted === 'leave';
      return sshProblem(target, left ? 'run-left-running' : 'run-cancelled');
    }
    if (this.#exit === undefined || this.#out.opening !== undefined) {
      return disconnectedProblem(target, channels.lostBecause || this.#lostDetail);
    }
    const preamble = Buffer.concat([...this.#out.preamble, ...this.#err.preamble]).toString('utf8');
    return sshProblem(
      target,
      'script-not-started',
      { exitCode: this.#exit ?? 'none' },
      preamble.trim() || '-',
    );
  }
}
