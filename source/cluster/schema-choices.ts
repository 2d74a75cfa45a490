import { z } from 'zod';
import { isRegion } from '../model/index.ts';
import {
  address,
  checkedText,
  choice,
  chosenBy,
  host,
  integer,
  isMapping,
  mapping,
  path,
  port,
  secretRef,
} from './schema-parts.ts';
import { setFields } from './set-fields.ts';
import type {
  AdminPassword,
  Alert,
  Cloud,
  ElasticIp,
  IamSource,
  MariadbChoice,
  MongodbChoice,
  RedisChoice,
} from './types.ts';

/** A word, or a mapping: what an operator may write in place of each other. */
function wordOr<T>(word: z.ZodType<T>, form: z.ZodType<T>) {
  return chosenBy<T>((value) => (isMapping(value) ? form : word));
}

function isWord(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}

const directory = mapping({ directory: path }).transform(
  (value): IamSource => ({ kind: 'directory', path: value.directory }),
);
const go = mapping({
  go: checkedText('invalid-go-version', (text) => /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(text)),
}).transform((value): IamSource => ({ kind: 'go', version: value.go }));
const archive = mapping({
  archive: path,
  sha256: checkedText('invalid-sha256', (text) => /^[0-9a-f]{64}$/i.test(text)),
}).transform(
  (value): IamSource => ({
    kind: 'archive',
    path: value.archive,
    sha256: value.sha256.toLowerCase(),
  }),
);
const installed = mapping({
  installed: z.literal(true, { error: 'expected-true' }),
  schema: path.optional(),
}).transform(
  ({ schema }): IamSource => ({ kind: 'installed', ...(schema === undefined ? {} : { schema }) }),
);
const noSource = mapping({
  directory: z.unknown().optional(),
  go: z.unknown().optional(),
  archive: z.unknown().optional(),
  sha256: z.unknown().optional(),
  installed: z.unknown().optional(),
  schema: z.unknown().optional(),
}).transform((_value, context): IamSource => {
  // After an unknown key that one is the mistake.
  if (context.issues.length === 0) {
    context.issues.push({ code: 'custom', message: 'iam-source-choice', input: undefined });
  }
  return z.NEVER;
});

const sources = { directory, go, archive, installed } as const;
type SourceKey = keyof typeof sources;

/** Exactly one of `directory`, `go`, `archive` (with `sha256`) and `installed` (with `schema`, or not). */
export const iamSource = chosenBy<IamSource>((value) => {
  if (!isMapping(value)) return noSource;
  const keys = Object.keys(value as object);
  const given = (Object.keys(sources) as SourceKey[]).filter((key) => keys.includes(key));
  const [only] = given;
  return only && given.length === 1 ? sources[only] : noSource;
});

const keptOrGenerated = choice(['generate', 'keep']).transform((kind): AdminPassword => ({ kind }));

export const adminPassword = chosenBy<AdminPassword>((value) =>
  isWord(value, ['generate', 'keep']) ? keptOrGenerated : secretRef,
);

const account = checkedText('invalid-user', (text) =>
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}$/.test(text),
);
const databaseName = checkedText('invalid-database-name', (text) =>
  /^[A-Za-z0-9_-]{1,63}$/.test(text),
);

export const mariadb = wordOr<MariadbChoice>(
  choice(['install']).transform((kind): MariadbChoice => ({ kind })),
  mapping({
    host,
    port: port.default(3306),
    adminUser: account,
    adminPassword: secretRef,
  }).transform((value): MariadbChoice => ({ kind: 'existing', ...value })),
);

export const redis = wordOr<RedisChoice>(
  choice(['install']).transform((kind): RedisChoice => ({ kind })),
  mapping({ host, port: port.default(6379), password: secretRef.optional() }).transform(
    (value): RedisChoice => ({ kind: 'existing', ...setFields(value) }),
  ),
);

export const mongodb = wordOr<MongodbChoice>(
  choice(['none', 'install']).transform((kind): MongodbChoice => ({ kind })),
  mapping({
    host,
    port: port.default(27_017),
    database: databaseName,
    user: account,
    password: secretRef,
  }).transform((value): MongodbChoice => ({ kind: 'existing', ...value })),
);

const newEip = mapping({
  // Mbit/s, as the cloud bounds an address that is paid by the hour.
  bandwidth: integer('invalid-bandwidth', 1, 100),
}).transform((value): ElasticIp => ({ kind: 'new', bandwidthMbps: value.bandwidth }));
const existingEip = mapping({ existing: address }).transform(
  (value): ElasticIp => ({ kind: 'existing', address: value.existing }),
);

const eip = chosenBy<ElasticIp>((value) =>
  isMapping(value) && Object.hasOwn(value as object, 'existing') ? existingEip : newEip,
);

const region = checkedText('invalid-region', isRegion);

const clouds = z.discriminatedUnion(
  'provider',
  [
    mapping({ provider: z.literal('none') }),
    mapping({ provider: z.literal('console'), eip: eip.optional() }),
    mapping({
      provider: z.literal('tencent'),
      region: region.optional(),
      eip: eip.optional(),
      securityGroups: z.enum(['leave', 'open'], { error: 'unknown-choice' }).default('leave'),
    }),
  ],
  { error: unionCode },
);

export const cloud = clouds.transform((value): Cloud => setFields(value) as Cloud);

function unionCode(issue: { readonly code?: string | undefined }): string {
  return issue.code === 'invalid_union' ? 'unknown-choice' : 'expected-mapping';
}

const mailbox = checkedText('invalid-mailbox', (text) => /^[^\s@<>]+@[A-Za-z0-9.-]+$/.test(text));
const mailboxes = chosenBy<readonly string[]>((value) =>
  Array.isArray(value)
    ? z.array(mailbox).min(1, { error: 'invalid-mailbox' })
    : mailbox.transform((one) => [one]),
);

const alerts = z.discriminatedUnion(
  'kind',
  [
    mapping({
      kind: z.enum(['wecom', 'slack', 'webhook']),
      url: secretRef,
    }),
    mapping({
      kind: z.enum(['dingtalk', 'feishu']),
      url: secretRef,
      secret: secretRef.optional(),
    }),
    mapping({
      kind: z.literal('email'),
      smtp: host,
      from: mailbox,
      to: mailboxes,
      user: checkedText('invalid-user', (text) => /^[^\s\x00-\x1f]+$/.test(text)).optional(),
      password: secretRef.optional(),
    }),
  ],
  { error: unionCode },
);

export const alert = alerts.transform((value): Alert => setFields(value) as Alert);
