import { type ClockBounds, errorOf, NOTHING_KNOWN, narrow, offsetMs } from '../../model/index.ts';

/** A question for the time there, and its answer. All in ms, by monotonic clocks. */
export interface ClockAnswer {
  /** By our clock: when it was asked, and when the answer was read. */
  readonly askedMs: number;
  readonly readMs: number;
  /** By theirs. */
  readonly atMs: number;
}

/**
 * How far another machine's monotonic clock is ahead of ours. The offset is settled once, so that the
 * schedule there and the one here are the same; how far it may be off is watched from then on.
 */
export class RemoteClock {
  #bounds: ClockBounds = NOTHING_KNOWN;
  #settled: { readonly offsetMs: number; readonly errorMs: number } | undefined;
  #driftMs = 0;
  #roundTripMs = Number.POSITIVE_INFINITY;

  take({ askedMs, readMs, atMs }: ClockAnswer): void {
    this.#roundTripMs = Math.min(this.#roundTripMs, readMs - askedMs);
    if (!this.#settled) {
      this.#bounds = narrow(this.#bounds, atMs, { askedMs, readMs });
      return;
    }
    const { least, most } = narrow(NOTHING_KNOWN, atMs, { askedMs, readMs });
    const { offsetMs: settled } = this.#settled;
    this.#driftMs = Math.max(this.#driftMs, least - settled, settled - most);
  }

  /** Of the quickest question. */
  get roundTripMs(): number {
    return this.#roundTripMs;
  }

  /** What to subtract from a time there; settles it. */
  offset(): number {
    this.#settled ??= settle(this.#bounds);
    return this.#settled.offsetMs;
  }

  /** How wrong times from there may be on our clock, in ms: what could never be told, and the drift since. */
  errorMs(): number {
    return (this.#settled ?? settle(this.#bounds)).errorMs + this.#driftMs;
  }
}

function settle(bounds: ClockBounds): { readonly offsetMs: number; readonly errorMs: number } {
  const ms = offsetMs(bounds);
  return { offsetMs: ms, errorMs: errorOf(bounds, ms) };
}
