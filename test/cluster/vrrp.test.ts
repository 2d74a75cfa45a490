import test from 'ava';
import { type Profile, vrrpPriorities, vrrpTimers } from '../../source/cluster/index.ts';

const priorities: readonly (readonly [Profile, count: number, expected: readonly number[]])[] = [
  ['lecture', 2, [100, 50]],
  ['lecture', 3, [100, 50, 25]],
  ['lecture', 5, [100, 50, 25, 13, 1]],
  ['balanced', 2, [254, 253]],
  ['balanced', 3, [254, 244, 234]],
  ['balanced', 4, [254, 244, 234, 224]],
  ['fast', 2, [254, 253]],
  ['fast', 3, [254, 234, 214]],
];

for (const [profile, count, expected] of priorities) {
  test(`priorities of ${count} in ${profile}`, (t) => {
    t.deepEqual(vrrpPriorities(profile, count), expected);
  });
}

for (const profile of ['lecture', 'balanced', 'fast'] as const) {
  test(`${profile}: up to sixteen front ends differ, fall, and stay from 1 to 254`, (t) => {
    for (let count = 1; count <= 16; count += 1) {
      const all = vrrpPriorities(profile, count);
      t.is(all.length, count);
      t.is(new Set(all).size, count);
      t.deepEqual(
        [...all].sort((one, other) => other - one),
        [...all],
      );
      t.true(all.every((one) => one >= 1 && one <= 254));
    }
  });

  test(`${profile}: a restart after kill -9 comes after the peer has taken over`, (t) => {
    for (const count of [2, 3, 16]) {
      const { restartSec } = vrrpTimers(profile, 0, count);
      t.true(restartSec * 1000 > vrrpTimers(profile, 1, count).masterDownMs + 100);
    }
  });
}

/** keepalived's own figures, of a data dump and of the measured tables. */
const timers: readonly (readonly [Profile, index: number, skewMs: number, masterDownMs: number])[] =
  [
    ['lecture', 0, 609.375, 3609.375],
    ['lecture', 1, 804.6875, 3804.6875],
    ['balanced', 1, 11.71875, 3011.71875],
    ['fast', 1, 2.34375, 602.34375],
  ];

for (const [profile, index, skewMs, masterDownMs] of timers) {
  test(`timers of front end ${index} in ${profile}`, (t) => {
    const found = vrrpTimers(profile, index, 2);
    t.is(found.skewMs, skewMs);
    t.is(found.masterDownMs, masterDownMs);
  });
}

test('a profile’s other numbers', (t) => {
  t.like(vrrpTimers('lecture', 0, 2), {
    version: 2,
    advertMs: 1000,
    restartSec: 5,
    usesTrackFile: false,
    script: { intervalSec: 5, timeoutSec: 3, rise: 1, fall: 1, limitMs: 400 },
  });
  t.like(vrrpTimers('balanced', 0, 2), { restartSec: 4, script: { intervalSec: 1, fall: 2 } });
  t.like(vrrpTimers('fast', 0, 2), { version: 3, advertMs: 200, restartSec: 1 });
});

test('there is no third of two', (t) => {
  t.throws(() => vrrpTimers('fast', 2, 2), { instanceOf: RangeError });
});
