import type { Message, Problem } from './message.ts';

/** An output of a resource that another one needs: known once that one is there. */
export interface Ref {
  readonly ref: string;
  readonly output: 'id' | 'address';
}

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
}

/** What is asked of a cloud; it changes nothing. */
export type CloudLook =
  /** All of a network's. */
  | { readonly kind: 'ha-vips'; readonly network: string }
  /** All of the region's. */
  | { readonly kind: 'public-addresses' };

export interface CloudSeen {
  readonly haVips: readonly HaVipSeen[];
  readonly publicAddresses: readonly PublicAddressSeen[];
}

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
  | { readonly kind: 'unbind'; readonly haVip: string };

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
  | { readonly kind: 'unbind'; readonly haVip: string | Ref }
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
  /** Not before what it needs is there. */
  | { readonly kind: 'later'; readonly reason: Message }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** One thing in a cloud that the wizard may make, or take as it is. Pure. */
export interface CloudResource {
  /** "ha-vip:10.0.4.99", "eip:iam-prod". */
  readonly id: string;
  readonly looks: readonly CloudLook[];
  plan(seen: CloudSeen, outputs: Outputs): CloudPlanned;
}

/** A cloud, as whoever carries plans out sees it. */
export interface CloudPort {
  look(looks: readonly CloudLook[]): Promise<CloudSeen | { readonly problem: Problem }>;
  perform(action: CloudAction): Promise<CloudEnd>;
}
