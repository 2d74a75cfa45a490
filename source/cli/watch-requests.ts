import type { Cluster } from '../cluster/index.ts';
import {
  type Clock,
  type DrillTarget,
  isStale,
  type Measuring,
  type NodeName,
  OperatorError,
  type OutsideWatch,
  type Vantage,
  vantageName,
  type WatchNews,
  type WatchState,
} from '../model/index.ts';
import { vipTargets } from './commands/vip-targets.ts';
import { startMeasuring, WATCHING_PER_SECOND } from './measuring.ts';
import type { Ways } from './ways.ts';

export interface RequestWatch {
  readonly cluster: Cluster;
  /** To where it asks from. */
  readonly ways: Ways;
  /** Where the Internet reaches the VIP, as far as it is known by now. */
  readonly publicAddress: () => Promise<string | undefined>;
  readonly state: () => WatchState;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (news: WatchNews) => void;
}

const TOLD_EACH_MS = 1000;
const AGAIN_MS = 2000;
/** A prober keeps all that it has seen: after this it gives way to a fresh one. */
const PROBER_MS = 10 * 60_000;

/** Asks at the VIP as clients do, from inside and by the public address, until told to stop. */
export async function watchRequests(watch: RequestWatch): Promise<void> {
  const { clock, signal } = watch;
  while (!signal.aborted) {
    try {
      await askForAWhile(watch);
    } catch (error) {
      // the place to ask from is gone, or there is none: the nodes are watched all the same
      if (!(error instanceof OperatorError)) throw error;
      await clock.sleep(AGAIN_MS, signal);
    }
  }
}

async function askForAWhile(watch: RequestWatch): Promise<void> {
  const { cluster, ways, clock, signal, tell, publicAddress } = watch;
  const targets = vipTargets(cluster, unfit(watch), WATCHING_PER_SECOND, await publicAddress());
  const { vantage } = targets[0]!;
  const isOutside = (place: number) => targets[place]?.outside ?? false;
  const outsiders = targets.filter((_, place) => isOutside(place));
  const measuring = await startMeasuring(targets, WATCHING_PER_SECOND, ways);
  try {
    const rate = WATCHING_PER_SECOND * (targets.length - outsiders.length);
    const outside = outsideOf(targets, measuring);
    tell({ kind: 'vantage', vantage: vantageName(vantage), rate, ...(outside && { outside }) });
    const untilMs = clock.now() + PROBER_MS;
    let told = 0;
    while (!signal.aborted && clock.now() < untilMs && isFit(vantage, watch)) {
      await clock.sleep(TOLD_EACH_MS, signal);
      const ended = measuring.endedSince(told);
      told += ended.length;
      const of = (wanted: boolean) =>
        ended.filter(({ target }) => isOutside(target) === wanted).map(({ sample }) => sample);
      tell({ kind: 'samples', samples: of(false) });
      if (outside) tell({ kind: 'samples', samples: of(true), outside: true });
    }
  } finally {
    await measuring.stop().catch(() => undefined);
  }
}

/** Where nobody should stand to ask: on a node that is silent, else on the one that has the VIP. */
function unfit({ state, clock, cluster }: RequestWatch): NodeName {
  const now = clock.now();
  const heard = state().nodes.filter(({ heardMs }) => heardMs !== undefined);
  const silent = heard.find((node) => isStale(node, now));
  return (silent?.name ?? state().holder ?? cluster.nodes[0]!.name) as NodeName;
}

function isFit(vantage: Vantage, { state, clock }: RequestWatch): boolean {
  if (vantage.kind !== 'via') return true;
  const node = state().nodes.find(({ name }) => name === vantage.node);
  return node === undefined || !isStale(node, clock.now());
}

function outsideOf(
  targets: readonly DrillTarget[],
  { absent }: Measuring,
): Omit<OutsideWatch, 'seconds'> | undefined {
  const place = targets.findIndex(({ outside }) => outside);
  const target = targets[place];
  if (!target) return undefined;
  const problem = absent?.get(place);
  const { vantage, address } = target;
  return { vantage: vantageName(vantage), address, ...(problem && { problem }) };
}
