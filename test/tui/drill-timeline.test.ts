import test from 'ava';
import type { LiveDrill, LiveSample } from '../../source/model/index.ts';
import { targetLabels } from '../../source/model/index.ts';
import { timelineOf } from '../../source/tui/drill-timeline.ts';

const FAULT = 1_000_000;
const COLUMNS = 60;
/** 0.35 of them. */
const LEAD = 21;

/** A request each 10 ms, from `from` to `to` after the fault; what it came to. */
function asked(
  from: number,
  to: number,
  outcome: (after: number) => LiveSample[2] | undefined = () => 'ok',
  target = 0,
): readonly LiveSample[] {
  return Array.from({ length: (to - from) / 10 }, (_, index) => from + index * 10).flatMap(
    (after) => {
      const end = outcome(after);
      return end ? [[target, FAULT + after, end] as const] : [];
    },
  );
}

function drill(change: Partial<LiveDrill> = {}): LiveDrill {
  return {
    id: 'nginx-stopped',
    run: 1,
    victim: 'a',
    holder: 'a',
    texts: [],
    predictedMs: [0, 150],
    rate: 100,
    observeMs: 3000,
    nodes: [
      { name: 'a', addresses: [{ atMs: FAULT + 5, held: false }], states: [], lines: [] },
      { name: 'b', addresses: [{ atMs: FAULT + 45, held: true }], states: [], lines: [] },
    ],
    targets: [{ domain: 'iam.api.x', vantage: 'here' }],
    samples: asked(-1000, 1000),
    phases: {},
    steps: { baseline: FAULT - 1000, break: FAULT, watch: FAULT + 50 },
    faultMs: FAULT,
    ...change,
  };
}

const SIGN = { ok: 'O', late: 'L', failed: 'X', waiting: '?', future: '-' } as const;
const HELD = { held: '=', free: '.', gained: '<', left: '>', future: '-' } as const;
const draw = (lane: { readonly cells: readonly (keyof typeof SIGN)[] } | undefined) =>
  lane?.cells.map((cell) => SIGN[cell]).join('') ?? '';
const lanes = (timeline: ReturnType<typeof timelineOf>) =>
  timeline.nodes.map(({ cells }) => cells.map((cell) => HELD[cell]).join(''));

test('the fault stands at a third, and who has the VIP changes where it did', (t) => {
  const timeline = timelineOf(drill(), COLUMNS, FAULT + 1000);
  t.like(timeline.window, { cellMs: 20, faultCell: LEAD, startMs: FAULT - LEAD * 20 });
  t.deepEqual(lanes(timeline), [
    `${'='.repeat(LEAD)}>${'.'.repeat(COLUMNS - LEAD - 1)}`,
    `${'.'.repeat(LEAD)}..<${'='.repeat(COLUMNS - LEAD - 3)}`,
  ]);
});

test('a cell is as bad as the worst request in it', (t) => {
  const samples = asked(-1000, 1000, (after) =>
    after === 10 ? 'failed' : after === 20 ? 'late' : 'ok',
  );
  const timeline = timelineOf(drill({ samples }), COLUMNS, FAULT + 1000);
  t.is(draw(timeline.requests[0]), `${'O'.repeat(LEAD)}XL${'O'.repeat(COLUMNS - LEAD - 2)}`);
});

test('what is not answered yet waits; what is not asked yet is empty', (t) => {
  const samples = asked(-1000, 20);
  const timeline = timelineOf(drill({ samples }), COLUMNS, FAULT + 500);
  t.regex(draw(timeline.requests[0]), /^O+\?{11}-+$/);
});

test('an outage that is longer than predicted gets wider cells, all of it in the picture', (t) => {
  for (const [outageMs, cellMs] of [
    [300, 20],
    [800, 25],
    [2900, 100],
    [5800, 200],
  ] as const) {
    const samples = asked(-1000, 9000, (after) =>
      after >= 0 && after < outageMs ? 'failed' : 'ok',
    );
    const timeline = timelineOf(drill({ samples }), COLUMNS, FAULT + 9000);
    t.is(timeline.window.cellMs, cellMs, `${outageMs} ms`);
    t.regex(draw(timeline.requests[0]), /^-*O+X+O+$/, `${outageMs} ms`);
  }
});

test('what was predicted is in the picture, even if nothing happens', (t) => {
  const { window } = timelineOf(drill({ predictedMs: [0, 5900] }), COLUMNS, FAULT + 100);
  t.true(window.cellMs * (COLUMNS - LEAD) >= 5900);
});

test('a cell has at least a request in it', (t) => {
  t.is(timelineOf(drill({ rate: 10 }), COLUMNS, FAULT + 500).window.cellMs, 100);
});

test('before the fault time runs up to where it will be, and then past it', (t) => {
  const { faultMs: _, ...calm } = drill({ samples: asked(-1000, -900) });
  const first = timelineOf(calm, COLUMNS, FAULT - 900);
  t.is(first.window.faultCell, undefined);
  t.is(first.window.startMs, FAULT - 1000);
  const later = timelineOf({ ...calm, samples: asked(-1000, -100) }, COLUMNS, FAULT - 100);
  t.is(later.window.startMs, FAULT - 100 - LEAD * 20);
});

test('when it is over, nothing grows any more', (t) => {
  const over = drill({ steps: { restore: FAULT + 900, settle: FAULT + 950 } });
  t.deepEqual(timelineOf(over, COLUMNS, FAULT + 2000), timelineOf(over, COLUMNS, FAULT + 99_000));
});

test('what happens at the restore does not push the fault out of the picture', (t) => {
  const [a, b] = drill().nodes;
  const nodes = [{ ...a!, addresses: [...a!.addresses, { atMs: FAULT + 30_000, held: true }] }, b!];
  const { window } = timelineOf(
    drill({ nodes, samples: asked(-1000, 31_000), steps: { restore: FAULT + 20_000 } }),
    COLUMNS,
    FAULT + 31_000,
  );
  t.is(window.cellMs, 20);
});

test('states stand where they were entered, the first one at the left; the same word once', (t) => {
  const [a, b] = drill().nodes;
  const states = [
    { atMs: FAULT - 900, state: 'MASTER' as const },
    { atMs: FAULT + 4, state: 'FAULT' as const },
    { atMs: FAULT + 90, state: 'FAULT' as const },
    { atMs: FAULT + 60_000, state: 'BACKUP' as const },
  ];
  const timeline = timelineOf(drill({ nodes: [{ ...a!, states }, b!] }), COLUMNS, FAULT + 1000);
  t.deepEqual(timeline.nodes[0]?.states, [
    { cell: 0, state: 'MASTER' },
    { cell: LEAD, state: 'FAULT' },
  ]);
});

test('a node that was not followed is as it was seen before', (t) => {
  const nodes = ['a', 'b'].map((name) => ({ name, addresses: [], states: [], lines: [] }));
  const [a, b] = lanes(timelineOf(drill({ nodes }), COLUMNS, FAULT + 1000));
  t.regex(a!, /^=+$/);
  t.regex(b!, /^\.+$/);
});

const LABELS: readonly (readonly [readonly (readonly [string, string?])[], readonly string[]])[] = [
  [
    [['iam.api.marmotedu.com'], ['iam.authz.marmotedu.com']],
    ['VIP api', 'VIP authz'],
  ],
  [
    [['iam.api.x.com'], ['iam.authz.x.com'], ['iam.api.x.com', 'iam-2']],
    ['VIP api', 'VIP authz', 'iam-2 api'],
  ],
  [
    [['api.example.com'], ['login.example.org']],
    ['VIP api.example.com', 'VIP login.example.org'],
  ],
  [[['one.example.com']], ['VIP one.example.com']],
];

for (const [targets, labels] of LABELS)
  test(`lanes are called ${labels.join(', ')}`, (t) =>
    t.deepEqual(
      targetLabels(targets.map(([domain, backend]) => ({ domain, ...(backend && { backend }) }))),
      labels,
    ));
