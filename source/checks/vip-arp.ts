import { type Cluster, vipAddress, whereabouts } from '../cluster/index.ts';
import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { notMeasured, onNode } from './on-node.ts';
import { type KnownMac, readVipAnswer, vipAnswerScript } from './vip-answer.ts';

const TITLES = { 'vip-unused': 'check-vip-unused', 'vip-arp': 'check-vip-arp' } as const;

export interface VipArpOptions {
  /** `vip-unused` before anything is changed, `vip-arp` afterwards. */
  readonly claim: 'vip-unused' | 'vip-arp';
  readonly node: NodeName;
  readonly nic: string;
  readonly known: readonly KnownMac[];
  readonly explainedBy?: readonly string[];
  /**
   * The network of a cloud may answer ARP in its machines' place, by an address of its own: there an
   * unknown one is no proof of a stranger, and the cloud itself says who has the VIP.
   */
  readonly inCloud?: boolean;
}

/** Nobody but our own nodes answers ARP for the VIP, as one node sees it. */
export function vipArpCheck(cluster: Cluster, options: VipArpOptions): Check {
  const { claim, node, nic, known } = options;
  const vip = vipAddress(cluster);
  return {
    id: `${claim}/${node}`,
    node,
    title: message(TITLES[claim], { node, vip }),
    measurements: [onNode(node, vipAnswerScript(vip, nic, known), 20_000)],
    judge: ([measured]) => judge(cluster, options, measured),
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
    deadlineMs: 0,
    seeForYourself: `ip neigh show ${vip}`,
  };
}

function judge(cluster: Cluster, options: VipArpOptions, measured: Measured | undefined): Verdict {
  const vip = vipAddress(cluster);
  const answer = readVipAnswer(measured, options.known);
  switch (answer?.kind) {
    case undefined:
      return notMeasured(measured);
    case 'self':
      return passed(message('vip-held-here', { vip, node: options.node }));
    case 'nobody':
      return passed(message('vip-nobody-answers', { vip }));
    case 'node':
      return passed(message('vip-answered-by-node', { vip, node: answer.node }));
    case 'stranger': {
      const params = { vip, mac: answer.mac, seenFrom: options.node };
      const where = whereabouts(cluster, 'vip.address');
      return options.inCloud
        ? warned(problem('vip-answered-in-cloud', params, where))
        : failed(problem('vip-answered-by-other', params, where));
    }
  }
}
