import type { InterfaceName, Ipv4Address, Message, NodeName, Problem } from '../model/index.ts';

/**
 * Everything that `init` may ask or let be changed. Most are defaults that only the review shows:
 * see `next`.
 */
export type QuestionId =
  | 'name'
  | 'nodes'
  | 'login'
  | 'key'
  | 'vip'
  | 'cloud'
  | 'region'
  | 'eip'
  | 'bandwidth'
  | 'eipAddress'
  | 'securityGroups'
  | 'data'
  | 'mariadb'
  | 'mariadbAdmin'
  | 'redis'
  | 'api'
  | 'authz'
  | 'source'
  | 'sourcePath'
  | 'sha256'
  | 'profile'
  | 'firewall'
  | 'adminPassword'
  | 'alerts';

/**
 * Answers as they were typed or chosen, by question: a choice's `value`, or text; of a `list` the
 * whole text. None of them is a secret: where one is needed the file names a variable.
 */
export type Answers = Readonly<Partial<Record<QuestionId, string>>>;

export interface Choice {
  /** What the answer is when it is chosen. */
  readonly value: string;
  readonly title: Message;
  /** What it means, in a line. */
  readonly about?: Message;
}

/** What Enter alone answers, and why that is likely right. */
export interface Offer {
  readonly value: string;
  readonly because: Message;
}

export interface Question {
  readonly id: QuestionId;
  /** `list`: several words in one text, with blanks, commas or line breaks between them. */
  readonly kind: 'text' | 'list' | 'choice';
  readonly title: Message;
  /** Why it is asked, and what the answer is used for: one or two sentences. */
  readonly why: Message;
  /** For `choice`, at least two. */
  readonly choices?: readonly Choice[];
  /** What the choices come to: rows of cells, the first one the head; numbers stand from the second column on. */
  readonly table?: readonly (readonly Message[])[];
  readonly offered?: Offer;
  /** What is wrong with an answer, by the schema of the cluster file and by what was seen. */
  check(answer: string): Problem | null;
}

/** What is to be looked at before more can be asked. Each is done by the face's `Looker`, see `looked`. */
export type Look =
  /** This computer: Go, the sessions that there are. */
  | { readonly at: 'here' }
  /** What `~/.ssh/config` says of these ways. */
  | { readonly at: 'ways'; readonly ways: readonly Way[] }
  /** The machines themselves, over SSH. Read-only. */
  | {
      readonly at: 'nodes';
      readonly ways: readonly Way[];
      /** Whose host keys are known already. */
      readonly session: string;
      readonly user: string;
      readonly identityFile?: string;
      /** Whether a login's password may be asked for: only where no key does. */
      readonly byPassword: boolean;
    }
  /** Who answers ARP for an address of the nodes' subnet, asked from one of them. */
  | { readonly at: 'address'; readonly address: Ipv4Address }
  /** Where this computer has keys for Tencent Cloud: the place alone, never the keys. */
  | { readonly at: 'keys' }
  /** Whether a file or folder of this computer is there. */
  | { readonly at: 'path'; readonly path: string; readonly kind: 'file' | 'directory' };

/** How the operator reaches a machine: `[USER@]HOST[:PORT]`. */
export interface Way {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/** What this computer has. */
export interface SeenHere {
  readonly go: 'usable' | 'too-old' | 'missing';
  /** Of a toolchain that there is: "1.26.8". */
  readonly goVersion?: string;
  /** Names of the sessions that there are. */
  readonly sessions: readonly string[];
  /** What `~/` stands for. */
  readonly home: string;
}

/** Keys for Tencent Cloud on this computer, by where they are. */
export type SeenKeys =
  | {
      readonly kind: 'found';
      /** The variables or the file; of a role the service that gives it. */
      readonly place: string;
      readonly isRole: boolean;
      /** Where the same place names one. */
      readonly region?: string;
    }
  /** `places`: where was looked. */
  | { readonly kind: 'missing'; readonly places: readonly string[]; readonly region?: string };

/** A machine as it was found. */
export interface SeenNode {
  readonly name: NodeName;
  readonly way: Way;
  /** Its address in the subnet that all nodes share. */
  readonly address: Ipv4Address;
  readonly nic: InterfaceName;
  readonly prefixLength: number;
  /** "Debian GNU/Linux 12 (bookworm)". */
  readonly os: string;
  /** Units of interest that run: mariadb, redis-server, nginx, keepalived, iam-apiserver, … */
  readonly running: readonly string[];
  /** Of DMI: "Tencent Cloud CVM". */
  readonly vendor: string | null;
  /** What its cloud says that it is, where one says it. */
  readonly cloud: { readonly instance: string; readonly region: string } | null;
  /** The session that set it up, if one did. */
  readonly session: string | null;
}

/** Who answers ARP for an address. */
export type AddressUse = 'free' | 'node' | 'stranger';

/** What was seen; a part that depends on answers says on which, and is stale when they change. */
export interface Seen {
  readonly here?: SeenHere;
  /** `user`: the login that ssh's own configuration names for every way. */
  readonly ways?: { readonly of: string; readonly user?: string };
  readonly nodes?:
    | {
        readonly of: string;
        readonly kind: 'found';
        readonly nodes: readonly SeenNode[];
        /** An address of the subnet for which nobody answers ARP. */
        readonly free?: Ipv4Address;
      }
    | { readonly of: string; readonly kind: 'refused'; readonly problem: Problem };
  /** Who has the addresses that were asked about. */
  readonly addresses?: Readonly<Record<string, AddressUse>>;
  readonly keys?: SeenKeys;
  /** Which files and folders are there, by `KIND PATH`. */
  readonly paths?: Readonly<Record<string, boolean>>;
}

/** What a look found: the part of `Seen` that it fills. */
export type Found =
  | { readonly at: 'here'; readonly here: SeenHere }
  | { readonly at: 'ways'; readonly user?: string }
  | { readonly at: 'nodes'; readonly nodes: readonly SeenNode[]; readonly free?: Ipv4Address }
  | { readonly at: 'nodes'; readonly problem: Problem }
  | { readonly at: 'address'; readonly use: AddressUse }
  | { readonly at: 'keys'; readonly keys: SeenKeys }
  | { readonly at: 'path'; readonly isThere: boolean };

/** Where an operator is on the way to a cluster file. */
export interface Journey {
  readonly answers: Answers;
  readonly seen: Seen;
  /** What a file that is there already says: offered before anything else. */
  readonly before: Answers;
}

/** One line of the review: a setting, its value as it is shown, and where it comes from. */
export interface ReviewRow {
  readonly id: QuestionId;
  readonly title: Message;
  /** Of a choice its title; of anything else the text. */
  readonly value: Message | string;
  /** Why it is so, where nobody was asked. */
  readonly because?: Message;
}

/** What comes next. */
export type Step =
  /** `problem`: why it is asked again; its own answer is offered then. */
  | { readonly kind: 'ask'; readonly question: Question; readonly problem?: Problem }
  | { readonly kind: 'look'; readonly look: Look }
  /** Everything, to be changed (ask `questionFor(journey, id)`) or written (`clusterFileOf`). */
  | {
      readonly kind: 'review';
      readonly rows: readonly ReviewRow[];
      /** What is worth knowing before it is written: never something that stops. */
      readonly notes: readonly Message[];
    };
