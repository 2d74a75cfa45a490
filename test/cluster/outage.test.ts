import test from 'ava';
import {
  type OutageCircumstances,
  type OutageScenario,
  type Profile,
  predictOutage,
} from '../../source/cluster/index.ts';

type Measured = readonly [min: number, max: number];
type Row = readonly [OutageScenario, Profile, Measured, OutageCircumstances?];

/** Outages in ms as a client saw them, at 200 requests a second, on real pairs. */
const measured: readonly Row[] = [
  ['keepalived-stopped', 'lecture', [0, 0]],
  ['keepalived-stopped', 'balanced', [0, 0]],
  ['keepalived-stopped', 'fast', [0, 0]],
  ['nginx-stopped', 'lecture', [2625, 4155]],
  ['nginx-stopped', 'balanced', [0, 20]],
  ['nginx-stopped', 'fast', [0, 5]],
  ['nginx-hung', 'lecture', [5010, 8550], { limitMs: 3000 }],
  ['nginx-hung', 'balanced', [1475, 2110]],
  ['nginx-hung', 'fast', [685, 1035]],
  ['node-unplugged', 'lecture', [2820, 3775]],
  ['node-unplugged', 'lecture', [2815, 3705]],
  ['node-unplugged', 'lecture', [3450, 3635]],
  ['node-unplugged', 'balanced', [2150, 2970]],
  ['node-unplugged', 'balanced', [2110, 2745]],
  ['node-unplugged', 'balanced', [2410, 2825]],
  ['node-unplugged', 'fast', [425, 595]],
  ['node-unplugged', 'fast', [405, 590]],
  ['node-unplugged', 'fast', [400, 590]],
  ['node-rebooted', 'balanced', [25, 55]],
  ['keepalived-killed', 'lecture', [0, 0]],
  ['keepalived-killed', 'lecture', [825, 825]],
  ['keepalived-killed', 'balanced', [0, 15]],
  ['keepalived-killed', 'fast', [0, 0]],
  ['vrrp-blocked', 'balanced', [0, 5]],
  ['node-unplugged', 'fast', [430, 620], { frontends: 3 }],
];

for (const [scenario, profile, [min, max], circumstances] of measured) {
  test(`${scenario}, ${profile}: the measured ${min} to ${max} ms lie in the prediction`, (t) => {
    const [low, high] = predictOutage(scenario, profile, circumstances);
    t.true(low <= min && max <= high, `${low} to ${high}`);
  });
}

/** The spread that the timers themselves give. */
const spreads: readonly (readonly [OutageScenario, Profile, spreadMs: number])[] = [
  ['keepalived-stopped', 'lecture', 0],
  ['keepalived-stopped', 'balanced', 0],
  ['keepalived-stopped', 'fast', 0],
  ['nginx-stopped', 'lecture', 5000],
  ['nginx-stopped', 'balanced', 0],
  ['nginx-hung', 'balanced', 1000],
  ['node-unplugged', 'lecture', 1000],
  ['node-unplugged', 'fast', 200],
  ['node-rebooted', 'lecture', 805],
  ['node-rebooted', 'balanced', 12],
];

for (const [scenario, profile, spreadMs] of spreads) {
  test(`${scenario}, ${profile}: the band is at most 150 ms wider than the timers’ spread`, (t) => {
    for (const holder of [0, 1]) {
      const [low, high] = predictOutage(scenario, profile, { holder });
      t.true(high - low <= spreadMs + 150);
      t.true(Number.isInteger(low) && Number.isInteger(high));
    }
  });
}

test('the prediction is that of the front end that takes over', (t) => {
  t.deepEqual(predictOutage('keepalived-killed', 'lecture'), [0, 954]);
  t.deepEqual(predictOutage('keepalived-killed', 'lecture', { holder: 1 }), [0, 759]);
  t.deepEqual(predictOutage('keepalived-killed', 'lecture', { frontends: 3, taker: 2 }), [0, 1052]);
});

test('who stops in good order is answered for until the peer has it', (t) => {
  for (const profile of ['lecture', 'balanced', 'fast'] as const)
    for (const holder of [0, 1])
      t.deepEqual(predictOutage('keepalived-stopped', profile, { holder }), [0, 150]);
});

test('nginx coming back costs nothing', (t) => {
  t.deepEqual(predictOutage('nginx-recovers', 'lecture'), [0, 0]);
  t.deepEqual(predictOutage('nginx-recovers', 'fast', { ratePerSecond: 1 }), [0, 0]);
});

test('two holders cost what is open when one of them lets go', (t) => {
  for (const profile of ['lecture', 'balanced', 'fast'] as const)
    t.deepEqual(predictOutage('vrrp-blocked', profile, { ratePerSecond: 200 }), [0, 25]);
  // a single lost request of a slow prober is a longer outage
  const [low, high] = predictOutage('vrrp-blocked', 'balanced', { ratePerSecond: 10 });
  t.true(low === 0 && high >= 100 && high < 300);
});

test('a slow prober sees outages in longer steps', (t) => {
  const [low, high] = predictOutage('node-unplugged', 'balanced', { ratePerSecond: 10 });
  t.true(low <= 1902 && high >= 3112);
});
