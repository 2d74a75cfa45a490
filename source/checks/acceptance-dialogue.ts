import { publishedAdmin } from '../cluster/index.ts';
import { type Exchange, Secret } from '../model/index.ts';
import {
  type Acceptance,
  adminPasswords,
  authorize,
  type Key,
  logIn,
  look,
  make,
  OURS,
  ourPassword,
  register,
  registerOn,
  remove,
  tokenFor,
} from './acceptance-requests.ts';
import type { Dialogue } from './dialogue.ts';
import { answerOf } from './iam-answer.ts';

/** How the acceptance ended: all as it should be, or at which answer not, and what that means. */
export type AcceptanceOutcome =
  | { readonly kind: 'passed'; readonly loggedIn: boolean; readonly allowed: number }
  | {
      readonly kind:
        | 'bad'
        | 'busy'
        | 'left-over'
        | 'not-allowed'
        | 'not-denied'
        | 'registration-open';
      readonly at: Exchange;
    };

type Talk<Result> = Dialogue<Result | Bad>;
type Bad = Exclude<AcceptanceOutcome, { readonly kind: 'passed' }>;

/** New policies reach an authorization server within a second; a busy one gets longer. */
export const ALLOWED_WITHIN_MS = 6000;
const PAUSE_MS = 200;

const bad = (at: Exchange, kind: Bad['kind'] = 'bad'): Bad => ({ kind, at });

function isBad(what: object): what is Bad {
  return 'at' in what;
}

/**
 * IAM's work through the VIP, as a client does it. What a dead run left is removed first; what this
 * one makes is removed at its end, however far it came.
 */
export function* acceptance(a: Acceptance): Dialogue<AcceptanceOutcome> {
  const admin = yield* enter(a);
  if (isBad(admin)) return admin;
  const user = yield* makeUser(a);
  if (isBad(user) && user.kind === 'busy') return user;
  const worked = isBad(user) ? user : yield* work(a);
  const removed = yield* removeAll(a, admin.token);
  if (isBad(worked)) return worked;
  return removed ?? { kind: 'passed', loggedIn: admin.loggedIn, ...worked };
}

interface Admin {
  readonly token: Secret;
  /** False where nobody told us the password: the token is signed as the API servers sign. */
  readonly loggedIn: boolean;
}

/** The administrator's log-in; and the place is made clean. */
function* enter(a: Acceptance): Talk<Admin> {
  const admin = yield* logInAdmin(a);
  if (isBad(admin)) return admin;
  const seen = yield look(a, admin.token);
  const { status } = answerOf(seen);
  // also the answer that tells a database that is away from a wrong password
  if (status !== 200 && status !== 404) return bad(seen);
  const left = status === 200 ? yield* removeAll(a, admin.token) : undefined;
  return left ?? admin;
}

function* logInAdmin(a: Acceptance): Talk<Admin> {
  for (const password of adminPasswords(a)) {
    const said = yield logIn(a, publishedAdmin.username, password);
    const { status, token } = answerOf(said);
    if (status === 200 && token) return { token: new Secret('token', token), loggedIn: true };
    if (status !== 401) return bad(said);
  }
  return { token: tokenFor(a, publishedAdmin.username), loggedIn: false };
}

/** Through the VIP; where registration is closed that must be refused, and a node's own API is asked. */
function* makeUser(a: Acceptance): Talk<{ readonly made: true }> {
  const said = yield register(a);
  const { status, code } = answerOf(said);
  if (code === 110002) return bad(said, 'busy');
  if (!a.registerOn) return status === 200 ? { made: true } : bad(said);
  if (status === 200) return bad(said, 'registration-open');
  if (status !== 403) return bad(said);
  const own = yield registerOn(a, a.registerOn);
  const answer = answerOf(own);
  if (answer.code === 110002) return bad(own, 'busy');
  return answer.status === 200 ? { made: true } : bad(own);
}

interface Worked {
  readonly allowed: number;
}

/** Our user logs in, and gets a secret and a policy of its own: nobody else's policies matter then. */
function* work(a: Acceptance): Talk<Worked> {
  const said = yield logIn(a, OURS, ourPassword(a));
  const { status, token } = answerOf(said);
  if (status !== 200 || !token) return bad(said);
  const user = new Secret('token', token);
  const secret = yield make(a, 'secret', user);
  const { secretId, secretKey } = answerOf(secret);
  if (!secretId || !secretKey) return bad(secret);
  const policy = yield make(a, 'policy', user);
  if (answerOf(policy).status !== 200) return bad(policy);
  return yield* decide(a, { id: secretId, key: new Secret('secret key', secretKey) });
}

/**
 * Allowed, until every server must have said so: each takes its turn, and one that has not heard of
 * the policy yet begins the count anew. Then once denied.
 */
function* decide(a: Acceptance, key: Key): Talk<Worked> {
  const wanted = 2 * a.backends;
  let since: number | undefined;
  for (let inARow = 0, pauseMs = 0; inARow < wanted; ) {
    const said = yield authorize(a, 'allowed', key, pauseMs);
    const { status, code, allowed } = answerOf(said);
    since ??= said.atMs;
    if (status !== 200 && code !== 100202) return bad(said);
    if (!allowed && said.atMs - since > ALLOWED_WITHIN_MS) return bad(said, 'not-allowed');
    inARow = allowed ? inARow + 1 : 0;
    pauseMs = allowed ? 0 : PAUSE_MS;
  }
  const said = yield authorize(a, 'denied', key, 0);
  const { status, allowed, denied } = answerOf(said);
  if (status !== 200) return bad(said);
  return denied && !allowed ? { allowed: wanted } : bad(said, 'not-denied');
}

/**
 * Secret and policy first, so that the authorization servers hear of it; the user last: as long as it
 * is there, there may be more. What is not there, IAM removes just as well.
 */
function* removeAll(a: Acceptance, admin: Secret): Dialogue<Bad | undefined> {
  const own = tokenFor(a, OURS);
  for (const [thing, token] of [
    ['policy', own],
    ['secret', own],
    ['user', admin],
  ] as const) {
    const said = yield remove(a, thing, token);
    if (answerOf(said).status !== 200) return bad(said, 'left-over');
  }
  const seen = yield look(a, admin);
  return answerOf(seen).status === 404 ? undefined : bad(seen, 'left-over');
}
