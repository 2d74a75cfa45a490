import { createHash } from 'node:crypto';
import type { State } from './types.ts';

/** Gives identifiers that follow from the seed and from how many were given before. */
export class Ids {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  #next(state: State): Buffer {
    state.issued += 1;
    return createHash('sha256').update(`${this.#seed}/${state.issued}`).digest();
  }

  /** `havip-9t4x2k0a` */
  resource(state: State, kind: string): string {
    const letters = this.#next(state).readBigUInt64BE().toString(36).padStart(13, '0');
    return `${kind}-${letters.slice(-8)}`;
  }

  /** A task of the EIP's side is a number. */
  number(state: State): string {
    return String(10_000_000 + (this.#next(state).readUInt32BE() % 80_000_000));
  }

  /** Of a request: a UUID. */
  request(state: State): string {
    const hex = this.#next(state).toString('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20, 32),
    ].join('-');
  }
}
