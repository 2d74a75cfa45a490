import type { Domain, InterfaceName, Ipv4Address, NodeName, Vantage } from '../model/index.ts';

/** Where a secret is to be found when it is needed. The cluster file never holds one. */
export interface SecretRef {
  readonly kind: 'env';
  readonly variable: string;
}

/** A place in the cluster file: 1-based line, and path as `nodes[1].address`. */
export interface Position {
  readonly line: number;
  readonly field: string;
}

/** What is absent, `~/.ssh/config` and the agent say. */
export interface SshDefaults {
  readonly user?: string;
  readonly port?: number;
  readonly identityFile?: string;
  readonly knownHosts?: string;
  readonly password?: SecretRef;
  readonly sudoPassword?: SecretRef;
}

/** How one node is reached: the file's defaults with the node's own values over them. */
export interface NodeSsh extends SshDefaults {
  /** Where ssh goes: an address, a name or an alias of `~/.ssh/config`. The node's address if not given. */
  readonly host: string;
}

/** `frontend`: nginx and keepalived. `backend`: IAM's services; every node is one. */
export type Role = 'frontend' | 'backend';

export interface ClusterNode {
  readonly name: NodeName;
  /** Inside the nodes' subnet. */
  readonly address: Ipv4Address;
  readonly data: boolean;
  readonly roles: readonly Role[];
  /** The network interface of `address`, where the operator named it; else it is a fact. */
  readonly interface?: InterfaceName;
  readonly ssh: NodeSsh;
  readonly position: Position;
}

export interface Domains {
  readonly api: Domain;
  readonly authz: Domain;
}

export type IamSource =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'go'; readonly version: string }
  /** A file, or an https address. */
  | { readonly kind: 'archive'; readonly path: string; readonly sha256: string }
  /** On every backend already. `schema`: a file; without it the tables must be there. */
  | { readonly kind: 'installed'; readonly schema?: string };

export type AdminPassword = SecretRef | { readonly kind: 'generate' } | { readonly kind: 'keep' };

export interface IamSettings {
  readonly source: IamSource;
  /** In nginx's form: `5m`. */
  readonly maxBodySize: string;
  /** Absent: generated where we imported the schema, kept otherwise. */
  readonly adminPassword?: AdminPassword;
  readonly pumpMend: boolean;
  readonly openRegistration: boolean;
}

export type MariadbChoice =
  | { readonly kind: 'install' }
  | {
      readonly kind: 'existing';
      readonly host: string;
      readonly port: number;
      readonly adminUser: string;
      readonly adminPassword: SecretRef;
    };

export type RedisChoice =
  | { readonly kind: 'install' }
  | {
      readonly kind: 'existing';
      readonly host: string;
      readonly port: number;
      readonly password?: SecretRef;
    };

export type MongodbChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'install' }
  | {
      readonly kind: 'existing';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly password: SecretRef;
    };

export interface Databases {
  readonly mariadb: MariadbChoice;
  readonly redis: RedisChoice;
  readonly mongodb: MongodbChoice;
}

export type Profile = 'lecture' | 'balanced' | 'fast';

export interface VirtualIp {
  /** `auto`: a free one, found before the first plan. See `vipAddress`. */
  readonly address: Ipv4Address | 'auto';
  readonly vrid: number;
  readonly profile: Profile;
  /** The front end with the highest priority; the first one if absent. */
  readonly home?: NodeName;
}

export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

export type ElasticIp =
  | { readonly kind: 'new'; readonly bandwidthMbps: number }
  | { readonly kind: 'existing'; readonly address: Ipv4Address };

export type Cloud =
  | { readonly provider: 'none' }
  | { readonly provider: 'console'; readonly eip?: ElasticIp }
  | {
      readonly provider: 'tencent';
      /** Absent: the instances say it. */
      readonly region?: string;
      /** Absent: one is bought, with the least bandwidth. */
      readonly eip?: ElasticIp;
      /** `open`: the rules that are missing are added, and taken away again. */
      readonly securityGroups: 'leave' | 'open';
    };

export interface Vantages {
  readonly inside?: Vantage;
  readonly outside?: Vantage;
}

export type Alert =
  | {
      readonly kind: 'wecom' | 'slack' | 'webhook';
      /** A webhook's address is its password. */
      readonly url: SecretRef;
    }
  | {
      readonly kind: 'dingtalk' | 'feishu';
      readonly url: SecretRef;
      /** Of a robot that wants its messages signed. */
      readonly secret?: SecretRef;
    }
  | {
      readonly kind: 'email';
      /** `host` or `host:port`. */
      readonly smtp: string;
      readonly from: string;
      readonly to: readonly string[];
      readonly user?: string;
      readonly password?: SecretRef;
    };

/** What the operator declared, checked. Paths are resolved against the cluster file's folder. */
export interface Cluster {
  readonly version: 1;
  readonly name: string;
  /** The cluster file, as it was named to the parser. */
  readonly file: string;
  readonly ssh: SshDefaults;
  /** In the file's order. */
  readonly nodes: readonly ClusterNode[];
  readonly domains: Domains;
  readonly iam: IamSettings;
  readonly databases: Databases;
  readonly vip: VirtualIp;
  readonly firewall: 'nodes-only' | 'none';
  readonly tls?: TlsFiles;
  readonly cloud: Cloud;
  readonly vantages: Vantages;
  readonly alerts: readonly Alert[];
  /** The line of every field in the file; see `whereabouts`. */
  readonly lines: Readonly<Record<string, number>>;
}
