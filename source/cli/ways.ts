import type { Forward } from '../drivers/prober/forward.ts';
import { connectionsFor, type Opener, Pool } from '../drivers/prober/pool.ts';
import { RemoteChild } from '../drivers/prober/remote-child.ts';
import { type AskedHow, OperatorError, type ProbeTarget, type Problem } from '../model/index.ts';
import type { ConnectedNodes } from './nodes-port.ts';

/** How a prober gets to where it is to ask from: on connections that are nobody else's. */
export interface Ways {
  readonly connect: () => ConnectedNodes;
  /** Enters a third machine. @throws OperatorError */
  readonly enter: (host: string) => Promise<Opener>;
}

/** A third machine that has been entered, and our program there, if it has anything to run it with. */
interface Place {
  readonly pool: Pool;
  readonly child?: RemoteChild | undefined;
}

export interface OpenWays {
  readonly forward: Forward;
  childOf(target: ProbeTarget): RemoteChild | undefined;
  /** How it is asked from a third machine; undefined: it is not asked from one. */
  howOf(target: ProbeTarget): AskedHow | undefined;
  /** Targets, by place, from where nobody can ask, and why. */
  readonly absent: ReadonlyMap<number, Problem>;
  close(): Promise<void>;
}

/** Enters what the targets are to be asked from. */
export async function openWays(
  targets: readonly ProbeTarget[],
  ratePerSecond: number,
  { connect, enter }: Ways,
): Promise<OpenWays> {
  const nodes = targets.some(({ vantage }) => vantage.kind === 'via') ? connect() : undefined;
  const names = targets.flatMap(({ vantage }) => (vantage.kind === 'ssh' ? [vantage.host] : []));
  const places = new Map(
    await Promise.all(
      [...new Set(names)].map(async (host) => {
        const mine = targets.filter(
          (one) => one.vantage.kind === 'ssh' && one.vantage.host === host,
        );
        const place = await openPlace(() => enter(host), mine, ratePerSecond).catch(problemOf);
        return [host, place] as const;
      }),
    ),
  );
  const placeOf = ({ vantage }: Pick<ProbeTarget, 'vantage'>) =>
    vantage.kind === 'ssh' ? places.get(vantage.host) : undefined;
  const childOf = (target: ProbeTarget) => {
    const place = placeOf(target);
    return place && isOpen(place) && canAsk(place.child, target) ? place.child : undefined;
  };
  return {
    childOf,
    howOf(target) {
      const child = childOf(target);
      if (child) return { by: child.runtime, clockMs: child.clock.errorMs() };
      return target.vantage.kind === 'ssh' ? { by: 'sshd' } : undefined;
    },
    absent: new Map(
      targets.flatMap((target, at) => {
        const place = placeOf(target);
        return place && !isOpen(place) ? [[at, place] as const] : [];
      }),
    ),
    forward: async (from, address, port) => {
      if (from.kind === 'via') return nodes!.forward(from.node, address, port);
      const place = placeOf({ vantage: from });
      if (!place || !isOpen(place)) throw new Error('not entered');
      return place.pool.forward(address, port);
    },
    close: async () => {
      for (const place of places.values()) {
        if (!isOpen(place)) continue;
        place.child?.close();
        place.pool.close();
      }
      await nodes?.close();
    },
  };
}

/** Our program first; sshd opens what that cannot ask, over as many connections as it takes. */
async function openPlace(
  enter: () => Promise<Opener>,
  targets: readonly ProbeTarget[],
  ratePerSecond: number,
): Promise<Place> {
  const first = await enter();
  const child = first.start && (await RemoteChild.start((command) => first.start!(command)));
  const left = targets.filter((target) => !canAsk(child, target));
  const asked = left.reduce((sum, { every, everyBySshd = every ?? 1 }) => sum + 1 / everyBySshd, 0);
  let isFirst = true;
  const more = () => {
    const opener = isFirst ? Promise.resolve(first) : enter();
    isFirst = false;
    return opener;
  };
  return { pool: await Pool.open(more, connectionsFor(asked * ratePerSecond)), child };
}

function canAsk(child: RemoteChild | undefined, { tls }: ProbeTarget): child is RemoteChild {
  return child !== undefined && (!tls || child.tls);
}

function isOpen(place: Place | Problem): place is Place {
  return 'pool' in place;
}

function problemOf(error: unknown): Problem {
  if (error instanceof OperatorError) return error.problems[0];
  throw error;
}
