import test from 'ava';
import { switchOver } from '../../source/drills/switch-over.ts';
import type { DrillPlan, Evidence, InterfaceName, NodeName } from '../../source/model/index.ts';
import { revealContent } from '../../source/model/index.ts';
import { clusterOf, SHORT } from '../cluster/_examples.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;
const C = 'iam-3' as NodeName;
const cluster = { ...clusterOf(SHORT), cloud: { provider: 'none' } } as const;
const nics = new Map([A, B, C].map((node) => [node, 'eth0' as InterfaceName]));
const drill = switchOver({ cluster, ratePerSecond: 200, nics });

function planFor(holder: NodeName, frontends = [A, B]): DrillPlan {
  const planned = drill.plan({ holder, frontends });
  if (planned.kind !== 'plan') throw new Error(planned.problem.code);
  return planned.plan;
}

test('no outage, the other node has it, and exactly these lines', (t) => {
  for (const [from, to] of [
    [A, B],
    [B, A],
  ] as const) {
    t.deepEqual(planFor(from).expectation, {
      outageMs: [0, 0],
      holderAfter: to,
      notifyLines: { [from]: ['notify_stop', 'notify_backup'], [to]: ['notify_master'] },
    });
  }
});

test('a third front end is stopped before, so only its start is seen', (t) => {
  const { expectation, prepare } = planFor(A, [A, B, C]);
  t.deepEqual(expectation.notifyLines[C], ['notify_backup']);
  t.regex(revealContent(prepare.at(-1)!.script), /systemctl stop keepalived/);
});

test('what was added must be gone: it is looked for before the restore', (t) => {
  const [to, from] = planFor(A).witness.map(({ node, script }) => [node, revealContent(script)]);
  t.is(to![0], B);
  t.regex(to![1]!, /! nft list table/);
  t.is(from![0], A);
  t.regex(from![1]!, /dev lo/);
});

const evidence = (change: Partial<Evidence>): Evidence => ({
  injected: true,
  restored: true,
  holderBefore: A,
  holderAfter: B,
  views: [0, 0].map((outageMs) => ({
    vantage: 'here',
    target: '10.0.4.99',
    domain: 'iam.api.marmotedu.com',
    sent: 1000,
    ok: 1000,
    late: 0,
    failed: 0,
    outageMs,
    slowestMs: 9,
    jitterMs: 1,
  })),
  notifyLines: { [A]: ['notify_stop', 'notify_backup'], [B]: ['notify_master'] },
  proberLate: false,
  ...change,
});
const lost = evidence({}).views.map((view) => ({ ...view, ok: 999, late: 1, outageMs: 5 }));

const CASES: readonly (readonly [string, Partial<Evidence>, string, readonly string[]])[] = [
  ['nothing lost', { said: ['sent-back'] }, 'passed', []],
  ['one request late', { views: lost }, 'failed', ['drill-outage-unexpected']],
  ['it has not moved', { holderAfter: A }, 'failed', ['drill-wrong-holder']],
  [
    'the old holder is not back',
    { notifyLines: { [A]: ['notify_stop'], [B]: ['notify_master'] } },
    'failed',
    ['drill-wrong-lines'],
  ],
  ['without nft: said, not held against it', { said: ['no-nft'] }, 'passed', ['move-vip-no-nft']],
  ['without dup: the same', { said: ['no-dup'] }, 'passed', ['move-vip-no-dup']],
  ['something is left', { restored: false }, 'failed', ['drill-move-not-restored']],
];

for (const [name, change, outcome, codes] of CASES) {
  test(name, (t) => {
    const verdict = drill.judge(planFor(A), evidence(change));
    t.is(verdict.outcome, outcome as typeof verdict.outcome);
    t.deepEqual(
      verdict.problems.map(({ code }) => code),
      codes,
    );
  });
}
