/**
 * What is known of how far another machine's clock is ahead of ours, in ms: each message narrows it,
 * for it cannot have been written before it was asked for, nor after it was read.
 */
export interface ClockBounds {
  readonly least: number;
  readonly most: number;
}

export const NOTHING_KNOWN: ClockBounds = {
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
};

/** A message that the machine dated `nodeMs`: asked for at `askedMs` (if it was), here at `readMs`. */
export function narrow(
  { least, most }: ClockBounds,
  nodeMs: number,
  { askedMs, readMs }: { readonly askedMs?: number; readonly readMs: number },
): ClockBounds {
  return {
    least: Math.max(least, nodeMs - readMs),
    most: askedMs === undefined ? most : Math.min(most, nodeMs - askedMs),
  };
}

/** Two clocks that cannot be told apart are taken for one; else the middle of what is possible. */
export function offsetMs({ least, most }: ClockBounds): number {
  if (least <= 0 && most >= 0) return 0;
  if (!Number.isFinite(least)) return most;
  return Number.isFinite(most) ? (least + most) / 2 : least;
}

/** How wrong an offset of `ms` may be at most, in ms. */
export function errorOf({ least, most }: ClockBounds, ms: number): number {
  return Math.max(most - ms, ms - least);
}
