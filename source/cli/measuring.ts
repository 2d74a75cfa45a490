import type { Forward } from '../drivers/prober/forward.ts';
import { connectionsFor, type Opener, Pool } from '../drivers/prober/pool.ts';
import { raiseMainThread } from '../drivers/prober/priority.ts';
import { startProber } from '../drivers/prober/prober.ts';
import { type Measuring, OperatorError, type ProbeTarget, type Problem } from '../model/index.ts';
import type { ConnectedNodes } from './nodes-port.ts';

/** At each target, for a picture and no more. */
export const WATCHING_PER_SECOND = 10;

/** How a prober gets to where it is to ask from: on connections that are nobody else's. */
export interface Ways {
  readonly connect: () => ConnectedNodes;
  /** Enters a third machine. @throws OperatorError */
  readonly enter: (host: string) => Promise<Opener>;
}

/**
 * Starts to measure. Connections through other machines' sshd go over SSH connections of the
 * prober's own, which end with it: an open to an address that nobody answers cannot be taken back
 * otherwise. A third machine that cannot be entered is left out, and named in `absent`.
 *
 * @throws OperatorError when that leaves nobody to ask
 */
export async function startMeasuring(
  targets: readonly ProbeTarget[],
  ratePerSecond: number,
  ways: Ways,
): Promise<Measuring> {
  const { forward, hosts, close } = await openWays(targets, ratePerSecond, ways);
  const absent = absentTargets(targets, hosts);
  let yieldAgain = () => {};
  const end = async () => {
    yieldAgain();
    await close();
  };
  try {
    if (absent.size > 0 && absent.size === targets.length)
      throw new OperatorError([...absent.values()][0]!);
    // a watch that goes on for hours at a few requests a second needs none of it
    if (hosts.size > 0 && ratePerSecond > WATCHING_PER_SECOND) yieldAgain = raiseMainThread();
    const handle = await startProber(targets, {
      ratePerSecond,
      forward,
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
      absent,
      stop: () => handle.stop().finally(end),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

interface OpenWays {
  readonly forward: Forward;
  /** By host: entered, or why not. */
  readonly hosts: ReadonlyMap<string, Pool | Problem>;
  close(): Promise<void>;
}

async function openWays(
  targets: readonly ProbeTarget[],
  ratePerSecond: number,
  { connect, enter }: Ways,
): Promise<OpenWays> {
  const nodes = targets.some(({ vantage }) => vantage.kind === 'via') ? connect() : undefined;
  const names = targets.flatMap(({ vantage }) => (vantage.kind === 'ssh' ? [vantage.host] : []));
  const entered = await Promise.all(
    [...new Set(names)].map(async (host) => {
      const asked = requestsFrom(host, targets) * ratePerSecond;
      const pool = await Pool.open(() => enter(host), connectionsFor(asked)).catch(problemOf);
      return [host, pool] as const;
    }),
  );
  const hosts = new Map(entered);
  return {
    hosts,
    forward: async (from, address, port) => {
      if (from.kind === 'via') return nodes!.forward(from.node, address, port);
      const pool = hosts.get(from.host);
      if (!(pool instanceof Pool)) throw new Error('not entered');
      return pool.forward(address, port);
    },
    close: async () => {
      for (const pool of hosts.values()) if (pool instanceof Pool) pool.close();
      await nodes?.close();
    },
  };
}

/** At each time of the schedule. */
function requestsFrom(host: string, targets: readonly ProbeTarget[]): number {
  const mine = targets.filter(({ vantage }) => vantage.kind === 'ssh' && vantage.host === host);
  return mine.reduce((sum, { every = 1 }) => sum + 1 / every, 0);
}

function problemOf(error: unknown): Problem {
  if (error instanceof OperatorError) return error.problems[0];
  throw error;
}

function absentTargets(
  targets: readonly ProbeTarget[],
  hosts: OpenWays['hosts'],
): ReadonlyMap<number, Problem> {
  return new Map(
    targets.flatMap(({ vantage }, place) => {
      const way = vantage.kind === 'ssh' ? hosts.get(vantage.host) : undefined;
      return way && !(way instanceof Pool) ? [[place, way] as const] : [];
    }),
  );
}
