import test from 'ava';
import { predictPhases } from '../../source/cluster/index.ts';
import { blame } from '../../source/drills/blame.ts';
import type { Expectation, Phases } from '../../source/model/index.ts';

const expectation = {
  phases: predictPhases('keepalived-stopped', 'balanced'),
} as unknown as Expectation;

const cases: readonly (readonly [string, Phases, readonly string[]])[] = [
  [
    'the peer had another priority: 0.8 s until it decided',
    { detected: 11, decided: 816, added: 817, announced: 817, answered: 825 },
    ['drill-phase-decided 805 12 12'],
  ],
  [
    'the address was announced and clients went on to the old node',
    { detected: 10, decided: 22, added: 23, announced: 23, answered: 1830 },
    ['drill-phase-answered 1807 0 10'],
  ],
  [
    'keepalived got no processor',
    { detected: 684, decided: 696, added: 697, announced: 697, answered: 705 },
    ['drill-phase-detected 684 0 0'],
  ],
  [
    'nobody saw the decision: it is counted into the address',
    { detected: 10, added: 900, announced: 901, answered: 905 },
    ['drill-phase-added 890 12 12'],
  ],
  ['nobody dated them', {}, []],
  ['none stands out', { detected: 10, decided: 22, added: 23, announced: 23, answered: 30 }, []],
];

for (const [name, seen, expected] of cases) {
  test(`too long: ${name}`, (t) => {
    const found = blame(expectation, seen).map(({ code, params = {} }) =>
      [code, params.took, params.min, params.max].join(' '),
    );
    t.deepEqual(found, expected);
  });
}

test('too short: the one that was quicker than its timer', (t) => {
  const lecture = { phases: predictPhases('keepalived-stopped', 'lecture') } as Expectation;
  const seen = { detected: 10, decided: 22, added: 23, announced: 23, answered: 30 };
  const [found] = blame(lecture, seen, false);
  t.is(found?.code, 'drill-phase-decided');
  t.is(found?.params?.took, 12);
});

test('a drill without a failover has nobody to blame', (t) => {
  t.deepEqual(blame({} as Expectation, { detected: 5000 }), []);
});
