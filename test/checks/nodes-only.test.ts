import test from 'ava';
import { nodesOnlyChecks } from '../../source/checks/nodes-only.ts';
import type { ConnectAction, ConnectResult } from '../../source/model/index.ts';
import { stageInput } from '../stages/_proxy-input.ts';
import { printed } from './_measured.ts';

const BOTH = 'vantages: { inside: here, outside: ssh:198.51.100.10 }\n';

function checkOf(vantages: string, ports: readonly number[] = [3306, 6379]) {
  const { cluster } = stageInput({ yaml: (text) => `${text}${vantages}` });
  return nodesOnlyChecks({ cluster, node: cluster.nodes[0]!, stage: 'database', ports });
}

const result = (outcome: ConnectResult['outcome'], reason = ''): ConnectResult => ({
  kind: 'connect',
  outcome,
  reason,
});
const [open, refused, silent] = [result('open'), result('refused'), result('silent')];

test('from inside the private address, from outside the one that SSH has; SSH first', (t) => {
  const [check] = checkOf(BOTH);
  const actions = (check?.measurements ?? []) as readonly ConnectAction[];
  t.is(check?.id, 'nodes-only/iam-1/database');
  t.deepEqual(
    actions.map(({ vantage, address, port }) => `${vantage.kind} ${address}:${port}`),
    ['here', 'ssh'].flatMap((from) => [22, 3306, 6379].map((p) => `${from} 10.0.4.20:${p}`)),
  );
  t.true(actions.every(({ timeoutMs }) => timeoutMs < 2000));
});

test('no vantage but a node, and no port: no check', (t) => {
  t.deepEqual(checkOf(''), []);
  t.deepEqual(checkOf('vantages: { inside: via:iam-2 }\n'), []);
  t.deepEqual(checkOf(BOTH, []), []);
});

test('closed, open, and what could not be measured', (t) => {
  const [check] = checkOf('vantages: { inside: here }\n');
  const judge = (...measured: readonly ConnectResult[]) => check!.judge(measured);
  t.is(judge(open, silent, refused).reason.code, 'nodes-only-held');
  t.is(judge(silent, silent, silent).reason.code, 'nodes-only-nothing-seen');
  t.is(judge(silent, silent, silent).state, 'passed');
  const bad = judge(open, silent, open);
  t.is(bad.state, 'failed');
  t.like(bad.problem, { code: 'port-open-to-others', node: 'iam-1' });
  t.like(bad.problem?.params, { port: 6379, vantage: 'here', address: '10.0.4.20:6379' });
  const lost = judge(open, result('unmeasured', 'host-key-unknown'), silent);
  t.like(lost, { state: 'unknown', reason: { params: { why: 'host-key-unknown' } } });
  // Open to somebody is open, whatever the other vantage could tell.
  t.is(judge(result('unmeasured', 'x'), open, silent).state, 'failed');
  t.is(check!.judge([printed(''), silent, silent]).state, 'unknown');
});

test('what explains it: our table, or the rules of the manager', (t) => {
  t.deepEqual(checkOf(BOTH)[0]?.explainedBy, [
    'applied/iam-1/config:firewall',
    'applied/iam-1/unit:iam-ha-firewall',
    'applied/iam-1/ufw:database',
    'applied/iam-1/firewalld:database',
  ]);
});
