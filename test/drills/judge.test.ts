import test from 'ava';
import { judgeDrill } from '../../source/drills/judge.ts';
import {
  type DrillPlan,
  type Evidence,
  type NodeName,
  problem,
  type View,
} from '../../source/model/index.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;

const plan = {
  victim: A,
  expectation: {
    outageMs: [8, 158],
    lostAtMost: 4,
    holderAfter: B,
    notifyLines: { [A]: ['notify_stop'], [B]: ['notify_master'] },
    legalLines: { [A]: [['notify_stop', 'notify_fault']] },
  },
} as unknown as DrillPlan;

function view(outageMs: number): View {
  return {
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
  };
}

const good: Evidence = {
  injected: true,
  restored: true,
  holderBefore: A,
  holderAfter: B,
  views: [view(20), view(0)],
  notifyLines: { [A]: ['notify_stop'], [B]: ['notify_master'], 'iam-3': [] },
  proberLate: false,
};

const cases: readonly (readonly [string, Partial<Evidence>, string, readonly string[]])[] = [
  ['as expected', {}, 'passed', []],
  ['an outage at the edge of the band', { views: [view(158)] }, 'passed', []],
  ['none seen between two requests 10 ms apart', { views: [view(0)] }, 'passed', []],
  [
    'longer than the timers allow',
    { views: [view(0), view(160)] },
    'failed',
    ['drill-outage-unexpected'],
  ],
  ['the VIP stayed', { holderAfter: A }, 'failed', ['drill-wrong-holder']],
  ['the VIP on none or several', { holderAfter: null }, 'failed', ['drill-wrong-holder']],
  [
    'one line too many',
    { notifyLines: { ...good.notifyLines, [B]: ['notify_master', 'notify_backup'] } },
    'failed',
    ['drill-wrong-lines'],
  ],
  [
    'a line on a bystander',
    { notifyLines: { ...good.notifyLines, 'iam-3': ['notify_backup'] } },
    'failed',
    ['drill-wrong-lines'],
  ],
  [
    'no line at all',
    { notifyLines: { [A]: [], [B]: [] } },
    'failed',
    ['drill-wrong-lines', 'drill-wrong-lines'],
  ],
  [
    'what a race decided otherwise, and was said to be legal',
    { notifyLines: { [A]: ['notify_stop', 'notify_fault'], [B]: ['notify_master'] } },
    'passed',
    [],
  ],
  [
    'what is legal on one node is not on another',
    { notifyLines: { [A]: ['notify_stop'], [B]: ['notify_stop', 'notify_fault'] } },
    'failed',
    ['drill-wrong-lines'],
  ],
  ['it came to rest at its end', { healed: true }, 'passed', []],
  ['it did not', { healed: false }, 'failed', ['drill-not-healed']],
  [
    'as many lost as are legal, far apart',
    { views: [view(20), { ...view(10), late: 3, failed: 1 }] },
    'passed',
    [],
  ],
  [
    'more lost than are legal, however far apart',
    { views: [view(20), { ...view(10), late: 4, failed: 1 }] },
    'failed',
    ['drill-too-many-lost'],
  ],
  [
    'outside another measure holds, and a daemon asked itself has none',
    {
      views: [
        view(20),
        { ...view(10), late: 9, outside: true },
        { ...view(10), late: 9, backend: B },
      ],
    },
    'passed',
    [],
  ],
  [
    'the fault was refused',
    { injected: false, refused: problem('drill-fault-refused') },
    'not-injected',
    ['drill-fault-refused'],
  ],
  [
    'the fault did not happen, and it is not whole',
    { injected: false, restored: false },
    'not-injected',
    ['drill-not-restored', 'drill-not-injected'],
  ],
  ['not whole again', { restored: false }, 'failed', ['drill-not-restored']],
  [
    'the fault did not happen',
    { injected: false, holderAfter: A },
    'not-injected',
    ['drill-not-injected'],
  ],
  [
    'the prober was late',
    { proberLate: true, views: [view(900)] },
    'aborted',
    ['drill-prober-late'],
  ],
];

for (const [name, evidence, outcome, codes] of cases) {
  test(name, (t) => {
    const verdict = judgeDrill(plan, { ...good, ...evidence }, 10);
    t.is(verdict.outcome, outcome as typeof verdict.outcome);
    t.deepEqual(
      verdict.problems.map((one) => one.code),
      codes,
    );
  });
}
