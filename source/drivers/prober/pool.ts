import type { Duplex } from 'node:stream';

/** A machine that opens connections for us, as the SSH driver enters it. */
export interface Opener {
  forward(address: string, port: number): Promise<Duplex>;
  /** Runs a command there. Absent: none may run. */
  start?(command: string): Promise<Duplex>;
  close(): void;
}

/**
 * Silence that a prober must live through without running out of handles: a public address that
 * follows late, with room to spare.
 */
const SILENCE_S = 8;
/** Of sshd's 1,024 file handles, those that may wait for an answer. */
const PENDING_AT_MOST = 900;
/** sshd turns strangers away at random from the tenth on that has not logged in yet (MaxStartups). */
const CONNECTIONS_AT_MOST = 8;

/** How many SSH connections so many requests a second need: each is served by an sshd of its own. */
export function connectionsFor(requestsPerSecond: number): number {
  const wanted = Math.ceil((requestsPerSecond * SILENCE_S) / PENDING_AT_MOST);
  return Math.min(CONNECTIONS_AT_MOST, Math.max(1, wanted));
}

/**
 * Several SSH connections to one machine as one. An open to an address that nobody answers holds a
 * file handle of the sshd that serves its connection for minutes: so the idlest one opens.
 */
export class Pool implements Opener {
  readonly #members: readonly { readonly opener: Opener; pending: number }[];

  private constructor(openers: readonly Opener[]) {
    this.#members = openers.map((opener) => ({ opener, pending: 0 }));
  }

  /** The first one alone: whoever is asked something is asked once. @throws whatever `enter` throws */
  static async open(enter: () => Promise<Opener>, count: number): Promise<Pool> {
    const first = await enter();
    const others = await Promise.allSettled(Array.from({ length: count - 1 }, enter));
    const more = others.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    return new Pool([first, ...more]);
  }

  get size(): number {
    return this.#members.length;
  }

  async forward(address: string, port: number): Promise<Duplex> {
    const idlest = this.#members.reduce((best, one) => (one.pending < best.pending ? one : best));
    idlest.pending += 1;
    try {
      return await idlest.opener.forward(address, port);
    } finally {
      idlest.pending -= 1;
    }
  }

  close(): void {
    for (const { opener } of this.#members) opener.close();
  }
}
