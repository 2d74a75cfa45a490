import { type Cluster, vipAddress } from '../cluster/index.ts';
import { watchNodes } from '../engine/watch.ts';
import type { Ports, WatchedNode, WatchNews, WatchState } from '../model/index.ts';
import { readLook, unwatched, watchScript } from '../stages/watch-look.ts';

/** The cluster before anything was heard of it. */
export function beginWatch(cluster: Cluster, nowMs: number): WatchState {
  return {
    cluster: cluster.name,
    vip: vipAddress(cluster),
    profile: cluster.vip.profile,
    startedMs: nowMs,
    nodes: unwatched(cluster),
    seconds: [],
  };
}

/** Looks at every node, a second at a time, until told to stop. */
export function watchCluster(
  cluster: Cluster,
  ports: Pick<Ports, 'nodes' | 'clock'>,
  signal: AbortSignal,
  tell: (news: WatchNews) => void,
): Promise<void> {
  const watchings = cluster.nodes.map((node) => ({
    node: node.name,
    script: [watchScript(cluster, node)],
    read: (lines: readonly string[]) => readLook(cluster, node, lines),
  }));
  return watchNodes(watchings, ports, signal, tell);
}

const LOOK_MS = 15_000;

/** One look at every node; one that does not answer is as it was before anything was heard. */
export async function lookOnce(
  cluster: Cluster,
  { nodes, clock }: Pick<Ports, 'nodes' | 'clock'>,
): Promise<readonly WatchedNode[]> {
  const before = unwatched(cluster);
  return Promise.all(
    cluster.nodes.map(async (node, index) => {
      const result = await nodes.run(node.name, [watchScript(cluster, node, 1)], {
        timeoutMs: LOOK_MS,
      });
      const known = before[index]!;
      if (result.kind !== 'exited') return known;
      const look = readLook(cluster, node, result.stdout.split('\n'));
      return { ...known, look, heardMs: clock.now() };
    }),
  );
}
