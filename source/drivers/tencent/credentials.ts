import { Secret } from '../../model/index.ts';
import { type FoundPair, fromSdkProfile, fromTccli } from './credential-files.ts';
import { fromRole, type Metadata } from './metadata.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a pair may be. */
export type CredentialSource = 'environment' | 'sdk-profile' | 'tccli' | 'cvm-role' | 'asked';

export interface Credential {
  readonly secretId: Secret;
  readonly secretKey: Secret;
  /** Of a temporary pair. */
  readonly token?: Secret;
  readonly source: CredentialSource;
  /** A temporary pair ends: milliseconds since the epoch. */
  readonly expiresMs?: number;
}

/** A place that was looked at, and what was there. */
export interface Look {
  readonly source: CredentialSource;
  /** The variables, the file or the address. */
  readonly place: string;
  readonly outcome: 'found' | 'absent' | 'incomplete' | 'unreadable' | 'no-answer';
}

export interface CredentialSearch {
  readonly credential?: Credential;
  /** In the order in which they were looked at, for whoever finds nothing. */
  readonly looked: readonly Look[];
  /** Where the same place names one. */
  readonly region?: string;
}

export interface CredentialPorts {
  readonly environment: Environment;
  /** The user's home; undefined where there is none. */
  readonly home: string | undefined;
  /** Text of a file; undefined where there is none. Throws where it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
  readonly metadata: Metadata;
  /** Asks a person; absent where nobody is there. */
  readonly ask?: () => Promise<{ secretId: string; secretKey: Secret } | undefined>;
}

export type Found = FoundPair | Exclude<Look['outcome'], 'found'>;

/**
 * Looks for a pair of keys: environment, the SDK's profile file, the command line's file, the role of
 * this machine, a person. The first complete one is taken. Nothing is printed, nothing is thrown.
 */
export async function findCredential(ports: CredentialPorts): Promise<CredentialSearch> {
  const { environment, home } = ports;
  const region = environment.TENCENTCLOUD_REGION;
  const places: readonly (readonly [CredentialSource, string, () => Promise<Found>])[] = [
    ['environment', ENVIRONMENT, async () => fromEnvironment(environment)],
    ...sdkProfiles(home).map(
      (path) => ['sdk-profile', path, () => fromSdkProfile(ports.read, path)] as const,
    ),
    ...tccliFiles(home, environment).map(
      (path) => ['tccli', path, () => fromTccli(ports.read, path)] as const,
    ),
    ['cvm-role', 'metadata.tencentyun.com', () => fromRole(ports.metadata)],
    ...(ports.ask ? [['asked', '', () => asked(ports)] as const] : []),
  ];
  const looked: Look[] = [];
  for (const [source, place, look] of places) {
    const found = await look();
    looked.push({ source, place, outcome: typeof found === 'string' ? found : 'found' });
    if (typeof found !== 'string') return { ...taken(found, source, region), looked };
  }
  return { looked, ...(region && { region }) };
}

function taken(found: FoundPair, source: CredentialSource, region: string | undefined) {
  const named = region || found.region;
  return { credential: credentialOf(found, source), ...(named && { region: named }) };
}

/** From here on nothing prints it. */
export function credentialOf(found: FoundPair, source: CredentialSource): Credential {
  const { secretId, secretKey, token, expiresMs } = found;
  return {
    // Not a secret by itself, but no log is to have it in full.
    secretId: new Secret('SecretId', secretId),
    secretKey: new Secret('SecretKey', secretKey),
    ...(token && { token: new Secret('token', token) }),
    ...(expiresMs !== undefined && { expiresMs }),
    source,
  };
}

/** As much of an id as may be shown: `…cdef`. */
export function shownId({ secretId }: Credential): string {
  return `…${secretId.reveal().slice(-4)}`;
}

const ENVIRONMENT = 'TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY';

/** The token has a name in the SDK, another one in the command line, and a third in Terraform. */
const TOKENS = [
  'TENCENTCLOUD_SESSION_TOKEN',
  'TENCENTCLOUD_TOKEN',
  'TENCENTCLOUD_SECURITY_TOKEN',
] as const;

function fromEnvironment(environment: Environment): Found {
  const { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey } = environment;
  if (!secretId && !secretKey) return 'absent';
  if (!secretId || !secretKey) return 'incomplete';
  const token = TOKENS.map((name) => environment[name]).find(Boolean);
  return { secretId, secretKey, ...(token && { token }) };
}

function sdkProfiles(home: string | undefined): readonly string[] {
  const system = '/etc/tencentcloud/credentials';
  return home === undefined ? [system] : [`${home}/.tencentcloud/credentials`, system];
}

function tccliFiles(home: string | undefined, environment: Environment): readonly string[] {
  const profile = environment.TCCLI_PROFILE || 'default';
  return home === undefined ? [] : [`${home}/.tccli/${profile}.credential`];
}

async function asked({ ask }: CredentialPorts): Promise<Found> {
  const given = await ask?.();
  if (!given) return 'absent';
  const { secretId, secretKey } = given;
  return { secretId, secretKey: secretKey.reveal() };
}
