import { createHmac } from 'node:crypto';
import { type Cluster, ports, publishedAdmin, type Service } from '../cluster/index.ts';
import {
  type Content,
  content,
  type DialogueRequest,
  type HttpMethod,
  type Ipv4Address,
  mapSecret,
  type NodeName,
  Secret,
  type Vantage,
} from '../model/index.ts';
import type { AdminSecrets } from './iam-login.ts';
import { apiToken, authzToken } from './iam-token.ts';

export interface Acceptance {
  readonly vantage: Vantage;
  readonly vip: Ipv4Address;
  readonly domains: Cluster['domains'];
  /** How many authorization servers have to hear of a policy. */
  readonly backends: number;
  /** Where nginx lets nobody register: the node whose own API server is asked instead. */
  readonly registerOn?: NodeName;
  readonly secrets: AdminSecrets;
}

/** The names of all that is made, and removed again: fixed, so that what a dead run left is found. */
export const OURS = 'iam-ha-acceptance';

const TIMEOUT_MS = 5000;
const PATHS = { user: '/v1/users', secret: '/v1/secrets', policy: '/v1/policies' } as const;

export type Thing = keyof typeof PATHS;

interface Ask {
  readonly step: string;
  readonly method?: HttpMethod;
  readonly path: string;
  readonly token?: Secret;
  readonly body?: Content;
  readonly pauseMs?: number;
}

/** A request to a domain through the VIP. */
function ask(
  { vantage, vip, domains }: Acceptance,
  service: Service,
  { token, body, ...rest }: Ask,
): DialogueRequest {
  return {
    kind: 'http',
    vantage,
    address: vip,
    port: ports.http,
    host: domains[service],
    timeoutMs: TIMEOUT_MS,
    ...rest,
    headers: {
      ...(token && { Authorization: content`Bearer ${token}` }),
      ...(body && { 'Content-Type': ['application/json'] }),
    },
    ...(body && { body }),
  };
}

export function logIn(acceptance: Acceptance, user: string, password: Secret): DialogueRequest {
  const body = [mapSecret(password, (text) => JSON.stringify({ username: user, password: text }))];
  return ask(acceptance, 'api', { step: 'login', method: 'POST', path: '/login', body });
}

/** A token that the API servers take for their own. */
export function tokenFor({ secrets }: Acceptance, user: string): Secret {
  return mapSecret(secrets.jwtKey, (key) => apiToken(key, user));
}

/** Nobody can log in as our user, should it ever stay: the password follows from the session's key. */
export function ourPassword({ secrets }: Acceptance): Secret {
  const password = (key: string) => createHmac('sha256', key).update(OURS).digest('base64url');
  return mapSecret(secrets.jwtKey, (key) => `Aa1-${password(key).slice(0, 12)}`);
}

export function look(acceptance: Acceptance, token: Secret): DialogueRequest {
  return ask(acceptance, 'api', { step: 'look', path: `${PATHS.user}/${OURS}`, token });
}

/** Without a log-in: IAM lets anybody register. */
export function register(acceptance: Acceptance): DialogueRequest {
  const user = (password: string) => ({
    metadata: { name: OURS },
    nickname: 'iam-ha',
    password,
    email: 'iam-ha@example.com',
    phone: '18128840000',
  });
  const body = [mapSecret(ourPassword(acceptance), (text) => JSON.stringify(user(text)))];
  return ask(acceptance, 'api', { step: 'user', method: 'POST', path: PATHS.user, body });
}

/** The same, asked of a node's own API server, past nginx. */
export function registerOn(acceptance: Acceptance, node: NodeName): DialogueRequest {
  return {
    ...register(acceptance),
    vantage: { kind: 'via', node },
    address: '127.0.0.1',
    port: ports.apiserver,
  };
}

const POLICY = {
  description: 'Made by iam-ha-wizard for a moment.',
  subjects: ['users:iam-ha'],
  actions: ['read'],
  effect: 'allow',
  resources: ['resources:iam-ha:<.*>'],
  conditions: {
    remoteIPAddress: { type: 'CIDRCondition', options: { cidr: '192.168.0.0/16' } },
  },
} as const;

export function make(acceptance: Acceptance, thing: Thing, token: Secret): DialogueRequest {
  const metadata = { name: OURS };
  const what =
    thing === 'secret'
      ? { metadata, expires: 0, description: POLICY.description }
      : { metadata, policy: POLICY };
  const body = [JSON.stringify(what)];
  return ask(acceptance, 'api', { step: thing, method: 'POST', path: PATHS[thing], token, body });
}

export function remove(acceptance: Acceptance, thing: Thing, token: Secret): DialogueRequest {
  const path = `${PATHS[thing]}/${OURS}`;
  return ask(acceptance, 'api', { step: 'remove', method: 'DELETE', path, token });
}

export interface Key {
  readonly id: string;
  readonly key: Secret;
}

/** Whether a user may read something of ours from an address: the policy says from which. */
export function authorize(
  acceptance: Acceptance,
  step: 'allowed' | 'denied',
  { id, key }: Key,
  pauseMs: number,
): DialogueRequest {
  const question = {
    subject: 'users:iam-ha',
    action: 'read',
    resource: 'resources:iam-ha:page',
    context: { remoteIPAddress: step === 'allowed' ? '192.168.0.5' : '10.1.1.1' },
  };
  return ask(acceptance, 'authz', {
    step,
    method: 'POST',
    path: '/v1/authz',
    token: mapSecret(key, (text) => authzToken(id, text)),
    body: [JSON.stringify(question)],
    pauseMs,
  });
}

/** The administrator's passwords, in the order in which they are tried. */
export function adminPasswords({ secrets }: Acceptance): readonly Secret[] {
  return [secrets.adminPassword, new Secret('published password', publishedAdmin.password)];
}
