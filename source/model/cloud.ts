import type { CloudFacts, CloudSurvey } from './cloud-facts.ts';
import type { Message, Problem } from './message.ts';

/** What came out of resources, by resource and output: `ha-vip`, `id`. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Who made a thing, as it is written on it. */
export interface CloudMarks {
  readonly session: string;
  readonly cluster: string;
}

/** An address that moves between the machines of a subnet, as a cloud shows it. */
export interface HaVipSeen {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly network: string;
  readonly subnet: string;
  /** The session that it is marked with; null: none of ours. */
  readonly session: string | null;
  /** The instance that holds it; null: nobody, or nobody is known. */
  readonly holder: string | null;
  /** The public address that leads to it. */
  readonly publicAddress: string | null;
  /** Who may hold it; null: anybody in the subnet. */
  readonly mayHold: readonly string[] | null;
  /** When its holder changed last, ISO 8601; null: never. */
  readonly movedAt: string | null;
}

/** A public address, as a cloud shows it. */
export interface PublicAddressSeen {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly session: string | null;
  readonly state: 'free' | 'bound' | 'changing';
  /** What it is bound to. */
  readonly boundTo: string | null;
  /** ISO 8601. */
  readonly madeAt: string | null;
}

/** What a security group lets in or out, in the order in which its rules are asked. */
export interface SecurityRule {
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all' | 'other';
  /** "80", "80,443", "8000-9000", "all". */
  readonly ports: string;
  /** The other side: CIDR notation; null: something that is no range of addresses (a group, a template). */
  readonly peer: string | null;
  /** The other side is this group. */
  readonly peerGroup: string | null;
  readonly verdict: 'accept' | 'drop';
  /** For ours: whom it was made for. */
  readonly description: string;
}

export interface SecurityGroupSeen {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly SecurityRule[];
}

/** What is asked of a cloud; it changes nothing. */
export type CloudLook =
  /** All of a network's; of the region's, where none is named. */
  | { readonly kind: 'ha-vips'; readonly network: string | null }
  /** All of the region's. */
  | { readonly kind: 'public-addresses' }
  | { readonly kind: 'security-groups'; readonly ids: readonly string[] };

export interface CloudSeen {
  readonly haVips: readonly HaVipSeen[];
  readonly publicAddresses: readonly PublicAddressSeen[];
  /** Those that were asked for. */
  readonly securityGroups: readonly SecurityGroupSeen[];
}

/** A measurement of a check: what the cloud says. */
export interface CloudMeasurement {
  readonly kind: 'cloud';
  readonly looks: readonly CloudLook[];
}

/** What came of a {@link CloudMeasurement}. */
export type CloudMeasured =
  | { readonly kind: 'cloud-seen'; readonly seen: CloudSeen }
  | { readonly kind: 'cloud-unseen'; readonly problem: Problem };

/** What a cloud is told to do: in no provider's words. */
export type CloudAction =
  | {
      readonly kind: 'make-ha-vip';
      readonly name: string;
      readonly marks: CloudMarks;
      /** The same request has the same token: what was made is not made again. */
      readonly token: string;
      readonly network: string;
      readonly subnet: string;
      /** Absent: one that is free. */
      readonly address?: string;
      readonly mayHold: readonly string[];
    }
  | {
      readonly kind: 'allow-holders';
      readonly haVip: string;
      readonly instances: readonly string[];
    }
  | { readonly kind: 'remove-ha-vip'; readonly haVip: string }
  | {
      readonly kind: 'make-public-address';
      readonly name: string;
      readonly marks: CloudMarks;
      readonly token: string;
      /** Mbit/s; absent where the account's kind takes none. */
      readonly bandwidth?: number;
    }
  | { readonly kind: 'remove-public-address'; readonly publicAddress: string }
  | { readonly kind: 'bind'; readonly haVip: string; readonly address: string }
  | { readonly kind: 'unbind'; readonly haVip: string }
  | { readonly kind: 'add-security-rule'; readonly group: string; readonly rule: SecurityRule }
  /** The one that has this description; one that is gone is gone. */
  | {
      readonly kind: 'remove-security-rule';
      readonly group: string;
      readonly direction: 'in' | 'out';
      readonly description: string;
    };

/** For the journal, and for the cloud's support: their name of the call, and ours. */
interface CloudCallIds {
  readonly requestId: string;
  readonly traceId: string;
}

/** How an action ended. */
export type CloudEnd =
  | (CloudCallIds & {
      readonly kind: 'done';
      readonly outputs: Readonly<Record<string, string>>;
      /** False: it was there, because a try or a run before this one had made it. */
      readonly isNew: boolean;
    })
  | (CloudCallIds & { readonly kind: 'failed'; readonly problem: Problem })
  /** It may have been done: look before it is asked for again. */
  | (CloudCallIds & { readonly kind: 'unknown'; readonly problem: Problem });

/** How a cloud change is taken back. It names what was made, as it is found again by its marks. */
export type CloudUndo =
  | { readonly kind: 'remove'; readonly what: 'ha-vip' | 'public-address'; readonly name: string }
  | { readonly kind: 'unbind'; readonly haVip: string }
  | {
      readonly kind: 'remove-security-rule';
      readonly group: string;
      readonly direction: 'in' | 'out';
      readonly description: string;
    }
  /** It was there before us: it stays. */
  | { readonly kind: 'keep'; readonly what: string };

export type CloudPlanned =
  | {
      readonly kind: 'settled';
      readonly reason: Message;
      /** False: somebody else's. It is never given back. */
      readonly owned: boolean;
      readonly outputs: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'change';
      readonly summary: Message;
      readonly owned: boolean;
      readonly actions: readonly CloudAction[];
      readonly undo: readonly CloudUndo[];
    }
  /** Due, and not before what it needs is there: in its stage that is waited for. */
  | {
      readonly kind: 'later';
      /** What will be done. */
      readonly summary: Message;
      /** What is waited for. */
      readonly reason: Message;
      /** Said when it does not come. */
      readonly problem: Problem;
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** One thing in a cloud that the wizard may make, or take as it is. Pure. */
export interface CloudResource {
  /** "ha-vip:10.0.4.99", "eip:iam-prod". */
  readonly id: string;
  readonly looks: readonly CloudLook[];
  plan(seen: CloudSeen, outputs: Outputs): CloudPlanned;
  /** Ids of checks whose failure explains that it is not as applied; see {@link Check.explainedBy}. */
  readonly explainedBy?: readonly string[];
}

/** The id of the check that the cloud answers at all. */
export const CLOUD_LOOK = 'cloud/look';

/** The id of the check that claims `resource` of the cloud is as applied. */
export function appliedCloudCheckId(resource: string): string {
  return `applied/cloud/${resource}`;
}

/** A cloud, as whoever carries plans out sees it. */
export interface CloudPort {
  /** What a preflight wants to know, found from the nodes' addresses; changes nothing. */
  survey(wanted: CloudSurvey): Promise<CloudFacts | { readonly problem: Problem }>;
  look(looks: readonly CloudLook[]): Promise<CloudSeen | { readonly problem: Problem }>;
  perform(action: CloudAction): Promise<CloudEnd>;
}
