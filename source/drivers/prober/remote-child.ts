import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { RemoteClock } from './remote-clock.ts';
import { type FromRemote, readLine } from './remote-line.ts';
import { type Runtime, remoteCommand, remoteProgram } from './remote-program.ts';
import { epochMs } from './schedule.mjs';

/** Runs a command on the third machine; its standard input and output. */
export type Start = (command: string) => Promise<Duplex>;

/** To say what there is, and to be ready: an interpreter starts in a tenth of a second. */
const READY_MS = 8_000;
/** Questions for the time before the first request: the quickest answer is what counts. */
const CLOCK_QUESTIONS = 12;
/** No line of ours is longer: a batch of 50 ms is 20 kB. */
const MOST_UNREAD = 4 * 1024 * 1024;

/** Our prober at work on a third machine, as a child of its sshd. */
export class RemoteChild {
  readonly #channel: Duplex;
  readonly #listeners = new Set<(said: FromRemote | undefined) => void>();
  #unread = '';
  #isLost = false;
  readonly clock = new RemoteClock();
  runtime: Runtime = 'node';
  /** Whether it can speak TLS. */
  tls = false;

  private constructor(channel: Duplex) {
    this.#channel = channel;
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => this.#read(text));
    channel.on('error', () => this.close());
    channel.once('close', () => this.#lose());
    channel.once('end', () => this.close());
  }

  /** Starts it, and finds out about its clock. Undefined: there is nothing there to run it with. */
  static async start(start: Start): Promise<RemoteChild | undefined> {
    const channel = await start(remoteCommand()).catch(() => undefined);
    if (!channel) return undefined;
    const child = new RemoteChild(channel);
    const wanted = await child.#heard('wants', 'none');
    if (wanted?.kind === 'wants' && (await child.#prepare(wanted.runtime))) return child;
    child.close();
    return undefined;
  }

  async #prepare(runtime: Runtime): Promise<boolean> {
    this.runtime = runtime;
    const ready = this.#heard('ready');
    this.say({ kind: 'program', text: remoteProgram(runtime) });
    const said = await ready;
    if (said?.kind !== 'ready') return false;
    this.tls = said.tls;
    for (let n = 0; n < CLOCK_QUESTIONS; n += 1) if (!(await this.askTime())) return false;
    return true;
  }

  /** Asks for the time there. @returns whether it answered */
  async askTime(): Promise<boolean> {
    const answer = this.#heard('clock');
    this.say({ kind: 'clock', askedMs: epochMs(0) });
    return (await answer)?.kind === 'clock';
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  say(message: object): void {
    if (!this.#isLost) this.#channel.write(`${JSON.stringify(message)}\n`);
  }

  /** Told everything that it says, then undefined once, when nothing more will come. */
  listen(listener: (said: FromRemote | undefined) => void): void {
    if (this.#isLost) listener(undefined);
    else this.#listeners.add(listener);
  }

  /** Ends it: it goes with its standard input. */
  close(): void {
    this.#lose();
    this.#channel.destroy();
  }

  #lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#tell(undefined);
    this.#listeners.clear();
  }

  #tell(said: FromRemote | undefined): void {
    for (const listener of [...this.#listeners]) listener(said);
  }

  #read(text: string): void {
    const lines = (this.#unread + text).split('\n');
    this.#unread = lines.pop() ?? '';
    if (this.#unread.length > MOST_UNREAD) this.close();
    for (const said of lines.map(readLine)) {
      if (said?.kind === 'clock') this.clock.take({ ...said, readMs: epochMs(0) });
      if (said) this.#tell(said);
    }
  }

  /** The next of these that it says; undefined: it is lost, or silent for too long. */
  #heard(...kinds: readonly FromRemote['kind'][]): Promise<FromRemote | undefined> {
    const limit = new AbortController();
    const heard = new Promise<FromRemote | undefined>((resolve) => {
      const listener = (said: FromRemote | undefined) => {
        if (said && !kinds.includes(said.kind)) return;
        this.#listeners.delete(listener);
        limit.abort();
        resolve(said);
      };
      this.listen(listener);
    });
    const tooLong = sleep(READY_MS, undefined, { signal: limit.signal }).catch(() => undefined);
    return Promise.race([heard, tooLong]);
  }
}
