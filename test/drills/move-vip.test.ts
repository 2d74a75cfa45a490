import { execFileSync } from 'node:child_process';
import test from 'ava';
import { planMove, sendBackStep } from '../../source/drills/move-vip.ts';
import { vipPorts } from '../../source/drills/move-vip-table.ts';
import type { DrillStep, InterfaceName, NodeName } from '../../source/model/index.ts';
import { revealContent } from '../../source/model/index.ts';
import { clusterOf, SHORT } from '../cluster/_examples.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;
const C = 'iam-3' as NodeName;
const cluster = clusterOf(SHORT);
const plain = { ...cluster, cloud: { provider: 'none' } } as const;
/** What is done on a NIC is done on the node's own. */
const nic = (node: NodeName) => (node === A ? 'ens5' : 'eth7') as InterfaceName;
const roles = { from: A, to: B, bystanders: [], nic };

const shown = (steps: readonly DrillStep[]) =>
  steps.map(({ node, script }) => [node, revealContent(script)] as const);
const nodes = (steps: readonly DrillStep[]) => steps.map(({ node }) => node);

test('first what a dead move has left, then whether the target can take it: nothing is stopped before', (t) => {
  const ready = shown(planMove(plain, roles).ready);
  t.deepEqual(
    ready.map(([node]) => node),
    [A, B, B],
  );
  t.regex(ready[0]![1], /undo/);
  t.regex(ready[2]![1], /is-active keepalived .*notify_backup/s);
  for (const [, script] of ready) t.notRegex(script, /systemctl stop/);
});

test('each node that is changed is armed to undo it, before it is', (t) => {
  for (const bystanders of [[], [C]]) {
    const plan = planMove(plain, { ...roles, bystanders });
    const armed = new Set(nodes(plan.arm));
    for (const node of nodes([...plan.prepare, ...plan.move])) t.true(armed.has(node), node);
    t.deepEqual([...armed], [A, B, ...bystanders]);
    t.deepEqual(nodes(plan.disarm), [A, B, ...bystanders]);
    for (const [, script] of shown(plan.arm))
      t.regex(script, /systemd-run .*--on-active=\d+ --timer-property=AccuracySec=100ms/);
  }
});

test('the order: packets are sent back before anybody leaves, the address is on lo before keepalived stops', (t) => {
  const { prepare, move } = planMove(plain, roles);
  t.deepEqual(nodes([...prepare, ...move]), [B, A, B, A, B]);
  const [leave, , drain, gone] = shown(move).map(([, script]) => script);
  t.regex(leave!, /arp_ignore 1.*arp_announce 2.*addr replace .*systemctl stop/s);
  t.regex(drain!, /reload nginx.*ss -Htn.*addr del.*systemctl start keepalived/s);
  t.regex(gone!, /undo/);
});

test('bystanders are stopped before, and backups again as soon as it has moved', (t) => {
  const { prepare, move } = planMove(plain, { ...roles, bystanders: [C] });
  t.deepEqual(nodes([...prepare, ...move]), [B, C, A, B, C, A, B]);
  t.regex(shown(prepare)[1]![1], /systemctl stop keepalived/);
  t.regex(shown(move)[2]![1], /systemctl start keepalived/);
});

test('the table names the old holder’s address, the new one’s NIC, and nginx’s ports', (t) => {
  const [, script] = shown([sendBackStep(plain, roles)])[0]!;
  t.regex(script, /dup to 10\.0\.4\.20 device "eth7" drop/);
  t.regex(script, /tcp dport \{ 80 \}/);
  t.deepEqual(vipPorts({ tls: { certificate: 'a', key: 'b' } }), [80, 443]);
  t.notRegex(script, /nft -c/);
  t.regex(shown([sendBackStep(plain, roles, true)])[0]![1], /nft -c -f -/);
});

test('behind a cloud’s fabric nothing is sent back', (t) => {
  for (const provider of ['tencent', 'console'] as const) {
    const behind = { ...cluster, cloud: { provider } } as typeof cluster;
    const { prepare, move, arm } = planMove(behind, roles);
    t.deepEqual(nodes(prepare), []);
    t.deepEqual(nodes(move), [A, B, A, B]);
    t.deepEqual(nodes(arm), [A, B]);
  }
});

test('what undoes it is the same in all cases, and does nothing where nothing is left', (t) => {
  const plan = planMove(plain, roles);
  const [first] = shown(plan.putBack);
  for (const [, script] of shown(plan.putBack)) t.is(script, first![1]);
  for (const [, script] of shown(plan.arm)) t.true(script.includes(`-c '${first![1]}'`));
});

test('bash takes every script', (t) => {
  const plan = planMove(plain, { ...roles, bystanders: [C] });
  for (const [, script] of shown(Object.values(plan).flat()))
    t.notThrows(() => execFileSync('bash', ['-n'], { input: script }));
});
