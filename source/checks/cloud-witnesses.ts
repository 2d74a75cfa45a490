import { type Cluster, frontendPeersOf, vipAddress, vrrpTimers } from '../cluster/index.ts';
import {
  type Check,
  CLOUD_LOOK,
  type CloudMeasurement,
  type Measured,
  type Measurement,
  message,
  passed,
  type SecurityGroupSeen,
  type Verdict,
} from '../model/index.ts';
import { frontendCauses } from './causes.ts';
import type { Closed } from './cloud-admits.ts';
import { seenBy } from './cloud-room.ts';
import { judgeCloud, shownHolder } from './cloud-witness-cloud.ts';
import { judgeHosts } from './cloud-witness-hosts.ts';
import { judgeOutside, outsideWord } from './cloud-witness-outside.ts';
import {
  answererOf,
  type HostPlace,
  type HostView,
  readHost,
  type Witnesses,
} from './cloud-witness-read.ts';
import { witnessScript } from './cloud-witness-script.ts';
import { notMeasured, onNode } from './on-node.ts';
import { type FromOutside, healthRequest, publicRequests, resultsOf } from './public-request.ts';
import { type KnownMac, vipAnswerScript } from './vip-answer.ts';

/** The id of the check that lays all views side by side. */
export const WITNESSES = 'witnesses';

export interface WitnessOptions extends FromOutside {
  readonly network: string;
  readonly hosts: readonly HostPlace[];
  readonly known: readonly KnownMac[];
  /** The groups of the nodes' machines. */
  readonly groups: readonly string[];
  /** What they keep out of what clients ask for. */
  readonly closed: (groups: readonly SecurityGroupSeen[]) => readonly Closed[];
}

/**
 * Which node has the VIP, who answers ARP for it, whom the cloud takes for its holder, and what
 * comes through the public address: all say the same, or what they disagree about is named.
 */
export function witnessesCheck(cluster: Cluster, options: WitnessOptions): Check {
  const vip = vipAddress(cluster);
  return {
    id: WITNESSES,
    node: null,
    title: message('check-witnesses', { vip }),
    measurements: measurements(cluster, options),
    judge: (measured) => judge(cluster, options, measured),
    explainedBy: [CLOUD_LOOK, 'cloud-peers', ...frontendCauses(cluster)],
    deadlineMs: 45_000,
    seeForYourself: `ip -4 addr | grep -F ${vip}; tccli vpc DescribeHaVips`,
  };
}

function measurements(cluster: Cluster, options: WitnessOptions): readonly Measurement[] {
  const { network, hosts, known, groups } = options;
  const vip = vipAddress(cluster);
  const cloud: CloudMeasurement = {
    kind: 'cloud',
    looks: [
      { kind: 'ha-vips', network },
      { kind: 'security-groups', ids: groups },
    ],
  };
  return [
    cloud,
    publicRequests(options, (place) => [healthRequest(cluster.domains.api, place)]),
    ...hosts.flatMap(({ node, nic }) => [
      onNode(node.name, hostScript(cluster, node), 20_000),
      onNode(node.name, vipAnswerScript(vip, nic, known), 20_000),
    ]),
  ];
}

/** Longer than two adverts are apart: one may be lost. */
function hostScript(cluster: Cluster, node: HostPlace['node']): string {
  const peers = frontendPeersOf(cluster, node).map(({ address }) => address);
  const { advertMs } = vrrpTimers(cluster.vip.profile, 0, peers.length + 1);
  const listenSeconds = Math.round(2.3 * advertMs) / 1000;
  return witnessScript({ vip: vipAddress(cluster), me: node.address, peers, listenSeconds });
}

function judge(cluster: Cluster, options: WitnessOptions, measured: readonly Measured[]): Verdict {
  const [cloud, outside, ...said] = measured;
  const hosts: HostView[] = [];
  for (const [index, place] of options.hosts.entries()) {
    const host = readHost(place, said[2 * index], said[2 * index + 1], options.known);
    if (!host) return notMeasured(said[2 * index]);
    hosts.push(host);
  }
  const seen = seenBy(cloud);
  if ('state' in seen) return seen;
  const vip = vipAddress(cluster);
  const haVip = seen.haVips.find(({ address }) => address === vip);
  const witnesses = {
    vip,
    hosts,
    haVip,
    groups: seen.securityGroups,
    outside: resultsOf(outside)[0],
  };
  return judgeWitnesses(witnesses, options.closed);
}

/** What is named: the hosts' own disagreement, the cloud's with them, what keeps clients out. */
export function judgeWitnesses(witnesses: Witnesses, closed: WitnessOptions['closed']): Verdict {
  const { hosts, haVip, groups, outside } = witnesses;
  const holder = hosts.find(({ holdsOn }) => holdsOn !== undefined);
  const named =
    judgeHosts(witnesses) ??
    (holder && judgeCloud(witnesses, holder)) ??
    judgeOutside(closed(groups), outside);
  if (named || !holder || !haVip) return named ?? notMeasured(undefined);
  return passed(
    message('witnesses-agree', {
      vip: haVip.address,
      node: holder.node.name,
      arp: answererOf(witnesses),
      cloud: shownHolder(haVip, hosts),
      moved: haVip.movedAt ?? '-',
      outside: outsideWord(outside),
    }),
  );
}
