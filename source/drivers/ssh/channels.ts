import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientChannel, Client as SshClient } from 'ssh2';
import { errorText } from './problems.ts';

/** sshd allows 10 sessions a connection by default, and one that is closing still counts. */
const MOST_SESSIONS = 6;
/** SSH_OPEN_CONNECT_FAILED: what sshd answers when it has no session left. */
const NO_SESSION_LEFT = 2;

/** The connection is gone, or was never able to carry this. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** Opens session channels of one connection, never too many at once. */
export class Channels {
  readonly #client: SshClient;
  readonly #waiting: (() => void)[] = [];
  #open = 0;
  #closed = false;
  /** What the connection died of, as far as is known. */
  lostBecause = '';

  constructor(client: SshClient) {
    this.#client = client;
    client.on('error', (error) => {
      this.lostBecause = errorText(error);
    });
    client.once('close', () => {
      this.#closed = true;
      for (const go of this.#waiting.splice(0)) go();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Runs a command on a channel of its own; the caller ends the channel. `attach` must set every
   * listener before it returns: a command's whole answer may come with the word that it started.
   * `urgent` does not wait for others (a cancellation must get through).
   * Throws ConnectionLostError; aborts with the signal's reason.
   */
  async exec(
    command: string,
    signal: AbortSignal,
    attach: (channel: ClientChannel) => void,
    urgent = false,
  ): Promise<ClientChannel> {
    if (!urgent) await this.#slot(signal);
    this.#open += 1;
    try {
      return await this.#execWithRetry(command, signal, (channel) => {
        channel.once('close', () => this.#release());
        attach(channel);
      });
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  async #slot(signal: AbortSignal): Promise<void> {
    while (this.#open >= MOST_SESSIONS && !this.#closed) {
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          this.#waiting.splice(this.#waiting.indexOf(go), 1);
          reject(signal.reason);
        };
        const go = () => {
          signal.removeEventListener('abort', stop);
          resolve();
        };
        signal.throwIfAborted();
        signal.addEventListener('abort', stop, { once: true });
        this.#waiting.push(go);
      });
    }
  }

  #release(): void {
    this.#open -= 1;
    this.#waiting.shift()?.();
  }

  async #execWithRetry(
    command: string,
    signal: AbortSignal,
    attach: (channel: ClientChannel) => void,
  ): Promise<ClientChannel> {
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      signal.throwIfAborted();
      const answer = await this.#tryExec(command, signal, attach);
      if (!(answer instanceof Error)) return answer;
      const { reason } = answer as { reason?: unknown };
      if (reason !== NO_SESSION_LEFT) throw new ConnectionLostError(errorText(answer));
      await sleep(pause, undefined, { signal });
    }
  }

  /** A channel that opens after the signal is closed at once. */
  #tryExec(
    command: string,
    signal: AbortSignal,
    attach: (channel: ClientChannel) => void,
  ): Promise<ClientChannel | Error> {
    if (this.#closed) return Promise.resolve(new Error('not connected'));
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      const done = (error: Error | undefined, channel: ClientChannel) => {
        signal.removeEventListener('abort', stop);
        if (!error && signal.aborted) channel.close();
        else if (!error) attach(channel);
        resolve(error ?? channel);
      };
      try {
        this.#client.exec(command, done);
      } catch (error) {
        done(error as Error, undefined as never);
      }
    });
  }
}
