import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { OperatorError, problem, Secret } from '../../model/index.ts';
import type { SubjectNames } from './mint.ts';
import { type SessionPaths, writing } from './store.ts';

interface StoredPair {
  readonly certificate: string;
  readonly key: string;
}

/** What secrets.json holds. */
interface StoredSecrets {
  readonly databasePassword: string;
  readonly redisPassword: string;
  readonly jwtKey: string;
  readonly vrrpPassword: string;
  /** Absent in a session of an earlier version. */
  readonly adminPassword?: string | undefined;
  /** As above. The pump's password follows from it, and nothing the other way. */
  readonly mongodbAdminPassword?: string | undefined;
  readonly ca: StoredPair;
  /** Which names the certificates were made for: other nodes or domains need new ones. */
  readonly names: string;
  readonly certificates: Readonly<Record<Daemon, StoredPair>>;
}

/** With everything that this version needs. */
type WholeSecrets = StoredSecrets & {
  readonly adminPassword: string;
  readonly mongodbAdminPassword: string;
};

type Daemon = 'iam-apiserver' | 'iam-authz-server';
const DAEMONS: readonly Daemon[] = ['iam-apiserver', 'iam-authz-server'];

export interface OpenedSecrets {
  readonly databasePassword: Secret;
  readonly redisPassword: Secret;
  readonly jwtKey: Secret;
  readonly vrrpPassword: Secret;
  /** Of IAM's administrator; by IAM's rule for passwords. */
  readonly adminPassword: Secret;
  /** Of a MongoDB that is installed: who makes accounts, and the pump's own. */
  readonly mongodbAdminPassword: Secret;
  readonly mongodbPassword: Secret;
  readonly caCertificate: string;
  readonly certificates: Readonly<
    Record<Daemon, { readonly certificate: string; readonly key: Secret }>
  >;
}

/**
 * What the nodes have of the session's secrets: `none`, nothing was changed yet; `used`, new ones
 * would not fit; `unread`, the same, but this run does not need them (an undo).
 */
export type SecretsUse = 'none' | 'used' | 'unread';

/**
 * The session's secrets: read, or minted and written (0600) when there are none and the nodes
 * have none either; certificates are made again when the names they must hold have changed.
 *
 * @throws OperatorError "secrets-lost", "secrets-damaged"
 */
export async function openSecrets(
  paths: SessionPaths,
  names: SubjectNames,
  use: SecretsUse,
): Promise<OpenedSecrets> {
  const stored = await readStored(paths);
  const wanted = namesHash(names);
  if (stored && isWhole(stored) && stored.names === wanted) return reveal(stored);
  if (!stored && use === 'used') {
    throw new OperatorError(problem('secrets-lost', {}, { file: paths.secrets }));
  }
  const minted = await mint(stored, names, wanted);
  // never kept where the nodes have others: the next run would take them for theirs
  if (!stored && use === 'unread') return reveal(minted);
  await writing(paths.secrets, () =>
    writeFileAtomic(paths.secrets, `${JSON.stringify(minted, null, 2)}\n`, { mode: 0o600 }),
  );
  return reveal(minted);
}

/** Every secret that the session has, to look for in what is to be shown; none where there is no file. */
export async function knownSecrets(paths: SessionPaths): Promise<readonly Secret[]> {
  const stored = await readStored(paths);
  if (!stored) return [];
  const { ca, certificates, names: _, ...passwords } = stored;
  const keys = [ca, ...Object.values(certificates)].map(({ key }) => key);
  const own = isWhole(stored) ? [pumpPassword(stored)] : [];
  return [...Object.values(passwords), ...keys, ...own].flatMap((value) =>
    value === undefined ? [] : [new Secret('session', value)],
  );
}

function isWhole(stored: StoredSecrets): stored is WholeSecrets {
  return stored.adminPassword !== undefined && stored.mongodbAdminPassword !== undefined;
}

/** What the nodes have in common, and a session that takes them over needs. */
export type SharedSecrets = Pick<
  StoredSecrets,
  'databasePassword' | 'redisPassword' | 'jwtKey' | 'vrrpPassword'
>;

/** Puts `found` in the place of what was minted, on the disk, too. */
export async function rewriteSecrets(
  paths: SessionPaths,
  found: Partial<SharedSecrets>,
): Promise<OpenedSecrets> {
  const stored = await readStored(paths);
  if (!stored || !isWhole(stored))
    throw new OperatorError(problem('secrets-lost', {}, { file: paths.secrets }));
  const rewritten = { ...stored, ...found };
  await writing(paths.secrets, () =>
    writeFileAtomic(
      paths.secrets,
      `${JSON.stringify(rewritten, null, 2)}
`,
      { mode: 0o600 },
    ),
  );
  return reveal(rewritten);
}

async function readStored(paths: SessionPaths): Promise<StoredSecrets | undefined> {
  const text = await readFile(paths.secrets, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new OperatorError(
      problem('state-unreadable', { reason: error.code ?? 'EIO' }, { file: paths.secrets }),
    );
  });
  if (text === undefined) return undefined;
  const stored = parseStored(text);
  if (!stored) throw new OperatorError(problem('secrets-damaged', {}, { file: paths.secrets }));
  return stored;
}

const pair = z.object({ certificate: z.string().min(1), key: z.string().min(1) });
const storedSecrets = z.object({
  databasePassword: z.string().min(1),
  redisPassword: z.string().min(1),
  jwtKey: z.string().min(1),
  vrrpPassword: z.string().min(1),
  adminPassword: z.string().min(1).optional(),
  mongodbAdminPassword: z.string().min(1).optional(),
  ca: pair,
  names: z.string(),
  certificates: z.object({ 'iam-apiserver': pair, 'iam-authz-server': pair }),
});

/** Undefined when it is not what we wrote, whole. */
function parseStored(text: string): StoredSecrets | undefined {
  try {
    return storedSecrets.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function namesHash(names: SubjectNames): string {
  return createHash('sha256')
    .update(JSON.stringify([names.dns, names.ip]))
    .digest('hex');
}

async function mint(
  stored: StoredSecrets | undefined,
  names: SubjectNames,
  hash: string,
): Promise<WholeSecrets> {
  // loaded only here: most runs mint nothing, and the certificate library is slow to start
  const { mintCa, mintLeaf, randomAdminPassword, randomPassword } = await import('./mint.ts');
  const ca = stored?.ca ?? (await mintCa());
  const mintPairs = async () => {
    const pairs = await Promise.all(DAEMONS.map((daemon) => mintLeaf(ca, daemon, names)));
    return { 'iam-apiserver': pairs[0]!, 'iam-authz-server': pairs[1]! };
  };
  return {
    databasePassword: stored?.databasePassword ?? randomPassword(24),
    redisPassword: stored?.redisPassword ?? randomPassword(24),
    jwtKey: stored?.jwtKey ?? randomPassword(32),
    // keepalived cuts a password after 8 characters
    vrrpPassword: stored?.vrrpPassword ?? randomPassword(8),
    adminPassword: stored?.adminPassword ?? randomAdminPassword(),
    mongodbAdminPassword: stored?.mongodbAdminPassword ?? randomPassword(32),
    ca,
    names: hash,
    certificates: stored?.names === hash ? stored.certificates : await mintPairs(),
  };
}

/** On every node, in the pump's configuration: who has it must not have the administrator's. */
function pumpPassword({ mongodbAdminPassword }: WholeSecrets): string {
  return createHmac('sha256', mongodbAdminPassword).update('iam-pump').digest('base64url');
}

function reveal(stored: WholeSecrets): OpenedSecrets {
  const pair = (daemon: Daemon) => ({
    certificate: stored.certificates[daemon].certificate,
    key: new Secret(`${daemon} key`, stored.certificates[daemon].key),
  });
  return {
    databasePassword: new Secret('database password', stored.databasePassword),
    redisPassword: new Secret('redis password', stored.redisPassword),
    jwtKey: new Secret('jwt key', stored.jwtKey),
    vrrpPassword: new Secret('vrrp password', stored.vrrpPassword),
    adminPassword: new Secret('administrator’s password', stored.adminPassword),
    mongodbAdminPassword: new Secret(
      'mongodb administrator’s password',
      stored.mongodbAdminPassword,
    ),
    mongodbPassword: new Secret('mongodb password', pumpPassword(stored)),
    caCertificate: stored.ca.certificate,
    certificates: {
      'iam-apiserver': pair('iam-apiserver'),
      'iam-authz-server': pair('iam-authz-server'),
    },
  };
}
