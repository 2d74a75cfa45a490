import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import type { BsonDocument, BsonValue } from './bson.ts';
import { notAsked } from './mongo-server.ts';
import { type MongoAnswer, type MongoPlace, mongoAnswer, mongoConversation } from './mongo-talk.ts';

export interface MongoLogin {
  readonly from: NodeName;
  /** The node that has MongoDB; absent where it is no node's of ours. */
  readonly dataNode?: NodeName;
  readonly place: MongoPlace;
  /** What the pump writes into. */
  readonly collection: string;
  /** Another node whose log-in says first what is wrong with the account, which is one for all. */
  readonly first?: NodeName;
}

/** What the account may do, without doing it. */
const STATUS: BsonDocument = { connectionStatus: 1, showPrivileges: true };

/** The pump writes, and the check of what it wrote reads. */
const NEEDED = ['insert', 'find'] as const;

const PATIENCE_MS = 8000;

/**
 * From a node, with the pump's own account and in the very words of its driver, somebody can log in
 * to MongoDB, and may write there. The log-in's proof is computed here; the node passes bytes on.
 */
export function mongoLoginCheck(options: MongoLogin): Check {
  const { from, dataNode, place, first } = options;
  const { host: address, port, user, database } = place;
  const causes = ['unit:mongodb', 'config:mongodb', 'mongodb-account'];
  return {
    id: `mongodb-login/${from}`,
    node: from,
    title: message('check-mongodb-login', { node: from, address: `${address}:${port}` }),
    measurements: [
      {
        kind: 'connect',
        vantage: { kind: 'via', node: from },
        address,
        port,
        timeoutMs: PATIENCE_MS,
        conversation: mongoConversation(place, STATUS),
      },
    ],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      'mongodb-server',
      ...(first && first !== from ? [`mongodb-login/${first}`] : []),
      ...(dataNode ? causes.map((id) => appliedCheckId(dataNode, id)) : []),
    ],
    deadlineMs: 15_000,
    seeForYourself: `mongo --host ${address} --port ${port} -u ${user} -p -- ${database}`,
  };
}

function judge(options: MongoLogin, measured: Measured | undefined): Verdict {
  const { from, place } = options;
  const { host, port, user, database } = place;
  const found = mongoAnswer(place, STATUS, measured);
  const params = { address: `${host}:${port}`, port, from, account: user, database };
  const fail = (code: string, more: Readonly<Record<string, string>> = {}, detail?: string) =>
    failed(problem(code, { ...params, ...more }, { node: from, ...(detail && { detail }) }));
  switch (found.kind) {
    case 'unmeasured':
      return notAsked(found.why);
    case 'in':
      return allowed(options, found, fail);
    case 'denied':
      return fail(deniedCode(found.detail), {}, found.detail);
    case 'too-new':
    case 'too-old':
      return fail(`mongodb-${found.kind}`, { version: found.version });
    default:
      return fail(CODES[found.kind]);
  }
}

const CODES = {
  refused: 'mongodb-not-listening',
  silent: 'mongodb-blocked',
  'not-mongodb': 'mongodb-not-mongodb',
} as const;

/** 18, and 11 of older servers: no such user, or another password. Servers do not say which. */
function deniedCode(detail: string): string {
  return /^(?:11|18) /.test(detail) ? 'mongodb-wrong-password' : 'mongodb-login-refused';
}

type Fail = (code: string, more?: Readonly<Record<string, string>>) => Verdict;

function allowed(
  { from, place, collection }: MongoLogin,
  { answer, version, isStandIn }: Extract<MongoAnswer, { kind: 'in' }>,
  fail: Fail,
): Verdict {
  const missing = NEEDED.filter((action) => !may(answer, place.database, collection, action));
  if (missing.length > 0) return fail('mongodb-not-allowed', { missing: missing.join(', ') });
  const code = isStandIn ? 'mongodb-login-stand-in' : 'mongodb-login-ok';
  return passed(message(code, { account: place.user, from, database: place.database, version }));
}

/** Whether one of the account's privileges covers the action; an empty name covers all. */
function may(answer: BsonDocument, database: string, collection: string, action: string): boolean {
  const privileges = list(part(answer.authInfo).authenticatedUserPrivileges);
  return privileges.some((one) => {
    const { resource, actions } = part(one);
    const { db, collection: of, anyResource } = part(resource);
    const covers = (db === '' || db === database) && (of === '' || of === collection);
    return (anyResource === true || covers) && list(actions).includes(action);
  });
}

function part(value: BsonValue | undefined): BsonDocument {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain ? (value as BsonDocument) : {};
}

function list(value: BsonValue | undefined): readonly BsonValue[] {
  return Array.isArray(value) ? value : [];
}
