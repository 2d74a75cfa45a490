import test from 'ava';
import { clearTextCheck, publicTlsCheck } from '../../source/checks/public-tls.ts';
import { nodeTlsCheck, vipTlsCheck } from '../../source/checks/tls-health.ts';
import type { Check, HttpResult, NodeName } from '../../source/model/index.ts';
import { EIP } from '../stages/_cloud-input.ts';
import { stageInput } from '../stages/_proxy-input.ts';

const { cluster } = stageInput();
const GIVEN = 'AB:CD';
const NODE = 'iam-2' as NodeName;
const OK = '{"status":"ok"}';

const shown = { fingerprint: GIVEN, subject: 'CN=x', expires: '2027-01-31', isExpired: false };

function answered(certificate: Partial<typeof shown> = {}, status = 200, body = OK): HttpResult {
  const seen = { ...shown, ...certificate };
  return { kind: 'answered', status, body, elapsedMs: 3, certificate: seen };
}

function silent(reason: string, unmeasured?: true): HttpResult {
  return { kind: 'no-answer', reason, elapsedMs: 3, ...(unmeasured && { unmeasured }) };
}

const clear: HttpResult = { kind: 'answered', status: 200, body: OK, elapsedMs: 3 };

const CASES: Readonly<Record<string, readonly [HttpResult, string, string]>> = {
  'the given certificate, and IAM behind it': [answered(), 'passed', 'tls-answered'],
  'nobody listens': [silent('refused'), 'failed', 'tls-no-answer'],
  'nobody says anything': [silent('connect-timeout'), 'failed', 'tls-no-answer'],
  'another program listens': [silent('tls-failed'), 'failed', 'tls-no-handshake'],
  'something in between cuts it off': [silent('reset'), 'failed', 'tls-no-handshake'],
  'another certificate': [answered({ fingerprint: '99' }), 'failed', 'tls-other-certificate'],
  'one that has run out': [answered({ isExpired: true }), 'failed', 'tls-expired'],
  'a sick IAM': [answered({}, 502, 'bad'), 'failed', 'tls-bad-answer'],
  'somebody else behind it': [answered({}, 200, '<html>'), 'failed', 'tls-bad-answer'],
  'no certificate at all': [clear, 'failed', 'tls-no-handshake'],
  'nobody could ask': [silent('forwarding-prohibited', true), 'unknown', 'not-measured'],
};

for (const [name, [result, state, code]] of Object.entries(CASES)) {
  test(`over TLS: ${name}`, (t) => {
    const verdict = nodeTlsCheck(cluster, NODE, 'api', GIVEN).judge([result]);
    t.like(verdict, { state, reason: { code } });
    if (state === 'failed') t.is(verdict.problem?.node, NODE);
  });
}

test('on a node: by its own sshd, at 127.0.0.1, with the domain’s name in the handshake', (t) => {
  t.like(nodeTlsCheck(cluster, NODE, 'authz', GIVEN).measurements[0], {
    vantage: { kind: 'via', node: NODE },
    address: '127.0.0.1',
    port: 443,
    host: 'iam.authz.example.com',
    tls: { serverName: 'iam.authz.example.com' },
  });
});

test('at the VIP: from every front end, or from where the cluster file says', (t) => {
  const check = vipTlsCheck(cluster, 'api', GIVEN);
  t.deepEqual(
    check.measurements.map((one) => one.kind === 'http' && [one.address, one.vantage]),
    ['iam-1', 'iam-2'].map((node) => ['10.0.4.99', { kind: 'via', node }]) as never,
  );
  const inside = { ...cluster, vantages: { inside: { kind: 'here' } as const } };
  t.is(vipTlsCheck(inside, 'api', GIVEN).measurements.length, 1);
  t.is(check.judge([answered(), answered()]).state, 'passed');
  // what is wrong counts before what could not be asked
  t.is(check.judge([silent('x', true), silent('refused')]).reason.code, 'tls-no-answer');
  t.is(check.judge([answered(), silent('x', true)]).state, 'unknown');
});

const from = (address: string | undefined) => ({
  outside: { kind: 'ssh', host: '198.51.100.10' } as const,
  publicAddress: () => address,
});

function judged(check: Check, ...results: readonly HttpResult[]) {
  const exchanges = results.map((result, index) => ({ step: String(index), result, atMs: 1 }));
  return check.judge([{ kind: 'dialogue', exchanges }]);
}

test('through the public address, as soon as there is one', (t) => {
  const check = publicTlsCheck(cluster, 'api', GIVEN, from(EIP));
  const [asks] = check.measurements;
  if (asks?.kind !== 'dialogue') return t.fail();
  t.like(asks.next([]), { address: EIP, port: 443, tls: { serverName: 'iam.api.example.com' } });
  t.is(asks.next([{ step: '0', result: answered(), atMs: 1 }]), undefined);
  t.is(judged(check, answered()).state, 'passed');
  t.like(judged(check, silent('connect-timeout')), { state: 'failed' });
  const none = publicTlsCheck(cluster, 'api', GIVEN, from(undefined));
  const [nothing] = none.measurements;
  t.is(nothing?.kind === 'dialogue' ? nothing.next([]) : 'no dialogue', undefined);
  t.like(judged(none), { state: 'unknown', reason: { code: 'public-address-none' } });
});

test('logins are encrypted only where both domains were seen so outside', (t) => {
  const check = clearTextCheck(cluster, GIVEN, from(EIP));
  t.like(judged(check, answered(), answered()), {
    state: 'passed',
    reason: { code: 'logins-encrypted' },
  });
  t.is(judged(check, answered(), silent('refused')).state, 'failed');
  t.is(judged(check, answered({ fingerprint: '99' }), answered()).state, 'failed');
  t.is(judged(check, answered()).state, 'unknown');
  t.true(check.explainedBy?.includes('public-tls/*'));
});
