import { createHmac } from 'node:crypto';
import {
  type DialogueAction,
  type DialogueRequest,
  type Exchange,
  type HttpResult,
  revealContent,
} from '../../source/model/index.ts';

export const JWT_KEY = 'k'.repeat(32);

/** What is different from an IAM that is well. */
export interface Ills {
  /** The administrator's password in force. */
  readonly password?: string;
  /** No answer from this request on (counted from 0), for so many requests. */
  readonly silent?: readonly [from: number, count: number];
  /** Answers of its own for a step; undefined: as ever. */
  readonly answers?: (request: DialogueRequest, nth: number) => HttpResult | undefined;
  /** How many questions it takes until a new policy is known. */
  readonly deaf?: number;
  /** Left by a run that died. */
  readonly leftOver?: boolean;
  readonly closed?: boolean;
}

export const answer = (status: number, body: unknown): HttpResult => ({
  kind: 'answered',
  status,
  body: JSON.stringify(body),
  elapsedMs: 1,
});

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

function isSignedBy(token: string, key: string): boolean {
  const [head, claims, signature] = token.split('.');
  return createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url') === signature;
}

/** IAM as it was measured, as far as the acceptance goes; with some ills. */
export class FakeIam {
  readonly #ills: Ills;
  readonly users = new Map<string, string>();
  readonly things = new Set<string>();
  readonly asked: DialogueRequest[] = [];
  readonly bodies: string[] = [];
  #heard = 0;

  constructor(ills: Ills = {}) {
    this.#ills = ills;
    this.users.set('admin', ills.password ?? 'Generated-2026x');
    if (ills.leftOver) {
      this.users.set('iam-ha-acceptance', 'old');
      this.things.add('/v1/policies/iam-ha-acceptance');
    }
  }

  /** Holds the dialogue to its end, a request every 100 ms. */
  hold(action: DialogueAction): readonly Exchange[] {
    const exchanges: Exchange[] = [];
    let atMs = 0;
    for (;;) {
      const request = action.next(exchanges);
      if (!request) return exchanges;
      atMs += 100 + (request.pauseMs ?? 0);
      exchanges.push({ step: request.step, result: this.#answer(request), atMs });
    }
  }

  #answer(request: DialogueRequest): HttpResult {
    const nth = this.asked.length;
    this.asked.push(request);
    const [from, count] = this.#ills.silent ?? [0, 0];
    if (nth >= from && nth < from + count)
      return { kind: 'no-answer', reason: 'connect-timeout', elapsedMs: 1 };
    const own = this.#ills.answers?.(request, nth);
    if (own) return own;
    const body = request.body ? revealContent(request.body) : '';
    this.bodies.push(body);
    return request.host.includes('authz')
      ? this.#decide(request, JSON.parse(body))
      : this.#serve(request, body ? JSON.parse(body) : {});
  }

  #serve(request: DialogueRequest, body: Record<string, never>): HttpResult {
    const { method = 'GET', path } = request;
    if (path === '/login') return this.#logIn(body);
    if (path === '/v1/users' && method === 'POST') return this.#register(request, body);
    const user = this.#userOf(request);
    if (!user) return answer(401, { message: 'signature is invalid' });
    if (method === 'DELETE') return this.#remove(user, path);
    if (method === 'POST') return this.#make(path);
    const name = path.split('/').at(-1) ?? '';
    return this.users.has(name)
      ? answer(200, { metadata: { name }, password: '$2a$10$hash' })
      : answer(404, { code: 110001, message: 'User not found' });
  }

  #userOf({ headers = {} }: DialogueRequest): string | undefined {
    const token = revealContent(headers.Authorization ?? []).replace('Bearer ', '');
    if (token.startsWith('token-of-')) return token.replace('token-of-', '');
    return isSignedBy(token, JWT_KEY) ? claimsOf(token).identity : undefined;
  }

  #logIn({ username, password }: Record<string, string>): HttpResult {
    const isRight = this.users.get(username ?? '') === password;
    return isRight
      ? answer(200, { expire: 'x', token: `token-of-${username}` })
      : answer(401, { message: 'incorrect Username or Password' });
  }

  #register({ port }: DialogueRequest, body: Record<string, never>): HttpResult {
    if (this.#ills.closed && port === 80)
      return { ...answer(403, ''), body: '<html>' } as HttpResult;
    const { metadata, password } = body as { metadata?: { name: string }; password?: string };
    const name = metadata?.name ?? '';
    if (this.users.has(name)) return answer(400, { code: 110002, message: 'User already exist' });
    this.users.set(name, password ?? '');
    return answer(200, { metadata });
  }

  #make(path: string): HttpResult {
    this.things.add(`${path}/iam-ha-acceptance`);
    this.#heard = 0;
    return answer(200, path === '/v1/secrets' ? { secretID: 'id', secretKey: 'key' } : {});
  }

  #remove(user: string, path: string): HttpResult {
    if (path.startsWith('/v1/users/')) {
      if (user !== 'admin') return answer(403, { code: 100207, message: 'Permission denied' });
      this.users.delete(path.replace('/v1/users/', ''));
    }
    this.things.delete(path);
    return answer(200, null);
  }

  #decide({ headers = {} }: DialogueRequest, body: Record<string, never>): HttpResult {
    const token = revealContent(headers.Authorization ?? []).replace('Bearer ', '');
    const isKnown = this.#heard++ >= (this.#ills.deaf ?? 0) && isSignedBy(token, 'key');
    if (!isKnown) return answer(401, { code: 100202, message: 'Signature is invalid' });
    const { context } = body as { context?: { remoteIPAddress: string } };
    return context?.remoteIPAddress.startsWith('192.168.')
      ? answer(200, { allowed: true })
      : answer(200, { allowed: false, denied: true, reason: 'Request was denied by default' });
  }
}
