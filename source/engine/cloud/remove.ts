import {
  type Clock,
  type CloudEnd,
  type CloudPort,
  InterruptedError,
  type Problem,
  type Stopper,
} from '../../model/index.ts';
import { LAG_MS, PAUSE_MS } from './looks.ts';
import type { Removal } from './removals.ts';

/** All that taking things away needs. */
export interface Remover {
  readonly cloud: CloudPort;
  readonly clock: Clock;
  readonly stop: Stopper;
}

/** Told of each removal before it is begun, and when it has ended. */
export interface Told {
  begun(removal: Removal): void;
  ended(removal: Removal, end: CloudEnd): Promise<void>;
}

export interface Removed {
  /** Names of what was not, or may not have been, or was not tried because of it. */
  readonly stuck: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Takes things away in order; one that will not go does not keep the others, but for those that cannot
 * go before it. A call is never broken off.
 *
 * @throws InterruptedError between two of them, when it was asked to stop
 */
export async function removeAll(
  removals: readonly Removal[],
  { cloud, stop }: Remover,
  told: Told,
): Promise<Removed> {
  const stuck: string[] = [];
  const refused: string[] = [];
  const problems: Problem[] = [];
  for (const removal of removals) {
    if (stop.requested) throw new InterruptedError();
    if (removal.after.some((name) => refused.includes(name))) {
      stuck.push(removal.name);
      refused.push(removal.name);
      continue;
    }
    told.begun(removal);
    const end = await cloud.perform(removal.action);
    await told.ended(removal, end);
    if (end.kind === 'done') continue;
    stuck.push(removal.name);
    problems.push(end.problem);
    // one whose answer was lost may be gone: what comes after it is tried
    if (end.kind === 'failed') refused.push(removal.name);
  }
  return { stuck, problems };
}

/**
 * The proof: what is still there, looked for until it is not to be seen any more. A read may lag: what
 * is said to be gone has some time to go; what is stuck is there.
 */
export async function stillThere(
  look: () => Promise<readonly Removal[]>,
  stuck: readonly string[],
  { clock, stop }: Remover,
): Promise<readonly Removal[]> {
  const endMs = clock.now() + LAG_MS;
  for (;;) {
    const there = await look();
    const isGoing = there.some(({ name }) => !stuck.includes(name));
    if (!isGoing || stop.requested || clock.now() >= endMs) return there;
    await clock.sleep(PAUSE_MS, stop.signal);
  }
}
