import test from 'ava';
import { judgeDrill } from '../../source/drills/judge.ts';
import type { DrillPlan, Evidence, NodeName, View } from '../../source/model/index.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;

const plan = {
  victim: A,
  expectation: { outageMs: [8, 158], holderAfter: B, notifyLines: {} },
} as unknown as DrillPlan;

const inside = (outageMs: number): View => ({
  vantage: 'here',
  target: '10.0.4.99',
  domain: 'iam.api.marmotedu.com',
  sent: 500,
  ok: 498,
  late: 2,
  failed: 0,
  outageMs,
  slowestMs: 12,
  jitterMs: 1,
});

const outside = (outageMs: number, cloudMs?: number): View => ({
  ...inside(outageMs),
  vantage: 'ssh:198.51.100.10',
  target: '203.0.113.8',
  outside: true,
  ...(cloudMs !== undefined && { cloudMs }),
});

function judged(views: readonly View[], expectation: object = {}) {
  const evidence: Evidence = {
    injected: true,
    restored: true,
    holderBefore: A,
    holderAfter: B,
    views,
    notifyLines: {},
    proberLate: false,
  };
  const changed = { ...plan, expectation: { ...plan.expectation, ...expectation } };
  const { outcome, problems } = judgeDrill(changed, evidence, 5);
  return [outcome, problems.map(({ code }) => code)] as const;
}

for (const [name, views, outcome, codes] of [
  ['the cloud at once', [inside(20), outside(25, 4)], 'passed', []],
  ['the cloud after 3 s', [inside(20), outside(3020, 3004)], 'passed', []],
  ['as long as the share itself', [inside(20), outside(2700, 3004)], 'passed', []],
  [
    'a long share is said, not held against it',
    [inside(20), outside(12_020, 12_004)],
    'passed',
    ['cloud-share-long'],
  ],
  ['more than the cloud’s', [inside(20), outside(3400, 3004)], 'failed', ['drill-outside-outage']],
  [
    'inside too long',
    [inside(400), outside(3400, 3004)],
    'failed',
    ['drill-outage-unexpected', 'drill-outside-outage'],
  ],
  [
    'inside too long, outside not',
    [inside(400), outside(0, 5)],
    'failed',
    ['drill-outage-unexpected'],
  ],
  ['no share known', [inside(20), outside(3020)], 'failed', ['drill-outside-lost']],
  ['no share known, and none needed', [inside(20), outside(120)], 'passed', []],
  ['outside alone', [outside(3020, 3004)], 'passed', []],
  [
    'outside does not stand in for inside',
    [inside(0), outside(3020, 3004)],
    'failed',
    ['drill-outage-unexpected'],
  ],
] as const)
  test(name, (t) => {
    t.deepEqual(judged(views), [outcome, codes as readonly string[]]);
  });

test('where the VIP stays: a request that the Internet lost is not the pair’s; an outage is', (t) => {
  const predictedMs = [0, 0] as const;
  const views = (lost: number) => [
    { ...inside(0), predictedMs },
    { ...outside(lost), predictedMs },
  ];
  t.is(judged(views(5), { domains: {} })[0], 'passed');
  t.deepEqual(judged(views(50), { domains: {} }), ['failed', ['drill-view-unexpected']]);
  const within = [{ ...inside(5), predictedMs }];
  t.is(judged(within, { domains: {} })[0], 'failed');
});
