import type { ClusterNode } from '../cluster/index.ts';
import type {
  CloudInstance,
  HaVipSeen,
  HttpResult,
  Ipv4Address,
  Measured,
  NodeName,
  SecurityGroupSeen,
} from '../model/index.ts';
import { exited, linesByKey } from './on-node.ts';
import { type KnownMac, readVipAnswer, type VipAnswer } from './vip-answer.ts';

/** A front end, as it sees itself. */
export interface HostView {
  readonly node: Pick<ClusterNode, 'name' | 'address'>;
  /** Its machine in the cloud. */
  readonly instance: Pick<CloudInstance, 'id' | 'securityGroups'>;
  /** The card that the cluster's address is on, and the VIP should be announced by. */
  readonly nic: string;
  /** Where it has the VIP: an interface's name; undefined: it has it not. */
  readonly holdsOn: string | undefined;
  /** How long it has been MASTER, in seconds, by its own notify log; undefined: it is not, or does not say. */
  readonly masterFor: number | undefined;
  /** Whose adverts it heard; undefined: it did not listen. */
  readonly heard: readonly string[] | undefined;
  /** Who answers ARP for the VIP, as it sees it. */
  readonly arp: VipAnswer | undefined;
}

/** All that was seen at the same time. */
export interface Witnesses {
  readonly vip: Ipv4Address;
  readonly hosts: readonly HostView[];
  /** The HAVIP of the cluster's address; undefined: there is none. */
  readonly haVip: HaVipSeen | undefined;
  readonly groups: readonly SecurityGroupSeen[];
  /** What came through the public address; undefined: there is none yet, or nobody asked. */
  readonly outside: HttpResult | undefined;
}

export type HostPlace = Pick<HostView, 'node' | 'instance' | 'nic'>;

/** Undefined where the node did not answer. */
export function readHost(
  place: HostPlace,
  said: Measured | undefined,
  arp: Measured | undefined,
  known: readonly KnownMac[],
): HostView | undefined {
  const output = exited(said);
  if (output?.exitCode !== 0) return undefined;
  const lines = linesByKey(output.stdout);
  const since = lines.get('since')?.[0];
  return {
    ...place,
    holdsOn: lines.get('holds')?.[0]?.split(' ')[0],
    masterFor: since !== undefined && /^\d+$/.test(since) ? Number(since) : undefined,
    heard: lines.has('listened') ? (lines.get('heard') ?? []) : undefined,
    arp: readVipAnswer(arp, known),
  };
}

/** Who answers ARP, in a word: what the nodes that do not hold it see. */
export function answererOf({ hosts }: Witnesses): NodeName | string {
  const seen = hosts.filter(({ holdsOn }) => holdsOn === undefined).map(({ arp }) => arp);
  const other = seen.find((one) => one?.kind === 'node' || one?.kind === 'stranger');
  if (other?.kind === 'node') return other.node;
  return other?.kind === 'stranger' ? other.mac : '-';
}
