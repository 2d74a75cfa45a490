import test from 'ava';
import { judgeDrill } from '../../source/drills/judge.ts';
import type { DrillPlan, Evidence, NodeName, SeenCall, View } from '../../source/model/index.ts';

const A = 'iam-1' as NodeName;

const plan = {
  victim: A,
  expectation: {
    outageMs: [3000, 13_500],
    domains: { api: [3000, 13_500] },
    holderAfter: A,
    notifyLines: {},
  },
} as unknown as DrillPlan;

function view(domain: string, outageMs: number, predictedMs?: readonly [number, number]): View {
  const counts = { sent: 900, ok: 900, late: 0, failed: 0, slowestMs: 9, jitterMs: 1 };
  return {
    vantage: 'here',
    target: '10.0.4.99',
    domain,
    outageMs,
    ...counts,
    ...(predictedMs && { predictedMs }),
  };
}

const call: SeenCall = {
  call: 'POST /login',
  at: 'VIP',
  expected: '401',
  seen: '401',
  works: false,
};
const api = (outageMs: number) => view('api', outageMs, [3000, 13_500]);
const authz = (outageMs: number) => view('authz', outageMs, [0, 0]);

const good: Evidence = {
  injected: true,
  restored: true,
  holderBefore: A,
  holderAfter: A,
  views: [api(6000), authz(0)],
  notifyLines: { [A]: [], 'iam-2': [] },
  calls: [call],
  proberLate: false,
};

const cases: readonly (readonly [string, Partial<Evidence>, readonly string[]])[] = [
  ['one domain down, the other untouched', {}, []],
  [
    'one request lost on the other domain',
    { views: [api(6000), authz(5)] },
    ['drill-view-unexpected'],
  ],
  [
    'the domain was down for too long',
    { views: [api(14_000), authz(0)] },
    ['drill-view-unexpected'],
  ],
  ['the domain was never down', { views: [api(0), authz(0)] }, ['drill-view-unexpected']],
  ['the VIP moved', { holderAfter: null }, ['drill-wrong-holder']],
  [
    'a notify line where none is due',
    { notifyLines: { [A]: [], 'iam-2': ['notify_master'] } },
    ['drill-wrong-lines'],
  ],
  [
    'a call came to something else',
    { calls: [{ ...call, seen: '200' }] },
    ['drill-call-unexpected'],
  ],
  ['a call left no trace', { calls: [{ ...call, seen: '-' }] }, ['drill-call-unexpected']],
  ['not whole again', { restored: false }, ['drill-services-not-restored']],
];

for (const [name, evidence, codes] of cases) {
  test(name, (t) => {
    const verdict = judgeDrill(plan, { ...good, ...evidence }, 5, 'drill-services-not-restored');
    t.deepEqual(
      verdict.problems.map(({ code }) => code),
      codes,
    );
    t.is(verdict.outcome, codes.length === 0 ? 'passed' : 'failed');
  });
}
