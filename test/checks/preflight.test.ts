import test from 'ava';
import {
  clockCheck,
  cloudCheck,
  diskCheck,
  guardCheck,
} from '../../source/checks/preflight-host.ts';
import { packagesCheck } from '../../source/checks/preflight-packages.ts';
import { peersCheck } from '../../source/checks/preflight-peers.ts';
import { vrrpCheck } from '../../source/checks/preflight-vrrp.ts';
import { type NodeName, revealContent } from '../../source/model/index.ts';
import { platformOf } from '../../source/platforms/index.ts';
import { nodeFacts, stageInput } from '../stages/_proxy-input.ts';
import { printed } from './_measured.ts';

const { cluster } = stageInput();
const one = nodeFacts('iam-1', '10.0.4.20');
const two = nodeFacts('iam-2', '10.0.4.21');

test('VRRP: both ways, one way, blocked, no tool', (t) => {
  const { judge } = vrrpCheck(cluster);
  const hears = (address: string) => printed(`heard ${address}\n`);
  t.is(judge([hears('10.0.4.21'), hears('10.0.4.20')]).reason.code, 'vrrp-passes');
  const blocked = judge([printed(''), hears('10.0.4.20')]);
  t.is(blocked.problem?.code, 'vrrp-blocked');
  t.is(blocked.problem?.node, 'iam-1');
  t.is(blocked.problem?.params?.from, 'iam-2');
  t.is(judge([printed('no-tool\n'), printed('')]).problem?.code, 'vrrp-not-measured');
  t.is(judge([printed('', 124), hears('10.0.4.20')]).state, 'unknown');
});

test('VRRP where keepalived runs already', (t) => {
  const { judge } = vrrpCheck(cluster);
  const running = printed('running\n');
  t.is(judge([running, running]).reason.code, 'vrrp-running');
  t.is(judge([running, printed('heard 10.0.4.20\n')]).reason.code, 'vrrp-adverts-heard');
  t.is(judge([running, printed('')]).state, 'unknown');
});

test('VRRP where one joins a running pair: both ways between it and each of them', (t) => {
  const three = stageInput({
    yaml: (text) => text.replace('domains:', '  - { name: iam-3, address: 10.0.4.22 }\ndomains:'),
  });
  const check = vrrpCheck(three.cluster, { joining: ['iam-3' as NodeName] });
  const sent = check.measurements.map((one) =>
    one.kind === 'script' ? revealContent(one.script) : '',
  );
  t.regex(sent[0] ?? '', /^ {2}echo exchanged\n {2}set -- '10\.0\.4\.22'$/m);
  t.regex(sent[2] ?? '', /^ {2}exit 0$/m);
  const met = printed('running\nexchanged\nheard 10.0.4.22\n');
  const joiner = printed('heard 10.0.4.20\nheard 10.0.4.21\n');
  t.is(check.judge([met, met, joiner]).reason.code, 'vrrp-passes');
  const deaf = check.judge([met, printed('running\nexchanged\n'), joiner]).problem;
  t.deepEqual([deaf?.code, deaf?.node, deaf?.params?.from], ['vrrp-blocked', 'iam-2', 'iam-3']);
  const unheard = check.judge([met, met, printed('heard 10.0.4.21\n')]).problem;
  t.deepEqual([unheard?.node, unheard?.params?.from], ['iam-3', 'iam-1']);
  const bare = printed('running\nexchanged\nno-tool\n');
  t.is(check.judge([met, bare, joiner]).problem?.code, 'vrrp-not-measured');
});

test('clocks: what the measurement cannot tell apart is no fault', (t) => {
  const at = (offsetMs: number, errorMs = 5) => ({ ...two, clock: { offsetMs, errorMs } });
  const judged = (facts: Parameters<typeof clockCheck>[0]) => clockCheck(facts).judge([]);
  t.is(judged([one, at(900)]).state, 'passed');
  t.is(judged([one, at(1500, 2000)]).state, 'passed');
  t.is(judged([one, at(1500)]).state, 'warned');
  t.is(judged([one, at(-6000)]).problem?.node, 'iam-2');
  t.is(judged([at(6000), one]).problem?.node, 'iam-2');
});

test('disks, guards, clouds', (t) => {
  const disk = (freeMiB: number, freeInodes: number | null = 100_000) =>
    diskCheck({ ...one, disks: [{ path: '/', freeMiB, freeInodes }] }).judge([]).state;
  t.deepEqual(
    [disk(5000), disk(900), disk(100), disk(5000, 10)],
    ['passed', 'warned', 'failed', 'failed'],
  );
  t.is(guardCheck(one).judge([]).state, 'passed');
  const guarded = { ...one, selinux: 'enforcing', firewall: { firewalld: true, ufw: false } };
  t.is(guardCheck(guarded).judge([]).problem?.params?.what, 'firewalld, SELinux');
  t.is(cloudCheck([one]).judge([]).state, 'passed');
  t.is(cloudCheck([one, { ...two, vendor: 'Tencent Cloud CVM' }]).judge([]).state, 'warned');
  t.is(cloudCheck([{ ...one, vendor: 'QEMU Standard PC' }]).judge([]).state, 'passed');
  const cloud = { instance: 'ins-00000001', region: 'ap-guangzhou' };
  const { problem } = cloudCheck([{ ...one, cloud }]).judge([]);
  t.is(problem?.params?.vendor, 'Tencent Cloud ins-00000001');
});

test('peers', (t) => {
  const { judge } = peersCheck(cluster, cluster.nodes[0]!);
  t.is(judge([printed('reached 10.0.4.21\n')]).state, 'passed');
  const silent = judge([printed('silent 10.0.4.21 No route to host\n')]);
  t.is(silent.problem?.code, 'peer-unreachable');
  t.regex(silent.problem?.detail ?? '', /No route/);
});

test('package sources: nothing is asked for what is installed', (t) => {
  const platform = platformOf(one)!;
  const installed = { ...one, packages: { nginx: '1.22.1', keepalived: '2.2.7' } };
  const quiet = packagesCheck(installed, platform, ['nginx', 'keepalived']);
  t.is(quiet.measurements.length, 0);
  t.is(quiet.judge([]).state, 'passed');
  const asking = packagesCheck(one, platform, ['nginx', 'keepalived']);
  t.is(asking.judge([printed('ok\n')]).state, 'passed');
  const none = asking.judge([printed('', 100, 'E: Unable to locate package keepalived')]);
  t.is(none.problem?.code, 'packages-unavailable');
  t.regex(none.problem?.detail ?? '', /Unable to locate/);
});
