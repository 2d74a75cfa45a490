import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { ASK, whichPassword } from '../../source/checks/iam-login.ts';
import { apiToken } from '../../source/checks/iam-token.ts';
import { type Content, content, revealContent, Secret } from '../../source/model/index.ts';
import { changeScript } from '../../source/stages/services/admin-password-script.ts';

const JWT_KEY = 'k'.repeat(32);
/** Every kind of character that once broke a shell or JSON; by IAM's rule. */
const AWKWARD = `A1'"\\$;# :@%é`;

interface Iam {
  readonly port: number;
  password: string;
  /** The database is away. */
  ill: boolean;
  /** Refuses whatever is to be the new password. */
  stubborn: boolean;
}

/** An API server as far as the administrator's password goes, for one test. */
async function startIam(t: ExecutionContext, password: string): Promise<Iam> {
  const state = { port: 0, password, ill: false, stubborn: false };
  const answer = (line: string, token: string, body: Record<string, string>): number => {
    if (line === 'POST /login') return !state.ill && body.password === state.password ? 200 : 401;
    if (token !== `Bearer ${apiToken(JWT_KEY, 'admin')}`) return 401;
    if (state.ill) return 500;
    if (line === 'GET /v1/users/admin') return 200;
    if (line !== 'PUT /v1/users/admin/change-password') return 404;
    if (body.oldPassword !== state.password) return 401;
    if (state.stubborn) return 400;
    state.password = body.newPassword ?? '';
    return 200;
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization = '' } = request.headers;
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    response.statusCode = answer(`${request.method} ${request.url}`, authorization, body);
    response.end(response.statusCode === 200 ? '{"token":"a.b.c"}' : '{}');
  }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  state.port = (server.address() as AddressInfo).port;
  return state;
}

/** Runs a script as a node does, but with the API server where it is. */
function bash(script: Content, port: number) {
  const text = revealContent(script).replaceAll('127.0.0.1 8080', `127.0.0.1 ${port}`);
  return new Promise<string>((resolve) => {
    const child = execFile('bash', ['-s'], (error, stdout, stderr) => {
      const complaint = /@problem (\S+)/.exec(stderr)?.[1] ?? '';
      resolve(`${stdout.trim()} ${error ? complaint || 'failed' : 'done'}`.trim());
    });
    child.stdin?.end(text);
  });
}

const secretsOf = (password: string) => ({
  adminPassword: new Secret('admin password', password),
  jwtKey: new Secret('jwt key', JWT_KEY),
});
const ask = (password = AWKWARD) => content`${ASK}${whichPassword(secretsOf(password))}`;
const change = (password = AWKWARD) => changeScript(secretsOf(password));

test('which password is in force is found out by logging in', async (t) => {
  const iam = await startIam(t, AWKWARD);
  t.is(await bash(ask(), iam.port), 'admin wanted done');
  iam.password = 'Admin@2021';
  t.is(await bash(ask(), iam.port), 'admin published done');
  iam.password = 'Somebodys-0wn';
  t.is(await bash(ask(), iam.port), 'admin other done');
});

test('an IAM without its database is ill, and not one with another password', async (t) => {
  const iam = await startIam(t, AWKWARD);
  iam.ill = true;
  t.is(await bash(ask(), iam.port), 'admin ill done');
  t.is(await bash(change(), iam.port), 'admin ill admin-password-not-asked');
});

test('an IAM that is not there is away', async (t) => {
  t.is(await bash(ask(), 1), 'admin away done');
});

test('the published password becomes the wanted one, whatever is in it; and once is enough', async (t) => {
  for (const password of [AWKWARD, 'Pässwörd-1中', "''''Aa1!", '`id`$(id)Aa1!', '-e\\n%s-Aa1']) {
    const iam = await startIam(t, 'Admin@2021');
    t.is(await bash(change(password), iam.port), 'admin published done', password);
    t.is(iam.password, password);
    t.is(await bash(change(password), iam.port), 'admin wanted done', password);
  }
});

test('nobody’s own password is touched, and a refusal is said', async (t) => {
  const iam = await startIam(t, 'Somebodys-0wn');
  t.is(await bash(change(), iam.port), 'admin other admin-password-other');
  t.is(iam.password, 'Somebodys-0wn');
  iam.password = 'Admin@2021';
  iam.stubborn = true;
  t.is(await bash(change(), iam.port), 'admin published admin-password-refused');
});
