import type { CallIds, CloudFailure, CloudResult } from './result.ts';
import { type Waiting, waitUntil } from './wait.ts';

/** How long a thing whose answer was lost may take to be seen. */
const LOOK_MS = 15_000;
const AGAIN_MS = 1000;
/** How often a change is made whose answers were lost, before we give up. */
const TRIES = 3;

export type Converged<Made, Found> =
  | (CallIds & { readonly kind: 'made'; readonly value: Made })
  /** It was there: the answer was lost, or an earlier run made it. */
  | (CallIds & { readonly kind: 'found'; readonly value: Found })
  | (CallIds & { readonly kind: 'already'; readonly code: string })
  | CloudFailure;

/**
 * Makes a change whose answer may be lost: then it looks before it asks again. A create is asked again
 * with the token that it had.
 *
 * @param look gives undefined while the change is not to be seen; absent where asking twice does no harm
 */
export async function converge<Made, Found>(
  waiting: Waiting,
  make: () => Promise<CloudResult<Made>>,
  look: (() => Promise<CloudResult<Found | undefined>>) | undefined,
): Promise<Converged<Made, Found>> {
  for (let count = 1; ; count += 1) {
    const made = await make();
    if (made.kind === 'ok') return { ...made, kind: 'made' };
    if (made.kind !== 'ambiguous') return made;
    if (!look) {
      if (count === TRIES || waiting.signal?.aborted) return made;
      await waiting.clock.sleep(AGAIN_MS, waiting.signal);
      continue;
    }
    const seen = await waitUntil(waiting, look, (found) => found !== undefined, LOOK_MS);
    if (seen.kind === 'held') return { ...seen, kind: 'found', value: seen.value as Found };
    // We do not know whether it was done, and cannot look: that is what is told.
    if (seen.kind !== 'deadline' || count === TRIES) return made;
  }
}
