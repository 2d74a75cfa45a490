import { type Cluster, type ClusterNode, frontendPeersOf, frontends } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  type Problem,
  passed,
  problem,
  unknown,
  type Verdict,
  warned,
} from '../model/index.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';
import { vrrpScript } from './preflight-vrrp-script.ts';

/** What is known of the front ends before they are asked. */
export interface VrrpKnown {
  /** Whose firewall the stage `keepalived` will tell to let it in. */
  readonly admittedLater?: readonly NodeName[];
  /**
   * Whose keepalived does not run: one that joins a pair where it does is not named there yet, so it
   * would hear no advert.
   */
  readonly joining?: readonly NodeName[];
}

/**
 * IP protocol 112 passes between the front ends, both ways. One check for all of them: each can
 * only hear what the others send at the same time.
 */
export function vrrpCheck(
  cluster: Cluster,
  { admittedLater = [], joining = [] }: VrrpKnown = {},
): Check {
  const nodes = frontends(cluster);
  return {
    id: 'vrrp',
    node: null,
    title: message('check-vrrp'),
    measurements: nodes.map((node) => {
      const peers = frontendPeersOf(cluster, node);
      const anew = peers.filter((peer) => joining.includes(peer.name));
      const addresses = (some: readonly ClusterNode[]) => some.map(({ address }) => address);
      return onNode(node.name, vrrpScript(node.address, addresses(peers), addresses(anew)), 12_000);
    }),
    judge: (measured) => untilAdmitted(judge(cluster, nodes, measured), nodes, admittedLater),
    explainedBy: nodes.flatMap(({ name }) => [
      'cloud-peers',
      `peer-reachable/${name}`,
      // Where keepalived runs its adverts are listened to: without a holder there are none.
      appliedCheckId(name, 'unit:nginx'),
      appliedCheckId(name, 'unit:keepalived'),
    ]),
    deadlineMs: 10_000,
    seeForYourself: 'tcpdump -ni any ip proto 112',
  };
}

/** What a firewall keeps out that has not been told yet is no reason to stop. */
function untilAdmitted(
  verdict: Verdict,
  nodes: readonly ClusterNode[],
  later: readonly NodeName[],
): Verdict {
  const { code } = verdict.reason;
  const deaf = verdict.problem?.node ?? nodes.find(({ name }) => later.includes(name))?.name;
  const mayCome = code === 'vrrp-blocked' || code === 'vrrp-no-adverts';
  if (!mayCome || !later.some((name) => name === deaf)) return verdict;
  return warned(problem('vrrp-not-admitted-yet', {}, { node: deaf ?? '' }));
}

interface Heard {
  readonly node: ClusterNode;
  readonly running: boolean;
  /** Whether it sent datagrams to those where keepalived does not run, and listened to theirs. */
  readonly exchanged: boolean;
  readonly noTool: boolean;
  readonly from: readonly string[];
}

function judge(
  cluster: Cluster,
  nodes: readonly ClusterNode[],
  measured: readonly Measured[],
): Verdict {
  const all: Heard[] = [];
  for (const [index, node] of nodes.entries()) {
    const heard = read(node, measured[index]);
    if (!heard) return notMeasured(measured[index]);
    all.push(heard);
  }
  const [deaf] = all.filter((one) => one.noTool);
  const senders = all.filter((one) => takesPart(one));
  const found = all.flatMap((one) => missing(cluster, one, senders))[0];
  if (found) return failed(found);
  if (deaf) return warned(problem('vrrp-not-measured', {}, { node: deaf.node.name }));
  if (senders.length === 0) return passed(message('vrrp-running'));
  if (senders.length < all.length) return partly(all);
  return passed(message('vrrp-passes', { count: nodes.length }));
}

function read(node: ClusterNode, measured: Measured | undefined): Heard | undefined {
  const output = exited(measured);
  if (output?.exitCode !== 0) return undefined;
  const lines = linesByKey(output.stdout);
  return {
    node,
    running: lines.has('running'),
    exchanged: lines.has('exchanged'),
    noTool: lines.has('no-tool'),
    from: lines.get('heard') ?? [],
  };
}

function takesPart({ running, exchanged, noTool }: Heard): boolean {
  return (!running || exchanged) && !noTool;
}

/** Who listened must have heard everybody who sent; of two where keepalived runs neither did. */
function missing(cluster: Cluster, one: Heard, senders: readonly Heard[]): readonly Problem[] {
  if (!takesPart(one)) return [];
  const sentTo = senders.filter((sender) => !(sender.running && one.running));
  return frontendPeersOf(cluster, one.node)
    .filter((peer) => sentTo.some((sender) => sender.node.name === peer.name))
    .filter((peer) => !one.from.includes(peer.address))
    .map((peer) =>
      problem('vrrp-blocked', { from: peer.name, address: peer.address }, { node: one.node.name }),
    );
}

/** Some run keepalived and some do not: only the holder's adverts can be heard, one way. */
function partly(all: readonly Heard[]): Verdict {
  const running = all.filter((one) => one.running).map((one) => one.node);
  const listeners = all.filter((one) => !one.running);
  const hears = listeners.every((one) => running.some((node) => one.from.includes(node.address)));
  return hears ? passed(message('vrrp-adverts-heard')) : unknown(message('vrrp-no-adverts'));
}
