import test from 'ava';
import {
  type LiveDrill,
  type LiveSample,
  type ProbeOutcome,
  type TraceLane,
  traceGap,
  traceOf,
  traceRuns,
} from '../../source/model/index.ts';

const FAULT = 1_800_000_000_000;

function live(change: Partial<LiveDrill>): LiveDrill {
  return {
    id: 'x',
    run: 1,
    victim: 'a',
    holder: 'a',
    texts: [],
    predictedMs: [0, 100],
    rate: 100,
    observeMs: 1000,
    nodes: [{ name: 'a', addresses: [], states: [], lines: [] }],
    targets: [{ domain: 'api', vantage: 'here' }],
    samples: [],
    phases: {},
    steps: {},
    faultMs: FAULT,
    ...change,
  };
}

/** @param letters one request each, from so long before the fault */
function samples(letters: string, beforeMs: number, stepMs: number, target = 0): LiveSample[] {
  const outcomes: Record<string, ProbeOutcome> = { o: 'ok', l: 'late', f: 'failed' };
  return [...letters].flatMap((letter, at) =>
    letter === '-' ? [] : [[target, FAULT - beforeMs + at * stepMs, outcomes[letter]!] as const],
  );
}

const lane = (change: Partial<TraceLane>): TraceLane => ({
  domain: 'api',
  vantage: 'here',
  fromMs: 0,
  cellMs: 10,
  runs: '',
  ...change,
});

test('each request is a cell, and equal ones are counted; one that nobody knows is a gap', (t) => {
  const trace = traceOf(live({ samples: samples('oooolfoo-o', 40, 10) }));
  t.deepEqual(trace?.lanes, [lane({ fromMs: -40, runs: '4o1l1f2o1-1o' })]);
});

test('samples come as they end, not as they were due', (t) => {
  const [first, ...rest] = samples('looo', 0, 10);
  t.is(traceOf(live({ samples: [...rest, first!] }))?.lanes[0]?.runs, '1l3o');
});

test('a rate that no whole number of ms divides does not drift', (t) => {
  const stepMs = 1000 / 300;
  const trace = traceOf(live({ rate: 300, samples: samples(`${'o'.repeat(20_000)}f`, 0, stepMs) }));
  const last = traceRuns(trace!.lanes[0]!).at(-1)!;
  t.is(last.outcome, 'failed');
  t.true(Math.abs(last.fromMs - 20_000 * stepMs) < 0.5, String(last.fromMs));
});

test('a target that is asked more seldom has wider cells; one that nobody can ask has no lane', (t) => {
  const targets = [
    { domain: 'api', vantage: 'here' },
    { domain: 'api', vantage: 'ssh:third', outside: true, every: 2 },
    { domain: 'api', vantage: 'ssh:gone', outside: true, absent: true },
  ] as const;
  const all = [...samples('oo', 0, 10), ...samples('of', 0, 20, 1)];
  t.deepEqual(
    traceOf(live({ targets, samples: all }))?.lanes.map(({ cellMs, runs }) => [cellMs, runs]),
    [
      [10, '2o'],
      [20, '1o1f'],
    ],
  );
});

test('nothing was broken, or nobody looked: nothing is kept', (t) => {
  const { faultMs: _, ...unbroken } = live({ samples: samples('ooo', 0, 10) });
  t.is(traceOf(unbroken), undefined);
  t.is(traceOf(live({})), undefined);
});

test('who had the VIP, and what changed', (t) => {
  const at = (after: number) => FAULT + after;
  const nodes = [
    {
      name: 'a',
      addresses: [
        { atMs: at(-35), held: true },
        { atMs: at(12.34), held: false },
      ],
      states: [{ atMs: at(11), state: 'STOP' as const }],
      lines: [],
    },
    { name: 'b', addresses: [{ atMs: at(15), held: true }], states: [], lines: [] },
  ];
  t.deepEqual(traceOf(live({ nodes, samples: samples('ooooooooo', 40, 10) }))?.nodes, [
    {
      name: 'a',
      held: true,
      moves: [
        [-35, true],
        [12.3, false],
      ],
      states: [[11, 'STOP']],
    },
    { name: 'b', held: false, moves: [[15, true]], states: [] },
  ]);
});

test('the worst that can happen is under 20 kB: a minute at 1,000 a second, all different, six targets', (t) => {
  const letters = 'ofl'.repeat(20_000);
  const targets = Array.from({ length: 6 }, (_, at) => ({
    domain: `domain-${at}.example.com`,
    vantage: 'ssh:198.51.100.10',
  }));
  const changes = Array.from({ length: 500 }, (_, at) => ({
    atMs: FAULT + at,
    held: at % 2 === 0,
  }));
  const states = changes.map(({ atMs }) => ({ atMs, state: 'MASTER' as const }));
  const nodes = ['a', 'b', 'c'].map((name) => ({ name, addresses: changes, states, lines: [] }));
  const all = targets.flatMap((_, at) => samples(letters, 1000, 1, at));
  const trace = traceOf(live({ rate: 1000, nodes, targets, samples: all }));
  const bytes = JSON.stringify(trace).length;
  t.true(bytes < 20_000, `${bytes} bytes`);
  // and it still says that all of it was bad, to the end
  const runs = traceRuns(trace!.lanes[5]!);
  t.true(runs.every(({ outcome }) => outcome === 'failed'));
  t.true(Math.abs(runs.at(-1)!.toMs - 59_000) < 1000, String(runs.at(-1)!.toMs));
});

test('what is merged is told by its worst', (t) => {
  const letters = `${'o'.repeat(3000)}${'of'.repeat(4000)}${'o'.repeat(3000)}`;
  const trace = traceOf(live({ rate: 1000, samples: samples(letters, 0, 1) }));
  const one = trace!.lanes[0]!;
  t.true(one.cellMs > 1 && one.runs.length <= 12_000);
  const gap = traceGap(one);
  t.true(Math.abs(gap!.fromMs - 3000) <= one.cellMs && Math.abs(gap!.toMs - 11_000) <= one.cellMs);
});

const gaps: readonly (readonly [string, string, readonly [number, number] | undefined])[] = [
  ['none', '5o', undefined],
  ['the longest, not the first', '1o1l2o3f1o', [40, 70]],
  ['late and failed in a row are one', '1o2l2f1o', [10, 50]],
  ['what nobody knows neither ends nor lengthens it', '1o1f2-1f1o', [10, 50]],
  ['to the end', '2o3f', [20, 50]],
];
for (const [name, runs, expected] of gaps) {
  test(`a gap: ${name}`, (t) => {
    const found = traceGap(lane({ runs }));
    t.deepEqual(found && [found.fromMs, found.toMs], expected && [...expected]);
  });
}

test('a lane that is not of the form gives what is', (t) => {
  t.deepEqual(traceRuns(lane({ runs: '<script>2oX99999999999999f1l' })).length, 3);
  t.deepEqual(traceRuns(lane({ runs: '' })), []);
});
