import test from 'ava';
import { keepalivedDrills } from '../../source/drills/index.ts';
import type { DrillPlan, NodeName } from '../../source/model/index.ts';
import { revealContent } from '../../source/model/index.ts';
import { clusterOf, SHORT } from '../cluster/_examples.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;
const cluster = clusterOf(SHORT);

/** After these the VIP is on the other node. */
const TAKEN = [
  'keepalived-stopped',
  'nginx-stopped',
  'nginx-recovers',
  'nginx-hung',
  'keepalived-killed',
];

function plans(holder: NodeName): Readonly<Record<string, DrillPlan>> {
  const drills = keepalivedDrills({ cluster, ratePerSecond: 100 });
  return Object.fromEntries(
    drills.map((drill) => {
      const planned = drill.plan({ holder, frontends: [A, B] });
      if (planned.kind !== 'plan') throw new Error(planned.problem.code);
      return [drill.id, planned.plan];
    }),
  );
}

test('the holder is the victim, whoever it is; the other one takes over', (t) => {
  for (const [holder, taker] of [
    [A, B],
    [B, A],
  ] as const) {
    for (const plan of Object.values(plans(holder))) {
      t.is(plan.victim, holder);
    }
    for (const id of TAKEN) t.is(plans(holder)[id]?.expectation.holderAfter, taker);
  }
});

test('exactly the lecture’s notify lines, and ours', (t) => {
  const lines = Object.entries(plans(A)).map(([id, plan]) => [id, plan.expectation.notifyLines]);
  t.deepEqual(Object.fromEntries(lines), {
    'keepalived-stopped': { 'iam-1': ['notify_stop'], 'iam-2': ['notify_master'] },
    'nginx-stopped': { 'iam-1': ['notify_fault'], 'iam-2': ['notify_master'] },
    'nginx-recovers': { 'iam-1': ['notify_backup'] },
    'nginx-hung': { 'iam-1': ['notify_fault'], 'iam-2': ['notify_master'] },
    'keepalived-killed': { 'iam-1': ['notify_backup'], 'iam-2': ['notify_master'] },
    'vrrp-blocked': { 'iam-2': ['notify_master', 'notify_backup'] },
  });
});

test('a fault is armed to undo itself on the victim before anything breaks', (t) => {
  for (const plan of Object.values(plans(B))) {
    const [arm] = plan.arm;
    t.is(arm?.node, B);
    const script = revealContent(arm!.script);
    t.regex(script, /systemd-run .*--on-active=\d+ /);
    const undo = revealContent(plan.restore[0]!.script);
    t.true(script.includes(undo), script);
  }
});

test('without exactly one holder there is no drill', (t) => {
  for (const drill of keepalivedDrills({ cluster, ratePerSecond: 100 })) {
    const planned = drill.plan({ holder: null, frontends: [A, B] });
    t.is(planned.kind === 'impossible' && planned.problem.code, 'drill-no-holder');
  }
});
