import type { Cluster, ServedTls } from '../cluster/index.ts';
import type { CloudFacts, NodeFacts, NodeName, Secret } from '../model/index.ts';
import type { CloudSession } from '../resources/cloud-names.ts';

export type Language = 'en' | 'zh';

/** A certificate and its key, PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: Secret;
}

/** Minted with the session, before the first plan, so that a plan is deterministic. */
export interface SessionSecrets {
  readonly databasePassword: Secret;
  readonly redisPassword: Secret;
  /** Of the account that the pump writes to MongoDB with; absent where there is no MongoDB. */
  readonly mongodbPassword?: Secret;
  /** Of the account that makes others in a MongoDB of ours. */
  readonly mongodbAdminPassword?: Secret;
  /** Of an existing MariaDB's administrator, as the operator named it; not of the session's own. */
  readonly databaseAdminPassword?: Secret;
  /** Signs IAM's tokens; 32 characters, the same on every node. */
  readonly jwtKey: Secret;
  /** VRRP's password; 8 characters. */
  readonly vrrpPassword: Secret;
  /** What IAM's administrator is to have: the operator's own, or the generated one. */
  readonly adminPassword: Secret;
  /** The CA's certificate; its key never leaves the operator's computer. */
  readonly caCertificate: string;
  /** By daemon: iam-apiserver, iam-authz-server. */
  readonly certificates: Readonly<Record<'iam-apiserver' | 'iam-authz-server', KeyPair>>;
}

/** What the operator's folder of IAM holds: `iam-apiserver`, `iam-authz-server`, `iam-pump`, `iam.sql`. */
export interface IamSource {
  /** True when a file STAND-IN lies in the folder: every face and report then says so. */
  readonly standIn: boolean;
  readonly binaries: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
    /** What it was built for, as \`uname -m\` says it; null for a script, which runs anywhere. */
    readonly architecture: string | null;
  }[];
  /** Null where none was given: the tables must be there already. */
  readonly schema: string | null;
  /** The daemons are on the nodes already, somebody else's: never sent, never removed. */
  readonly installed?: true;
  /** Of a build from IAM's Go module: "v1.6.2". */
  readonly version?: string;
  /** The pump was built with the line that lets it read what the authorization server writes. */
  readonly mended: boolean;
}

/** What `--yes` alone does not consent to. */
export interface Consents {
  /** Take over a configuration that is somebody else's. */
  readonly adopt: boolean;
  /** Files of ours that somebody else edited, and that may be overwritten. */
  readonly overwrite: readonly string[];
}

/** What a stage knows of the cloud, where the cluster file names one that we speak to. */
export interface CloudInput {
  readonly facts: CloudFacts;
  readonly session: CloudSession;
  /** How often a make of this step has been proven to have failed, or was taken back. */
  generation(step: 'havip' | 'eip'): number;
  /** The cloud's id of what this session has taken over for a resource. */
  adopted(resource: string): string | undefined;
  /** By which the Internet reaches the VIP, by now: a new address is not known before it is made. */
  readonly publicAddress?: () => string | undefined;
}

/** All that a stage may know. Stages are pure functions from this to a StagePlan. */
export interface StageInput {
  readonly cluster: Cluster;
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly secrets: SessionSecrets;
  /** What `tls:` names; absent where it names nothing. */
  readonly tls?: ServedTls;
  /** What `alerts:` names by `env:X`, by variable. */
  readonly alertSecrets?: ReadonlyMap<string, Secret>;
  /** What the runbook's own steps name by `env:X`, by variable. */
  readonly runbookSecrets?: ReadonlyMap<string, Secret>;
  readonly iam: IamSource;
  readonly consents: Consents;
  /** Of the comments in the files that we write; fixed when the session is made. */
  readonly language: Language;
  /** `cloud: { provider: tencent }` only. */
  readonly cloud?: CloudInput;
  readonly session: { readonly name: string; readonly id: string };
  /** Whether this session has imported IAM's schema, by now: what is in it is nobody else's. */
  readonly schemaImported?: () => boolean;
  /** The files under `assets/`, by path relative to it. */
  asset(path: string): string;
}
