import test from 'ava';
import { drillLines } from '../../source/cli/faces/drill-lines.ts';
import { watchEvent, watchLines } from '../../source/cli/faces/watch-lines.ts';
import {
  type DrillEvent,
  type EngineEvent,
  problem,
  reduceWatch,
  type WatchState,
} from '../../source/model/index.ts';
import type { Language } from '../../source/text/index.ts';
import type { Scene } from '../../source/tui/scenes.ts';
import {
  frameOf,
  look,
  PLACE,
  pair,
  runOf,
  SIZES,
  tooWide,
  WATCH_START,
  watched,
} from './_drill-frames.ts';
import { OUTSIDE, PUBLIC, withOutside } from './_outside.ts';

const ID = 'nginx-stopped';
const LATE = withOutside(ID, 3000);
const isStep = (step: string) => (event: EngineEvent) =>
  event.type === 'drill-live' && event.live.kind === 'step' && event.live.step === step;
const drillOf = (events: readonly EngineEvent[]) =>
  events.find((event): event is DrillEvent & EngineEvent => event.type === 'drill')!;

function faultOf(events: readonly EngineEvent[]): number {
  const found = events.find((event) => event.type === 'drill-live' && event.live.kind === 'fault');
  return found?.type === 'drill-live' && found.live.kind === 'fault' ? found.live.atMs : 0;
}

const running: Scene = {
  kind: 'drill-running',
  place: PLACE,
  drill: ID,
  times: 1,
  stopping: false,
};

function after(events: readonly EngineEvent[], runs = [drillOf(events)]): Scene {
  const heardMs = faultOf(events);
  const { holderAfter } = runs[0]!;
  return {
    kind: 'drill-after',
    place: PLACE,
    drill: ID,
    runs,
    nodes: ['iam-1', 'iam-2'].map((name) =>
      watched(name, { look: look(name === holderAfter ? 'MASTER' : 'BACKUP'), heardMs }),
    ),
    vip: '10.0.4.99',
    atMs: heardMs,
  };
}

for (const language of ['en', 'zh'] as const)
  for (const [columns, rows] of SIZES)
    test(`${language}: four rows of requests fit ${columns}×${rows}, with colour and in ASCII`, (t) => {
      const now = faultOf(LATE) + 9000;
      const isMissing = problem('host-unreachable', { node: 'third', host: 'third', port: 22 });
      const absent = { vantage: OUTSIDE, target: PUBLIC, domain: 'x', problem: isMissing };
      const unseen = { ...drillOf(LATE), notMeasured: [absent, { ...absent, domain: 'y' }] };
      for (const style of [{}, { colour: true }, { ascii: true }])
        for (const [scene, run] of [
          [running, runOf(LATE, isStep('restore'))],
          [after(LATE), runOf(LATE)],
          [after(LATE, [drillOf(LATE), drillOf(LATE)]), runOf(LATE)],
          [after(LATE, [unseen]), runOf(LATE)],
        ] as const) {
          const frame = frameOf(scene, { columns, rows, language, run, now, ...style });
          t.deepEqual(tooWide(frame, columns), []);
          t.is(frame.length, rows);
        }
    });

test('at 80×24 all of it is to be seen: rows of their own, the phases, and the cloud’s share', (t) => {
  const now = faultOf(LATE) + 9000;
  for (const [scene, run] of [
    [running, runOf(withOutside(ID, 1000))],
    [after(LATE), runOf(LATE)],
  ] as const) {
    const text = frameOf(scene, { run, now }).join('\n');
    for (const row of [/VIP api .*■/, /VIP authz .*■/, /EIP api .*▒/, /EIP authz .*▒/])
      t.regex(text, row);
    t.regex(text, /phases +detected .*answered/);
    t.regex(text, /0 ms, expected 0–150 ms/);
    t.regex(text, /outside +\d,\d{3} ms, the cloud’s share \d,\d{3} ms/);
  }
});

test('why requests failed is said where there is room for it', (t) => {
  const event = drillOf(LATE);
  const reasons = { 'connect-timeout': 12, reset: 1 };
  const failing = {
    ...event,
    views: event.views.map((view) => ({ ...view, failed: 13, reasons })),
  };
  const scene = after(LATE, [failing]);
  const now = faultOf(LATE) + 9000;
  const frame = frameOf(scene, { columns: 120, rows: 40, run: runOf(LATE), now });
  t.regex(frame.join('\n'), /failed: .* \(48\), connection reset \(4\)/);
  for (const [columns, rows] of SIZES) {
    const one = frameOf(scene, { columns, rows, run: runOf(LATE), now });
    t.deepEqual(tooWide(one, columns), []);
    t.is(one.length, rows);
  }
});

test('what the timers say is held against what is seen from inside, in lines as well', (t) => {
  const event = drillOf(LATE);
  const speech = (language: Language) => ({ language, style: { colour: false, ascii: false } });
  const [head, ...details] = drillLines(speech('en'), event);
  t.regex(head ?? '', /outage 0 ms/);
  t.true(
    details.includes(
      `  from outside (${OUTSIDE} → ${PUBLIC}): outage 3,000 ms; the cloud’s share: it followed 3,004 ms after the address was added`,
    ),
    details.join('\n'),
  );
  t.regex(drillLines(speech('zh'), event).join('\n'), /云平台所占：地址添加后 3,004 毫秒才跟上/);
});

test('several runs: the spread of the cloud’s share, too', (t) => {
  const runs = [drillOf(withOutside(ID, 100)), drillOf(LATE)];
  const text = frameOf(after(LATE, runs), { run: runOf(LATE), now: faultOf(LATE) + 9000 });
  t.regex(text.join(' '), /the cloud’s share: min 104 · median 104 · p95 3004 · max 3004 ms/);
});

test('where nobody can look from, that is said once, with why', (t) => {
  const isMissing = problem('host-unreachable', { node: 'third', host: 'third', port: 22 });
  const absent = { vantage: OUTSIDE, target: PUBLIC, domain: 'x', problem: isMissing };
  const event = { ...drillOf(LATE), notMeasured: [absent, { ...absent, domain: 'y' }] };
  const lines = drillLines({ language: 'en', style: { colour: false, ascii: false } }, event);
  const said = lines.filter((one) => one.includes('not measured'));
  t.deepEqual(said, [
    `  not measured from ${OUTSIDE} (${PUBLIC}): third: third does not answer on port 22`,
  ]);
});

const sample = (atMs: number, outcome: 'ok' | 'failed') => ({
  scheduledMs: WATCH_START + atMs,
  endedMs: WATCH_START + atMs + 4,
  outcome,
});
const seen = (state: WatchState) =>
  [
    {
      kind: 'vantage',
      vantage: 'here',
      rate: 20,
      outside: { vantage: OUTSIDE, address: PUBLIC },
    },
    { kind: 'samples', samples: [sample(57_000, 'ok')] },
    { kind: 'samples', samples: [sample(57_000, 'failed'), sample(58_000, 'ok')], outside: true },
  ].reduce((one, news) => reduceWatch(one, news as never), state);

test('watch: clients outside have a row of their own, and what they lose is trouble', (t) => {
  const state = seen(pair(60_000));
  const now = WATCH_START + 59_000;
  t.is(state.seconds[0]?.failed, 0);
  t.deepEqual(
    state.outside?.seconds.map(({ ok, failed }) => [ok, failed]),
    [
      [0, 1],
      [1, 0],
    ],
  );
  for (const [columns, rows] of SIZES)
    for (const language of ['en', 'zh'] as const) {
      const frame = frameOf({ kind: 'watch', watch: state }, { columns, rows, language, now });
      t.deepEqual(tooWide(frame, columns), []);
      t.is(frame.length, rows);
    }
  const text = frameOf({ kind: 'watch', watch: state }, { now }).join('\n');
  t.regex(text, /outside from ssh:198\.51\.100\.10 → 203\.0\.113\.8/);
  t.regex(text, /1 failed, 0 late/);
  t.regex(text, /Wrong now: .*requests from outside fail/);
  const lines = watchLines({ language: 'en', style: { colour: false, ascii: false } }, state, now);
  t.regex(lines.join('\n'), /outside from ssh:198\.51\.100\.10 203\.0\.113\.8: last 2 s/);
  t.like(watchEvent(state, now), {
    requests: { ok: 1, failed: 0 },
    outside: { vantage: OUTSIDE, target: PUBLIC, ok: 1, late: 0, failed: 1 },
  });
});

test('watch: where nobody can look from outside, that is said, and not that all is well', (t) => {
  const isMissing = problem('host-unreachable', { node: 'third', host: 'third', port: 22 });
  const outside = { vantage: OUTSIDE, address: PUBLIC, problem: isMissing };
  const state = reduceWatch(pair(60_000), { kind: 'vantage', vantage: 'here', rate: 20, outside });
  const now = WATCH_START + 59_000;
  const text = frameOf({ kind: 'watch', watch: state }, { now, columns: 120 }).join('\n');
  t.regex(text, /not measured: third: third does not answer/);
  t.like(watchEvent(state, now), { outside: { problem: 'host-unreachable' } });
});
