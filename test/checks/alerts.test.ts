import test from 'ava';
import { alertDeliveryCheck } from '../../source/checks/alert-delivery.ts';
import type { NodeName } from '../../source/model/index.ts';
import { printed } from './_measured.ts';

const place = (index: number) => ({
  file: '/cluster.yaml',
  line: 20 + index,
  field: `alerts[${index}]`,
});
const { judge } = alertDeliveryCheck({
  node: 'iam-1' as NodeName,
  receivers: [
    { id: '1-wecom', kind: 'wecom', ...place(0) },
    { id: '2-email', kind: 'email', ...place(1) },
  ],
  user: 'iam-ha-alert',
  config: '/etc/iam-ha-alert/alert.conf',
  state: '/var/lib/iam-ha-alert',
  explainedBy: [],
});

test('alerts: taken, nothing sent yet', (t) => {
  const taken = judge([
    printed('1-wecom sent 1764000000 200 0 0\n2-email sent 1764000000 250 0 -\nend\n'),
  ]);
  t.is(taken.state, 'passed');
  t.deepEqual(taken.reason, {
    code: 'alerts-delivered',
    params: { receivers: '1-wecom, 2-email' },
  });
  t.is(judge([printed('end\n')]).reason.code, 'alerts-ready');
});

test('alerts: one that was not taken is named with its kind, field and what was answered', (t) => {
  const verdict = judge([
    printed('1-wecom failed 1764000000 200 0 93000\n2-email sent 1764000000 250 0 -\nend\n'),
  ]);
  t.is(verdict.state, 'warned');
  t.is(verdict.problem?.code, 'alert-not-delivered');
  t.like(verdict.problem, { node: 'iam-1', field: 'alerts[0]', line: 20 });
  t.like(verdict.problem?.params, { kind: 'wecom', http: '200', api: '93000', curl: '0' });
  t.is(verdict.problem?.params?.at, '2025-11-24T16:00:00.000Z');
});

test('alerts: the sender cannot work, or does not', (t) => {
  const codeOf = (stdout: string) => judge([printed(stdout)]).problem?.code;
  t.is(codeOf('cannot curl\nend\n'), 'alerts-no-curl');
  t.is(codeOf('cannot read\nend\n'), 'alerts-config-unreadable');
  t.is(codeOf('stuck 2\nend\n'), 'alerts-stuck');
  t.is(judge([printed('')]).state, 'unknown');
});
