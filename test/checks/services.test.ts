import { createHmac } from 'node:crypto';
import test from 'ava';
import { daemons, healthyScript } from '../../source/checks/service-daemons.ts';
import { serviceHealthCheck } from '../../source/checks/service-health.ts';
import { tokenAcceptedCheck } from '../../source/checks/token-accepted.ts';
import { forgedToken, tokenKeyCheck } from '../../source/checks/token-key.ts';
import {
  type Check,
  type Ipv4Address,
  type Measured,
  type NodeName,
  Secret,
} from '../../source/model/index.ts';

const one = { name: 'iam-1' as NodeName, address: '10.0.4.20' as Ipv4Address };
const two = { name: 'iam-2' as NodeName, address: '10.0.4.21' as Ipv4Address };

const secrets = {
  adminPassword: new Secret('admin password', 'Generated-2026x'),
  jwtKey: new Secret('jwt key', 'k'.repeat(32)),
};

const printed = (stdout: string): Measured => ({
  kind: 'exited',
  exitCode: 0,
  stdout,
  stderr: '',
});

function verdict(check: Check, ...outputs: readonly string[]) {
  const { state, reason, problem } = check.judge(outputs.map(printed));
  return { state, code: reason.code, node: problem?.node };
}

const HEALTHY = `HTTP/1.1 200 OK\r
Content-Type: application/json; charset=utf-8\r
Content-Length: 15\r
Connection: close\r
\r
{"status":"ok"}
talk 0
`;
const PUMP = HEALTHY.replace(':"ok"', ': "ok"');
const REFUSED = 'bash: connect: Connection refused\n\ntalk 7\n';
const SILENT = '\ntalk 124\n';

test('a daemon is healthy when every node gets its answer', (t) => {
  const check = serviceHealthCheck(one, 'iam-apiserver', [two]);
  t.is(check.id, 'healthz/iam-1/iam-apiserver');
  t.is(verdict(check, HEALTHY, HEALTHY).state, 'passed');
  t.is(verdict(check, PUMP, PUMP).state, 'passed');
  const failed = (code: string) => ({ state: 'failed', code, node: 'iam-1' });
  t.deepEqual(verdict(check, REFUSED, REFUSED), failed('service-no-answer'));
  t.deepEqual(verdict(check, HEALTHY, REFUSED), failed('service-local-only'));
  t.deepEqual(verdict(check, HEALTHY, SILENT), failed('service-blocked'));
  const other = 'HTTP/1.1 200 OK\r\n\r\n<html>\n\ntalk 0\n';
  t.deepEqual(verdict(check, other, other), failed('service-bad-answer'));
  t.is(verdict(check, HEALTHY, '').state, 'unknown');
});

test('an API server that cannot log in is explained by that, also when it is met while it runs', (t) => {
  const { explainedBy = [] } = serviceHealthCheck(one, 'iam-apiserver', [two], 'iam-2' as NodeName);
  t.true(explainedBy.includes('database-login/iam-1'));
  t.true(explainedBy.includes('database-server/mariadb'));
  t.true(explainedBy.includes('applied/iam-2/unit:mariadb'));
  const pump = serviceHealthCheck(one, 'iam-pump', [two]).explainedBy ?? [];
  t.false(pump.some((id) => id.startsWith('database-')));
});

test('an authorization server that waits is explained by its API server', (t) => {
  const { explainedBy } = serviceHealthCheck(one, 'iam-authz-server', [two]);
  t.true(explainedBy?.includes('applied/iam-1/unit:iam-apiserver'));
  t.true(explainedBy?.includes('applied/iam-1/unit:iam-authz-server'));
});

test('a token must be accepted everywhere', (t) => {
  const check = tokenAcceptedCheck({ node: one, others: [two], dataNode: one.name, secrets });
  const of = (text: string) => verdict(check, text);
  t.is(of('login 200\nuser iam-1 200\nuser iam-2 200\n').state, 'passed');
  t.deepEqual(of('login 200\nuser iam-1 200\nuser iam-2 401\n'), {
    state: 'failed',
    code: 'token-refused',
    node: 'iam-2',
  });
  t.is(of('login 200\nuser iam-1 200\nuser iam-2 0\n').code, 'token-not-tried');
  t.is(of('login 200\nuser iam-1 200\n').code, 'token-not-tried');
  t.deepEqual(of('login 0\n'), { state: 'failed', code: 'admin-login-failed', node: 'iam-1' });
  // The operator may have changed the published password: a token of our own signing has to do.
  const signed = of('login 401\nuser iam-1 200\nuser iam-2 200\n');
  t.deepEqual([signed.state, signed.code], ['passed', 'token-accepted-signed']);
  t.is(of('login 401\nuser iam-1 200\nuser iam-2 500\n').code, 'token-not-tried');
  t.deepEqual(of('login 401\n'), {
    state: 'unknown',
    code: 'admin-password-unknown',
    node: undefined,
  });
  t.is(of('').state, 'unknown');
});

test('a token that anybody can forge must be refused, whatever else the server says', (t) => {
  const check = tokenKeyCheck(one.name);
  const said = (first: number, second: number) =>
    `HTTP/1.1 ${first} X\r\n\ntalk 0\nHTTP/1.1 ${second} X\r\n\ntalk 0\n`;
  t.is(verdict(check, said(401, 401)).state, 'passed');
  t.is(verdict(check, said(200, 401)).code, 'token-key-guessable');
  // It let the token in, and then could not ask its database.
  t.is(verdict(check, said(401, 500)).code, 'token-key-guessable');
  t.is(verdict(check, REFUSED + REFUSED).code, 'token-key-not-tried');
});

test('the forged token is what IAM itself would sign with that key', (t) => {
  const token = forgedToken('');
  const [head = '', claims = '', signature] = token.split('.');
  t.is(signature, createHmac('sha256', '').update(`${head}.${claims}`).digest('base64url'));
  t.is(JSON.parse(Buffer.from(claims, 'base64url').toString()).identity, 'admin');
});

test('each daemon is awaited on its own port', (t) => {
  const ports = daemons.map((daemon) => /talk 127\.0\.0\.1 (\d+)/.exec(healthyScript(daemon))?.[1]);
  t.deepEqual(ports, ['8080', '9090', '7070']);
});
