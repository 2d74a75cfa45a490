import test from 'ava';
import stringWidth from 'string-width';
import {
  type DrillEvent,
  type EngineEvent,
  emptyRunState,
  problem,
} from '../../source/model/index.ts';
import { press } from '../../source/tui/brain.ts';
import { canvasOf } from '../../source/tui/canvas.ts';
import type { Scene } from '../../source/tui/scenes.ts';
import { freshLocal } from '../../source/tui/screen.ts';
import { symbolTable } from '../../source/tui/theme.ts';
import {
  type FrameOptions,
  frameOf,
  look,
  PLACE,
  recorded,
  runOf,
  SIZES,
  tooWide,
  watched,
} from './_drill-frames.ts';

const IDS = ['nginx-stopped', 'keepalived-stopped'] as const;
const live = (event: EngineEvent) => (event.type === 'drill-live' ? event.live : undefined);
const isStep = (step: string) => (event: EngineEvent) => {
  const told = live(event);
  return told?.kind === 'step' && told.step === step;
};

function faultOf(id: string): number {
  const told = recorded(id)
    .map(live)
    .find((one) => one?.kind === 'fault');
  return told?.kind === 'fault' ? told.atMs : 0;
}

function drillOf(id: string): DrillEvent {
  return recorded(id).find((event): event is DrillEvent => event.type === 'drill')!;
}

const running = (drill: string): Scene => ({
  kind: 'drill-running',
  place: PLACE,
  drill,
  times: 1,
  stopping: false,
});

function after(id: string, change: object = {}): Scene {
  const drill = drillOf(id);
  const heardMs = faultOf(id);
  return {
    kind: 'drill-after',
    place: PLACE,
    drill: id,
    runs: [drill],
    nodes: ['iam-1', 'iam-2'].map((name) =>
      watched(name, { look: look(name === drill.holderAfter ? 'MASTER' : 'BACKUP'), heardMs }),
    ),
    vip: '10.0.4.99',
    atMs: heardMs,
    ...change,
  } as Scene;
}

const menu: Scene = {
  kind: 'drill-menu',
  place: PLACE,
  offers: [
    {
      id: 'keepalived-stopped',
      stage: 'keepalived',
      plan: {
        victim: 'iam-1',
        texts: [
          {
            code: 'drill-keepalived-stopped-description',
            params: { victim: 'iam-1', taker: 'iam-2', min: 0, max: 150 },
          },
        ],
        predictedMs: [0, 150],
        holder: 'iam-1',
        holderAfter: 'iam-2',
        armedSeconds: 28,
      },
    },
    { id: 'databases-stopped', stage: 'database', problem: problem('drill-no-holder') },
  ],
};

const SCENES: readonly (readonly [string, (id: string) => Scene, (id: string) => FrameOptions])[] =
  [
    ['the menu', () => menu, () => ({ now: 0 })],
    ['before its first word', running, () => ({ now: 0 })],
    [
      'before the fault',
      running,
      (id) => ({ run: runOf(recorded(id), isStep('break')), now: faultOf(id) - 50 }),
    ],
    [
      'after the fault',
      running,
      (id) => ({ run: runOf(recorded(id), isStep('watch')), now: faultOf(id) + 700 }),
    ],
    [
      'over',
      (id) => after(id, { home: 'iam-1', next: 'nginx-recovers' }),
      (id) => ({ run: runOf(recorded(id)), now: faultOf(id) }),
    ],
  ];

for (const [name, scene, options] of SCENES) {
  for (const [columns, rows] of SIZES) {
    test(`${name}: fits ${columns}×${rows}, in both languages, with colour and in ASCII`, (t) => {
      for (const id of IDS)
        for (const language of ['en', 'zh'] as const)
          for (const style of [{}, { colour: true }, { ascii: true }]) {
            const frame = frameOf(scene(id), { ...options(id), columns, rows, language, ...style });
            t.deepEqual(tooWide(frame, columns), []);
            t.is(frame.length, rows);
            if ('ascii' in style && language === 'en')
              t.regex(frame.join(''), /^[\x20-\x7e]*(?:中文[\x20-\x7e]*)?$/);
          }
    });
  }
}

const text = (scene: Scene, options: FrameOptions) => frameOf(scene, options).join('\n');

test('the moment of the fault, as it was recorded: each lane says what its node did', (t) => {
  const id = 'keepalived-stopped';
  const frame = text(running(id), {
    run: runOf(recorded(id), isStep('restore')),
    now: faultOf(id) + 1500,
  });
  const { victim } = runOf(recorded(id)).live!;
  const taker = victim === 'iam-1' ? 'iam-2' : 'iam-1';
  t.regex(frame, new RegExp(`${victim} +MASTER ═+╪═*[╗╝] STOP ·+`));
  t.regex(frame, new RegExp(`${taker} +BACKUP ·+│·*[╔╚] MASTER ═+`));
  t.regex(frame, /VIP api +■+│■+/);
  t.regex(frame, /VIP authz +■+│■+/);
  t.regex(
    frame,
    /phases +detected \d+ {2}decided \d+ {2}added \d+ {2}announced \d+ {2}answered \d+ ms/,
  );
  t.regex(frame, /expected 0–150 ms/);
  t.regex(frame, /✔ prepare {2}✔ baseline {2}✔ break {2}✔ watch {2}◐ restore {2}○ settle/);
});

test('a state’s word hides no move of the VIP, even where both fall into the same moment', (t) => {
  const told = runOf(recorded('keepalived-stopped')).live!;
  const fault = told.faultMs!;
  const nodes = told.nodes.map((node) => {
    const isVictim = node.name === told.victim;
    const state = isVictim ? ('FAULT' as const) : ('MASTER' as const);
    const first = isVictim ? ('MASTER' as const) : ('BACKUP' as const);
    return {
      ...node,
      states: [
        { atMs: fault - 900, state: first },
        { atMs: fault + 42, state },
      ],
      // a cell or more after the word
      addresses: [{ atMs: fault + (isVictim ? 61 : 85), held: !isVictim }],
    };
  });
  const run = { ...emptyRunState, live: { ...told, nodes } };
  const frame = text(running('keepalived-stopped'), { run, now: fault + 1500 });
  t.regex(frame, /MASTER ═+╪═*[╗╝] FAULT ·+/);
  t.regex(frame, /BACKUP ·+│·*[╔╚] MASTER ═+/);
});

test('without colour every outcome has a sign of its own', (t) => {
  const signs = ['answered', 'late', 'lost', 'waiting'].flatMap((name) =>
    symbolTable[name]!.slice(0, 2),
  );
  t.is(new Set(signs).size, signs.length);
});

test('a sign and its ASCII twin are one cell each', (t) => {
  for (const [name, [sign, twin]] of Object.entries(symbolTable)) {
    t.is(stringWidth(sign), stringWidth(twin), name);
    t.regex(twin, /^[\x21-\x7e]+$/, name);
  }
});

test('afterwards: both nodes side by side, with their new log lines', (t) => {
  const id = 'nginx-stopped';
  const frame = text(after(id), { run: runOf(recorded(id)), now: faultOf(id) });
  t.regex(frame, /✔ as expected {3}outage \d+ ms, expected 0–150 ms/);
  t.regex(frame, /iam-1 {2}10\.0\.4\.20 +iam-2 {2}10\.0\.4\.21/);
  t.regex(frame, /VIP +(?:no +VIP +10\.0\.4\.99|10\.0\.4\.99 +VIP +no)/);
  t.regex(frame, /log +\d\d:\d\d:\d\d notify_\w+ +log +\d\d:\d\d:\d\d notify_/);
});

test('a node that did not answer afterwards is not known, whatever it said before', (t) => {
  const scene = after('nginx-stopped', {
    nodes: [
      watched('iam-1'),
      watched('iam-2', { look: look('MASTER'), heardMs: faultOf('nginx-stopped') - 60_000 }),
    ],
  });
  const frame = text(scene, {
    run: runOf(recorded('nginx-stopped')),
    now: faultOf('nginx-stopped'),
  });
  t.regex(frame, /VIP +not known +VIP +not known/);
  t.notRegex(frame, /keepalived +MASTER/);
});

test('what was not as expected says why, and what to try', (t) => {
  const wrong = {
    ...drillOf('nginx-stopped'),
    outcome: 'failed' as const,
    outageMs: 812,
    problems: [problem('drill-outage-unexpected', { found: 812, min: 0, max: 150 })],
  };
  const options = { now: 0, rows: 40 };
  const frame = text(after('nginx-stopped', { runs: [wrong] }), options);
  t.regex(frame, /✘ NOT as expected {3}outage 812 ms, expected 0–150 ms/);
  t.regex(frame, /the timers allow 0–150 ms/);
  t.regex(frame, /iam-ha-wizard check/);
});

test('ten runs are told as a spread', (t) => {
  const runs = [10, 20, 30, 40, 500].map((outageMs) => ({ ...drillOf('nginx-stopped'), outageMs }));
  const frame = text(after('nginx-stopped', { runs }), { now: 0, columns: 120 });
  t.regex(frame, /5 runs, 5 as expected: outage min 10 · median 30 · p95 500 · max 500 ms/);
});

function pressed(scene: Scene, key: string, selected = 0) {
  const style = { colour: false, ascii: false };
  const language = 'en' as const;
  const canvas = canvasOf({ columns: 80, rows: 24, language, style, now: 0 });
  const local = { ...freshLocal(scene), selected };
  const snapshot = { scene, sceneNumber: 0, local, run: emptyRunState, language, style, now: 0 };
  return press(snapshot, canvas, key).intent;
}

test('keys: only what is possible is offered, and does what it says', (t) => {
  t.deepEqual(pressed(menu, 'enter'), { kind: 'drill', ids: ['keepalived-stopped'] });
  t.is(pressed(menu, 'enter', 1), undefined, 'an impossible drill is not run');
  t.deepEqual(pressed(menu, 'b'), { kind: 'back' });
  t.is(pressed(menu, 'a'), undefined, 'all of one is no row');
  t.deepEqual(pressed(running('nginx-stopped'), 'ctrl-c'), { kind: 'stop' });
  const away = after('nginx-stopped', { home: 'iam-1' });
  t.deepEqual(pressed(away, 'm'), { kind: 'move-home' });
  t.is(pressed(after('nginx-stopped'), 'm'), undefined, 'it is at home');
  t.deepEqual(pressed(away, 'r'), { kind: 'again' });
  t.deepEqual(pressed(away, 'R'), { kind: 'again-ten' });
  t.deepEqual(pressed(away, 'enter'), { kind: 'next' });
});

test('the menu says of each drill what should happen, and why it is impossible', (t) => {
  const frame = text(menu, { now: 0 });
  t.regex(frame, /▸ keepalived stopped +0–150 ms +iam-1 → iam-2/);
  t.regex(frame, /databases stopped +not now/);
  t.regex(frame, /undoes itself on iam-1 within 28 s/);
});
