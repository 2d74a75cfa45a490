import test from 'ava';
import { vipArpCheck } from '../../source/checks/vip-arp.ts';
import { vipHealthCheck } from '../../source/checks/vip-health.ts';
import { vipHolderCheck } from '../../source/checks/vip-holder.ts';
import type { NodeName } from '../../source/model/index.ts';
import { stageInput } from '../stages/_proxy-input.ts';
import { answered, printed } from './_measured.ts';

const { cluster } = stageInput();
const held = (state: string) => printed(`holds eth0 10.0.4.99/32\nstate ${state}\n`);
const without = (state: string) => printed(`state ${state}\n`);

test('one holder, whichever it is', (t) => {
  const { judge } = vipHolderCheck(cluster);
  t.is(judge([held('notify_master'), without('notify_backup')]).reason.params?.node, 'iam-1');
  t.is(judge([without('notify_backup'), held('notify_master')]).reason.params?.node, 'iam-2');
});

test('on several nodes: the one that is not MASTER is to be mended', (t) => {
  const { judge } = vipHolderCheck(cluster);
  const first = judge([held('notify_backup'), held('notify_master')]);
  t.is(first.problem?.code, 'vip-on-several-nodes');
  t.is(first.problem?.node, 'iam-1');
  t.is(judge([held('notify_master'), held('notify_backup')]).problem?.node, 'iam-2');
  // A split brain: the lower priority will yield.
  t.is(judge([held('notify_master'), held('notify_master')]).problem?.node, 'iam-2');
  // No log at all.
  t.is(judge([held(''), held('notify_master')]).problem?.node, 'iam-1');
});

test('on no node, and not to be seen', (t) => {
  const { judge } = vipHolderCheck(cluster);
  const none = judge([without('notify_fault'), without('notify_fault')]);
  t.is(none.problem?.code, 'vip-on-no-node');
  const gone = { kind: 'timed-out', afterMs: 9, stdout: '', stderr: '' } as const;
  t.is(judge([held('notify_master'), gone]).state, 'unknown');
  t.is(judge([gone, without('notify_backup')]).state, 'unknown');
});

test('who answers ARP: this node, nobody, a peer, a stranger', (t) => {
  const known = [{ node: 'iam-2' as NodeName, mac: '52:54:00:00:00:21' }];
  const { judge } = vipArpCheck(cluster, {
    claim: 'vip-unused',
    node: 'iam-1' as NodeName,
    nic: 'eth0',
    known,
  });
  t.is(judge([printed('self\n')]).reason.code, 'vip-held-here');
  t.is(judge([printed('10.0.4.99 INCOMPLETE \n')]).reason.code, 'vip-nobody-answers');
  t.is(judge([printed('\n')]).reason.code, 'vip-nobody-answers');
  t.is(judge([printed('10.0.4.99 lladdr 52:54:00:00:00:99 FAILED\n')]).state, 'passed');
  t.is(judge([printed('10.0.4.99 lladdr 52:54:00:00:00:21 STALE\n')]).reason.params?.node, 'iam-2');
  const { problem } = judge([printed('10.0.4.99 lladdr 52:54:00:00:00:99 REACHABLE\n')]);
  t.is(problem?.code, 'vip-answered-by-other');
  t.is(problem?.field, 'vip.address');
  t.is(problem?.line, 11);

  // captured with two machines that held it: the table keeps one of them
  const entry = '10.0.4.99 lladdr 52:54:00:00:00:21 REACHABLE \n';
  const both = 'answer 52:54:00:00:00:21\nanswer 52:54:00:00:00:99\n';
  t.is(judge([printed(both + entry)]).problem?.params?.mac, '52:54:00:00:00:99');
  t.is(judge([printed('answer 52:54:00:00:00:99\nself\n')]).state, 'failed');
  t.is(judge([printed(`answer 52:54:00:00:00:21\n${entry}`)]).reason.params?.node, 'iam-2');
  t.is(judge([printed('self\n')]).reason.code, 'vip-held-here');
});

test('in a cloud the network itself may answer: no stranger is proven, and none is overlooked', (t) => {
  const { judge } = vipArpCheck(cluster, {
    claim: 'vip-arp',
    node: 'iam-1' as NodeName,
    nic: 'eth0',
    known: [],
    inCloud: true,
  });
  const { state, problem } = judge([printed('10.0.4.99 lladdr fe:ee:00:00:00:01 REACHABLE\n')]);
  t.is(state, 'warned');
  t.like(problem, { code: 'vip-answered-in-cloud', params: { mac: 'fe:ee:00:00:00:01' } });
  t.is(judge([printed('self\n')]).state, 'passed');
});

test('through the VIP: from the vantage that the file names, else from every front end', (t) => {
  const fromNodes = vipHealthCheck(cluster, 'api');
  t.deepEqual(
    fromNodes.measurements.map((one) => one.kind),
    ['script', 'script'],
  );
  const ok = printed('status 200\n{"status":"ok"}');
  t.is(fromNodes.judge([ok, ok]).state, 'passed');
  t.is(fromNodes.judge([ok, printed('status 0\n')]).problem?.params?.from, 'iam-2');

  const named = { ...cluster, vantages: { inside: { kind: 'here' } } } as const;
  const fromHere = vipHealthCheck(named, 'api');
  t.like(fromHere.measurements[0], { kind: 'http', address: '10.0.4.99', port: 80 });
  t.is(fromHere.judge([answered(200, '{"status": "ok"}')]).state, 'passed');
  t.is(fromHere.judge([answered(502)]).problem?.params?.status, 502);
  const silent = { kind: 'no-answer', reason: 'timed out', elapsedMs: 4000 } as const;
  t.is(fromHere.judge([silent]).problem?.code, 'vip-no-health');
});
