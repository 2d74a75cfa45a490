import { type Cluster, frontendPeersOf, ports, vipAddress, vrrpTimers } from '../cluster/index.ts';
import {
  type Check,
  type CloudMeasurement,
  type DialogueAction,
  type HttpResult,
  type Measured,
  type Measurement,
  message,
  passed,
  type SecurityGroupSeen,
  type Vantage,
  type Verdict,
} from '../model/index.ts';
import { frontendCauses } from './causes.ts';
import type { Closed } from './cloud-admits.ts';
import { CLOUD_LOOK, seenBy } from './cloud-room.ts';
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
import { type KnownMac, vipAnswerScript } from './vip-answer.ts';

/** The id of the check that lays all views side by side. */
export const WITNESSES = 'witnesses';

export interface WitnessOptions {
  readonly network: string;
  readonly hosts: readonly HostPlace[];
  readonly known: readonly KnownMac[];
  /** The groups of the nodes' machines. */
  readonly groups: readonly string[];
  /** What they keep out of what clients ask for. */
  readonly closed: (groups: readonly SecurityGroupSeen[]) => readonly Closed[];
  readonly outside: Vantage;
  /** The public address, as far as there is one: asked when it is measured. */
  readonly publicAddress: () => string | undefined;
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
    outsideRequest(cluster, options),
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

/** One request through the public address, once there is one. */
function outsideRequest(
  { domains }: Cluster,
  { outside, publicAddress }: WitnessOptions,
): DialogueAction {
  return {
    kind: 'dialogue',
    next: (exchanges) => {
      const address = publicAddress();
      if (exchanges.length > 0 || address === undefined) return undefined;
      const request = { address, port: ports.http, host: domains.api, path: '/healthz' };
      return { kind: 'http', step: 'outside', vantage: outside, timeoutMs: 4_000, ...request };
    },
  };
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
  const witnesses = { vip, hosts, haVip, groups: seen.securityGroups, outside: resultOf(outside) };
  return judgeWitnesses(witnesses, options.closed);
}

function resultOf(measured: Measured | undefined): HttpResult | undefined {
  return measured?.kind === 'dialogue' ? measured.exchanges[0]?.result : undefined;
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
