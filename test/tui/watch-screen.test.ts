import test from 'ava';
import { watchEvent, watchLines } from '../../source/cli/faces/watch-lines.ts';
import type { WatchState } from '../../source/model/index.ts';
import { frameOf, look, pair, SIZES, tooWide, WATCH_START } from './_drill-frames.ts';

const seconds = Array.from({ length: 60 }, (_, index) => ({
  atMs: WATCH_START + index * 1000,
  ok: 20,
  late: 0,
  failed: 0,
  slowestMs: 2 + (index % 7),
}));
const WELL: WatchState = { ...pair(60_000), seconds, vantage: 'here', rate: 20 };
const NOW = WATCH_START + 60_400;

/** The holder was powered off 12 s ago, and the other one has it. */
function silent(): WatchState {
  const [one, two] = WELL.nodes;
  return {
    ...WELL,
    nodes: [
      { ...one!, look: look('MASTER') },
      { ...two!, heardMs: NOW - 12_000 },
    ],
    holder: 'iam-1',
    moved: { from: 'iam-2', to: 'iam-1', atMs: NOW - 9000 },
  };
}

const STATES: readonly (readonly [string, WatchState])[] = [
  ['well', WELL],
  ['silent', silent()],
  [
    'nothing heard',
    { ...WELL, nodes: WELL.nodes.map(({ look: _, heardMs: __, ...rest }) => rest) },
  ],
  ['three nodes', { ...WELL, nodes: [...WELL.nodes, { ...WELL.nodes[0]!, name: 'iam-3' }] }],
];

for (const [name, state] of STATES)
  for (const [columns, rows] of SIZES)
    test(`${name}: fits ${columns}×${rows} in both languages, with colour and in ASCII`, (t) => {
      for (const language of ['en', 'zh'] as const)
        for (const style of [{}, { colour: true }, { ascii: true }]) {
          const frame = frameOf(
            { kind: 'watch', watch: state },
            { columns, rows, language, now: NOW, ...style },
          );
          t.deepEqual(tooWide(frame, columns), []);
          t.is(frame.length, rows);
        }
    });

const text = (watch: WatchState, colour = false) =>
  frameOf({ kind: 'watch', watch }, { now: NOW, colour }).join('\n');

test('a pair that is well: who has it, what answers, how old that is', (t) => {
  const frame = text(WELL);
  t.regex(frame, /▼ VIP 10\.0\.4\.99 → iam-2/);
  t.regex(frame, /keepalived {2}BACKUP {2}since 22:13:13 .*keepalived {2}MASTER {2}since 22:13:13/);
  t.regex(frame, /heard 0\.4 s ago.*heard 0\.4 s ago/);
  t.regex(frame, /last 60 s, 20 \/ s · none failed/);
  t.regex(frame, /Nothing wrong for 1 min 0 s\./);
});

test('a dead node is never a MASTER, green or not: it was one, and is silent', (t) => {
  const frame = text(silent(), true);
  const plain = text(silent());
  t.regex(plain, /keepalived {2}MASTER {2}since.*keepalived {2}\? was MASTER/);
  t.regex(plain, /silent for 12 s/);
  t.regex(plain, /VIP 10\.0\.4\.99 → iam-1/);
  t.regex(plain, /Wrong now: iam-2 is silent\./);
  t.regex(plain, /Last move: iam-2 → iam-1, 9 s ago\./);
  // one green MASTER: that of the node that speaks
  t.is(frame.split('\u001b[32mMASTER').length - 1, 1);
  // and nothing of the silent one is ticked
  const ticks = plain.split('\n').filter((row) => /│.*✔.*│ +│.*✔/.test(row));
  t.deepEqual(ticks, []);
});

test('a MASTER without the VIP is a claim, not good', (t) => {
  const [one, two] = WELL.nodes;
  const claims = { ...WELL, nodes: [one!, { ...two!, look: { ...look('MASTER'), holds: false } }] };
  t.false(text(claims, true).includes('\u001b[32mMASTER'));
  t.regex(text(claims), /nobody has it/);
});

test('when the only holder is silent, nobody pretends to know', (t) => {
  const [one, two] = WELL.nodes;
  const state = { ...WELL, nodes: [one!, { ...two!, heardMs: NOW - 8000 }] };
  t.regex(text(state), /not known: iam-2 had it, and is silent/);
});

test('two holders are named', (t) => {
  const [, two] = WELL.nodes;
  const state = { ...WELL, nodes: [{ ...WELL.nodes[0]!, look: look('MASTER') }, two!] };
  t.regex(text(state), /SEVERAL have it: iam-1, iam-2/);
});

test('the plain block and the event say the same', (t) => {
  const speech = { language: 'en', style: { colour: false, ascii: false } } as const;
  const block = watchLines(speech, silent(), NOW).join('\n');
  t.regex(block, /VIP 10\.0\.4\.99 → iam-1/);
  t.regex(block, /iam-2 +\? was MASTER +silent for 12 s/);
  const event = watchEvent(silent(), NOW);
  t.like(event, { type: 'watch', holders: ['iam-1'], requests: { ok: 1200, late: 0, failed: 0 } });
  t.like(event.type === 'watch' ? event.nodes[1] : {}, {
    node: 'iam-2',
    stale: true,
    ageMs: 12_000,
  });
});
