// What the stand-in knows. Everything is plain data: it is saved whole after every mutation, so that a
// killed stand-in comes back as it was.

export interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

export interface WorldVpc {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
  readonly multicast?: boolean;
}

export interface WorldSubnet {
  readonly id: string;
  readonly vpc: string;
  readonly name: string;
  readonly cidr: string;
  readonly zone: string;
  readonly networkAcl?: string;
}

export interface WorldNic {
  readonly eni: string;
  readonly mac: string;
  readonly ip: string;
  readonly subnet: string;
  readonly primary: boolean;
}

export interface WorldInstance {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly host: string;
  readonly state: 'RUNNING' | 'STOPPED';
  readonly placementGroups?: readonly string[];
  readonly securityGroups: readonly string[];
  readonly nics: readonly [WorldNic, ...WorldNic[]];
  readonly publicIps?: readonly string[];
}

export interface Policy {
  readonly Protocol?: string;
  readonly Port?: string;
  readonly CidrBlock?: string;
  readonly SecurityGroupId?: string;
  readonly Action?: string;
  readonly PolicyDescription?: string;
}

export interface WorldSecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly ingress: readonly Policy[];
  readonly egress: readonly Policy[];
}

export interface WorldRegion {
  readonly region: string;
  readonly vpcs: readonly WorldVpc[];
  readonly subnets: readonly WorldSubnet[];
  readonly instances: readonly WorldInstance[];
  readonly securityGroups: readonly WorldSecurityGroup[];
}

/** What is given: the account, its networks and machines, its limits and prices. */
export interface World {
  readonly account: {
    readonly uin: string;
    readonly networkAccountType: 'STANDARD' | 'LEGACY';
    /** False: nothing that costs money is sold. */
    readonly solvent?: boolean;
    /** Yuan. Default: 100, or nothing where it is not solvent. */
    readonly balance?: number;
    /** Actions that CAM refuses. */
    readonly denied?: readonly string[];
  };
  readonly regions: readonly WorldRegion[];
  readonly quota: { readonly havipPerVpc: number; readonly eip: number; readonly eipDaily: number };
  /** Yuan. `idlePerHour`: an address that nothing holds; `perGb`: traffic. */
  readonly prices: { readonly idlePerHour: number; readonly perGb: number };
  /** The first public addresses that are given out: `203.0.113.1` and on. */
  readonly publicFrom?: string;
  /** A HAVIP whose holder announced within the last 10 s cannot be deleted. Default true; inferred. */
  readonly strictDelete?: boolean;
  /** What becomes of the holder when nobody announces any more. Default: it stays. */
  readonly holderExpiresMs?: number;
  /** 20 calls a second an action, as the cloud has it. Off by default. */
  readonly rateLimit?: boolean;
}

export interface HaVip {
  readonly id: string;
  readonly region: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly vip: string;
  name: string;
  readonly createdMs: number;
  readonly checkAssociate: boolean;
  readonly tags: readonly Tag[];
  associations: readonly { readonly InstanceId: string; readonly InstanceType: string }[];
  holder?: { instance: string; eni: string };
  /** When the holder last changed; undefined: never. */
  flushedMs?: number;
  /** When the holder was last heard. */
  heardMs?: number;
  /** The address of the bound EIP. */
  eip?: string;
  /** The task that has it in hand. */
  task?: string;
}

export type EipStatus = 'CREATING' | 'UNBIND' | 'BINDING' | 'BIND' | 'UNBINDING' | 'OFFLINING';

export interface Eip {
  readonly id: string;
  readonly region: string;
  readonly ip: string;
  readonly name: string;
  readonly tags: readonly Tag[];
  readonly createdMs: number;
  readonly chargeType?: string;
  readonly bandwidth?: number;
  status: EipStatus;
  havip?: string;
  task?: string;
  /** Up to `meteredMs`: how long nothing held it. */
  idleMs: number;
  meteredMs: number;
}

export type TaskKind = 'delete-havip' | 'bind' | 'unbind' | 'allocate' | 'release';

export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly havip?: string;
  readonly eip?: string;
  /** When it ends; undefined: it is stuck. */
  dueMs?: number;
  status: 'RUNNING' | 'SUCCESS' | 'FAILED';
  /** Why it is going to fail, or has. */
  output?: string;
}

/** An announcement that was accepted and has not come into effect yet. */
export interface Claim {
  readonly dueMs: number;
  readonly havip: string;
  readonly instance: string;
  readonly eni: string;
}

export interface StoredReply {
  readonly body: string;
  readonly reply: Readonly<Record<string, unknown>>;
}

export interface SecurityGroupState {
  version: number;
  ingress: Policy[];
  egress: Policy[];
}

/** What changes. */
export interface State {
  havips: HaVip[];
  eips: Eip[];
  tasks: Task[];
  claims: Claim[];
  tokens: Record<string, StoredReply>;
  securityGroups: Record<string, SecurityGroupState>;
  /** How many identifiers were given out: they follow from it. */
  issued: number;
  /** How many addresses were bought, by region and day. */
  bought: Record<string, number>;
  /** The EIPs that are gone keep their bill. */
  bill: { id: string; idleMs: number }[];
  /** Pairs that AssumeRole gave. */
  temporary: Record<string, { key: string; token: string; expiresMs: number }>;
  /** How far the virtual clock is ahead of the computer's. */
  aheadMs: number;
}

/** A call as an action sees it. */
export interface Call {
  readonly action: string;
  readonly region: string;
  readonly requestId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Reply = Readonly<Record<string, unknown>>;
