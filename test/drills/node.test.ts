import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { nodeDrills } from '../../source/drills/index.ts';
import { judgeDrill } from '../../source/drills/judge.ts';
import {
  type DrillPlan,
  type DrillStep,
  type Evidence,
  type NodeName,
  revealContent,
  type View,
} from '../../source/model/index.ts';
import { renderAsset } from '../../source/stages/render.ts';
import { clusterOf, SHORT } from '../cluster/_examples.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;
const cluster = clusterOf(SHORT);
const ASSET = readFileSync('assets/drills/node_unplugged.sh', 'utf8');
const unplugScript = renderAsset(ASSET, {}, 'en').map(String);
const drills = nodeDrills({ cluster, ratePerSecond: 200, unplugScript, settled: [] });

function planOf(id: string, holder: NodeName): DrillPlan {
  const planned = drills.find((drill) => drill.id === id)?.plan({ holder, frontends: [A, B] });
  if (planned?.kind !== 'plan') throw new Error(id);
  return planned.plan;
}

const IDS = ['node-unplugged', 'node-rebooted'];

function stepsOf(plan: DrillPlan): readonly DrillStep[] {
  const { arm, prepare, inject, witness, restore, restored, confirm = [], disarm } = plan;
  return [arm, prepare, inject, witness, restore, restored, confirm, disarm].flat();
}

for (const id of IDS) {
  test(`${id}: the holder is away, its peer sees that it is, and it says so itself afterwards`, (t) => {
    for (const [holder, taker] of [
      [A, B],
      [B, A],
    ] as const) {
      const plan = planOf(id, holder);
      t.is(plan.victim, holder);
      t.is(plan.away, holder);
      t.is(plan.expectation.holderAfter, taker);
      t.deepEqual([...new Set(plan.witness.map(({ node }) => node))], [taker]);
      t.deepEqual([...new Set(plan.confirm?.map(({ node }) => node))], [holder]);
    }
  });

  test(`${id}: before its silence says anything the peer has reached it`, (t) => {
    const [first] = planOf(id, A).prepare;
    t.is(first?.node, B);
    t.regex(revealContent(first!.script), /\/dev\/tcp\/10\.0\.4\.20\/80/);
  });

  test(`${id}: every script is bash`, (t) => {
    for (const { script } of [...stepsOf(planOf(id, A)), ...(planOf(id, A).questions ?? [])])
      t.notThrows(() => execFileSync('bash', ['-n'], { input: revealContent(script) }));
  });

  test(`${id}: without exactly one holder there is no drill`, (t) => {
    const planned = drills.find((one) => one.id === id)?.plan({ holder: null, frontends: [A, B] });
    t.is(planned?.kind === 'impossible' && planned.problem.code, 'drill-no-holder');
  });
}

test('unplugged: the node’s own timer is set before the link goes down, and again at the fault', (t) => {
  const plan = planOf('node-unplugged', A);
  const last = revealContent(plan.arm.at(-1)!.script);
  t.regex(last, new RegExp(`--on-active=${plan.armedSeconds} .* restore'`));
  const fault = revealContent(plan.inject[0]!.script);
  t.true(fault.indexOf('--on-active=') < fault.indexOf(' fault '));
  t.regex(fault, /restore' \|\| exit\n/, 'without a timer there is no fault');
  t.regex(fault, /setsid .* fault .*&$/, 'our own answer has to get home');
  t.deepEqual(plan.restore, [], 'nobody can reach it to restore it');
});

test('rebooted: nothing is armed that a boot would take away', (t) => {
  const plan = planOf('node-rebooted', A);
  t.deepEqual(plan.arm, []);
  t.is(plan.armedSeconds, undefined);
  t.is(plan.restoreMs, 300_000);
});

const refusals: readonly (readonly [string, string | undefined])[] = [
  ['', undefined],
  ['manager NetworkManager\n', 'unplug-manager'],
  ['dynamic eth0\n', 'unplug-dynamic'],
  ['stacked eth0 upper_bond0\n', 'unplug-stacked'],
  ['tool systemd-run\n', 'unplug-tool'],
  ['no-nic 10.0.4.20\n', 'unplug-no-nic'],
  ['entry multipath\n', 'unplug-record'],
  ['entry 10.9.0.0/16 via 10.0.4.1 proto static\n', 'unplug-record'],
];

for (const [said, code] of refusals) {
  test(`unplugged: the node says ${JSON.stringify(said)}`, (t) => {
    const [question] = planOf('node-unplugged', A).questions ?? [];
    t.is(question?.refusal(said)?.code, code);
  });
}

function view(lateAfter: number): View {
  const counts = { sent: 500, ok: 400, late: 100, failed: 0, slowestMs: 12, jitterMs: 1 };
  const of = { vantage: 'here', target: '10.0.4.99', domain: 'iam.api.marmotedu.com' };
  return { ...of, ...counts, outageMs: 2500, lateAfter };
}

const [FIRST = [], ...OTHERS] = [
  ['notify_stop', 'notify_fault', 'notify_backup'],
  ['notify_stop', 'notify_backup'],
];
const judged = {
  victim: A,
  expectation: {
    outageMs: [2000, 3000],
    holderAfter: B,
    notifyLines: { [A]: FIRST },
    legalLines: { [A]: OTHERS },
    lateAfterAtMost: 5,
  },
} as unknown as DrillPlan;
const good: Evidence = {
  injected: true,
  restored: true,
  holderBefore: A,
  holderAfter: B,
  views: [view(5)],
  notifyLines: { [A]: FIRST, [B]: [] },
  proberLate: false,
};

const cases: readonly (readonly [string, Partial<Evidence>, string | undefined])[] = [
  ['as expected', {}, undefined],
  ['the other order', { notifyLines: { [A]: OTHERS[0]! } }, undefined],
  ['neither order', { notifyLines: { [A]: ['notify_backup'] } }, 'drill-wrong-lines'],
  [
    'the other order on another node',
    { notifyLines: { [A]: FIRST, [B]: FIRST } },
    'drill-wrong-lines',
  ],
  ['one late too many', { views: [view(6)] }, 'drill-late-after'],
  [
    'from outside that is the cloud’s',
    { views: [view(0), { ...view(50), outside: true }] },
    undefined,
  ],
];

for (const [name, change, code] of cases) {
  test(`judged: ${name}`, (t) => {
    const { problems } = judgeDrill(judged, { ...good, ...change }, 5);
    t.deepEqual(
      problems.map((one) => one.code),
      code === undefined ? [] : [code],
    );
  });
}
