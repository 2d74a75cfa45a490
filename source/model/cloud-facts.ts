import type { SecurityGroupSeen } from './cloud.ts';
import type { Problem } from './message.ts';
import type { NodeName } from './values.ts';

/** What is to be found out of a cloud before anything is made there. */
export interface CloudSurvey {
  /** By private address, and by what the machine itself says it is (its metadata), where it says so. */
  readonly nodes: readonly {
    readonly node: NodeName;
    readonly address: string;
    readonly instance: string | null;
  }[];
  /** Null: to be chosen by the cloud. */
  readonly vip: string | null;
  /** Addresses of which one may become the VIP, a hundred at most: which of them has somebody? */
  readonly candidates?: readonly string[];
  /** Mbit/s that would be bought; null: nothing is. */
  readonly bandwidth: number | null;
}

/** A node's machine, as the cloud shows it. */
export interface CloudInstance {
  readonly node: NodeName;
  readonly id: string;
  readonly name: string;
  /** "RUNNING". */
  readonly state: string;
  readonly network: string;
  readonly subnet: string;
  readonly zone: string;
  /** The computer below; null: not told. */
  readonly host: string | null;
  /** What keeps machines apart. */
  readonly placementGroups: readonly string[];
  readonly securityGroups: readonly string[];
  /** Its network card's, where it is known. */
  readonly mac: string | null;
}

/** A number of things that there may be; null: not told. */
export interface Quota {
  readonly used: number;
  readonly limit: number | null;
}

/** Something that could not be asked: the policy lacks it, or the call failed. */
export interface NotAsked {
  readonly what: 'price' | 'balance' | 'quota' | 'security-groups' | 'identity' | 'address-use';
  readonly problem: Problem;
}

/** What a cloud says of the account, the nodes' machines and their network. */
export interface CloudFacts {
  readonly provider: 'tencent';
  readonly region: string;
  readonly account: {
    readonly id: string;
    /** Who calls: a user's or a role's name. */
    readonly caller: string;
    readonly kind: 'standard' | 'legacy' | 'unknown';
  };
  /** Those that were found; a node without one is missing here. */
  readonly instances: readonly CloudInstance[];
  /** Of the first instance's subnet. */
  readonly subnet: {
    readonly id: string;
    readonly network: string;
    readonly cidr: string;
    readonly networkAcl: string | null;
  } | null;
  /** Who has the VIP's address already; null: nobody, or it was not asked. */
  readonly vipUser: { readonly kind: string; readonly id: string } | null;
  /** Of the candidates those that something has, whether it answers or not; absent: not asked. */
  readonly inUse?: readonly string[];
  readonly haVips: Quota;
  readonly publicAddresses: Quota;
  /** Public addresses bought today. */
  readonly boughtToday: Quota;
  /** Those of the nodes. */
  readonly securityGroups: readonly SecurityGroupSeen[];
  /** Yuan a gigabyte of traffic, as the cloud says; null: not told. */
  readonly pricePerGigabyte: number | null;
  /** Yuan; null: not told. */
  readonly balance: number | null;
  readonly notAsked: readonly NotAsked[];
}

const CLOUD_MAKERS =
  /tencent|alibaba|aliyun|huawei|amazon|\bec2\b|google|microsoft corporation|openstack|digitalocean|hetzner|vultr|linode|akamai|oracle ?cloud|ucloud|kingsoft|baidu|jd ?cloud|volcengine/i;

/**
 * Whether a machine's maker, as its firmware names it, is a cloud: there an address that only ARP announces
 * does not move.
 */
export function isCloudMaker(vendor: string): boolean {
  return CLOUD_MAKERS.test(vendor);
}

/** Whether it has the form of a region's name: `ap-guangzhou`, `ap-shanghai-fsi`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/.test(text);
}
