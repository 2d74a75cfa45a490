import type { Cluster } from '../cluster/index.ts';
import { systemClock } from '../drivers/clock.ts';
import { readJournal, type SessionPaths, sessionPaths } from '../drivers/session/store.ts';
import {
  type CloudWatch,
  holdersOf,
  reduceWatch,
  type WatchNews,
  type WatchState,
} from '../model/index.ts';
import { addressesOf } from './cloud/result-fields.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import { createNodes } from './nodes-port.ts';
import { openCluster, stateFolder } from './open-cluster.ts';
import { sshOptions } from './ssh-options.ts';
import { entering } from './vantages.ts';
import { watchRequests } from './watch-requests.ts';
import { beginWatch, watchCluster } from './watching.ts';

/** A watch that goes on. It locks nothing: others may work on the nodes at the same time. */
export interface OpenWatch {
  state(): WatchState;
  /** Ends it; a node that does not answer is not waited for. */
  close(): Promise<void>;
  /** Rejects when watching itself failed: our own mistake. */
  readonly failed: Promise<never>;
}

/** What is under way on nodes that are silent ends by itself: nobody waits longer for it. */
const FAREWELL_MS = 1000;

/**
 * Begins to watch the cluster that the options name.
 *
 * @param changed told when something is other than it was: who has the VIP, what runs, who is heard
 * @throws OperatorError when the cluster file is not as it should be
 */
export async function openWatch(
  io: Io,
  options: GlobalOptions,
  changed: () => void,
): Promise<OpenWatch> {
  const { cluster, name } = await openCluster(options, io.environment);
  const over = new AbortController();
  const { signal } = over;
  const paths = sessionPaths(stateFolder(options, io.environment), name);
  // Nobody is asked: a node that cannot be entered without a question is shown as that.
  const { prompter: _, ...quiet } = io;
  const ssh = sshOptions(quiet, options, { paths }, { signal });
  const connect = () => createNodes(cluster, ssh, io.environment);
  const nodes = connect();
  const ways = { connect, enter: entering(cluster, ssh) };
  let state = beginWatch(cluster, systemClock.now());
  const tell = (news: WatchNews) => {
    const before = summary(state);
    state = reduceWatch(state, news);
    if (summary(state) !== before) changed();
  };
  const work = [
    watchCluster(cluster, { nodes, clock: systemClock }, signal, tell),
    watchRequests({
      cluster,
      ways,
      publicAddress: () => knownPublicAddress(cluster, paths),
      state: () => state,
      clock: systemClock,
      signal,
      tell,
    }),
  ];
  if (cluster.cloud.provider === 'tencent') {
    const { watchCloud } = await import('./cloud/watch-cloud.ts');
    const records = await readJournal(paths);
    const tellCloud = (cloud: CloudWatch) => tell({ kind: 'cloud', cloud });
    const about = { io: quiet, cluster, records, clock: systemClock, signal, tell: tellCloud };
    work.push(watchCloud(about));
  }
  const failed = new Promise<never>((_, reject) => {
    for (const one of work) one.catch(reject);
  });
  failed.catch(() => undefined);
  return {
    state: () => state,
    failed,
    close: async () => {
      over.abort();
      await Promise.race([Promise.allSettled(work), systemClock.sleep(FAREWELL_MS)]);
      await Promise.race([nodes.close(), systemClock.sleep(FAREWELL_MS)]);
    },
  };
}

/** A session that has not begun, or cannot be read, knows of none: watching goes on without. */
async function knownPublicAddress(
  cluster: Cluster,
  paths: SessionPaths,
): Promise<string | undefined> {
  const records = await readJournal(paths).catch(() => []);
  return addressesOf(cluster, records).public;
}

/** What a reader must not wait for: everything but ages and counts. */
function summary(state: WatchState): string {
  const nodes = state.nodes.map(({ look, heardMs, problem }) => [
    look,
    heardMs === undefined,
    problem?.code,
  ]);
  const { vantage, outside, cloud } = state;
  const inCloud = cloud && ('problem' in cloud ? cloud.problem.code : cloud.holder);
  const where = [vantage, outside?.address, outside?.problem?.code, inCloud];
  return JSON.stringify([holdersOf(state, systemClock.now()), nodes, where]);
}
