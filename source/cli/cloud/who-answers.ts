import type { Cluster, ClusterNode } from '../../cluster/index.ts';
import { gatherFacts, type LockWish } from '../../engine/facts/gather.ts';
import {
  EXIT,
  type NodeFacts,
  type NodeName,
  OperatorError,
  type Ports,
  type Problem,
} from '../../model/index.ts';
import { factsWanted } from '../../stages/index.ts';
import type { Company, Former } from '../leaving/company.ts';
import type { ConnectedNodes } from '../nodes-port.ts';

/** A node that cannot be asked, and why. */
export interface SilentNode {
  readonly node: NodeName;
  readonly why: Problem;
}

/** Everybody who lets us in; who does not is told of, and keeps nobody up. */
export async function meetWhoAnswers(
  nodes: ConnectedNodes,
  cluster: Cluster,
  former: readonly Former[],
): Promise<{ readonly company: Company; readonly silent: readonly SilentNode[] }> {
  const left = former.filter(({ nowCalled }) => !nowCalled).map(({ node }) => node);
  const all = [...cluster.nodes, ...left];
  const tried = await Promise.all(
    all.map(async (node) => ({ node, why: await whyNot(() => nodes.connectAll([node.name])) })),
  );
  const present = tried.filter(({ why }) => !why).map(({ node }): ClusterNode => node);
  const silent = tried.flatMap(({ node, why }) => (why ? [{ node: node.name, why }] : []));
  const company = { present: { ...cluster, nodes: present }, leavers: [], silent: [] };
  return { company, silent };
}

/** The problem of an operator's error; anything else is our own bug. */
async function whyNot(does: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await does();
    return undefined;
  } catch (error) {
    if (error instanceof OperatorError && error.exitCode !== EXIT.locked) return error.problems[0];
    throw error;
  }
}

/**
 * Facts and locks of those who answer in time.
 *
 * @throws OperatorError 75 where somebody else is at work on one of them; the locks that were taken are
 *   the caller's to give back
 */
export async function gatherWhoAnswers(
  present: Cluster,
  ports: Ports,
  lock: LockWish | undefined,
): Promise<{
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly silent: readonly SilentNode[];
}> {
  const facts = new Map<NodeName, NodeFacts>();
  const all = await Promise.allSettled(
    factsWanted(present).map(async (wanted) => {
      const why = await whyNot(async () => {
        const found = await gatherFacts([wanted], ports, lock);
        for (const [node, own] of found) facts.set(node, own);
      });
      return why ? [{ node: wanted.node, why }] : [];
    }),
  );
  const broken = all.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason;
  return { facts, silent: all.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])) };
}
