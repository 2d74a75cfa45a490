import { raiseMainThread } from '../drivers/prober/priority.ts';
import { startProber } from '../drivers/prober/prober.ts';
import { type Measuring, OperatorError, type ProbeTarget } from '../model/index.ts';
import { type OpenWays, openWays, type Ways } from './ways.ts';

/** At each target, for a picture and no more. */
export const WATCHING_PER_SECOND = 10;

/**
 * Starts to measure. A third machine is asked to run our own program, which leaves nothing there;
 * what that cannot do its sshd does. SSH connections are the prober's own, and end with it: an
 * open to an address that nobody answers cannot be taken back otherwise. A third machine that cannot
 * be entered is left out, and named in `absent`.
 *
 * @throws OperatorError when that leaves nobody to ask
 */
export async function startMeasuring(
  wanted: readonly ProbeTarget[],
  ratePerSecond: number,
  ways: Ways,
): Promise<Measuring> {
  const open = await openWays(wanted, ratePerSecond, ways);
  const { absent, forward, childOf } = open;
  const targets = wanted.map((target) => asAsked(target, open));
  let yieldAgain = () => {};
  const end = async () => {
    yieldAgain();
    await open.close();
  };
  try {
    if (absent.size > 0 && absent.size === targets.length)
      throw new OperatorError([...absent.values()][0]!);
    // a watch that goes on for hours at a few requests a second needs none of it
    const isBySshd = targets.some((target) => open.howOf(target)?.by === 'sshd');
    if (isBySshd && ratePerSecond > WATCHING_PER_SECOND) yieldAgain = raiseMainThread();
    const handle = await startProber(targets, {
      ratePerSecond,
      forward,
      childOf,
      absent: new Set(absent.keys()),
    });
    return {
      nowMs: handle.nowMs,
      samplesSince: (index, isOf = () => true) =>
        handle
          .samplesSince(index)
          .filter((one) => isOf(one.target))
          .map((one) => one.sample),
      endedSince: handle.samplesSince,
      everyOf: (place) => targets[place]?.every,
      askedHow: (place) => targets[place] && open.howOf(targets[place]),
      absent,
      stop: () => handle.stop().finally(end),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Where each request is a channel of somebody's sshd there may have to be fewer of them. */
function asAsked(target: ProbeTarget, { howOf }: OpenWays): ProbeTarget {
  const { everyBySshd, ...rest } = target;
  const isFewer = everyBySshd !== undefined && howOf(target)?.by === 'sshd';
  return isFewer ? { ...rest, every: everyBySshd } : rest;
}
