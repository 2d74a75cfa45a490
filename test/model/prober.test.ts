import test from 'ava';
import fc from 'fast-check';
import {
  classify,
  discardReason,
  failureMessage,
  isProberLate,
  percentile,
  REQUEST_FAILURES,
  type Sample,
  summarise,
} from '../../source/model/index.ts';
import { isKnownCode } from '../../source/text/index.ts';

const START = 1_000_000;

/** One sample each 10 ms: `.` ok after 2 ms, `l` late after 1.1 s, `x` refused after 1 ms. */
function samples(pattern: string, lagMs = 0): readonly Sample[] {
  const after = { '.': 2, l: 1100, x: 1 };
  return [...pattern].map((kind, index) => {
    const scheduledMs = START + index * 10;
    const endedMs = scheduledMs + after[kind as keyof typeof after];
    const end = classify(scheduledMs, endedMs, kind === 'x' ? 'refused' : undefined);
    return { scheduledMs, sentMs: scheduledMs + lagMs, endedMs, ...end };
  });
}

for (const [elapsedMs, reason, expected] of [
  [0.4, undefined, { outcome: 'ok' }],
  [900, undefined, { outcome: 'ok' }],
  [900.1, undefined, { outcome: 'late' }],
  [3000, undefined, { outcome: 'late' }],
  [3000.1, undefined, { outcome: 'failed', reason: 'answer-timeout' }],
  [0.4, 'refused', { outcome: 'failed', reason: 'refused' }],
  [950, 'status-502', { outcome: 'failed', reason: 'status-502' }],
] as const) {
  test(`${reason ?? 'a good answer'} after ${elapsedMs} ms is ${expected.outcome}`, (t) => {
    t.deepEqual(classify(START, START + elapsedMs, reason), expected);
  });
}

const outages: readonly (readonly [string, object])[] = [
  ['', { outageMs: 0 }],
  ['....', { outageMs: 0 }],
  ['..x.', { outageMs: 10, outageStartMs: START + 20, outageEndMs: START + 30 }],
  ['.lx..', { outageMs: 20, outageStartMs: START + 10, outageEndMs: START + 30 }],
  ['x..xll.x.', { outageMs: 30, outageStartMs: START + 30, outageEndMs: START + 60 }],
  ['xx.', { outageMs: 20, outageStartMs: START, outageEndMs: START + 20 }],
  ['xxx', { outageMs: 30, outageStartMs: START, unrecovered: true }],
  ['..xx', { outageMs: 20, outageStartMs: START + 20, unrecovered: true }],
  ['xxx.x', { outageMs: 30, outageStartMs: START, outageEndMs: START + 30, unrecovered: true }],
  // Of two that are as long, the first.
  ['x.x.', { outageMs: 10, outageStartMs: START, outageEndMs: START + 10 }],
];

for (const [pattern, expected] of outages) {
  test(`outage of "${pattern}"`, (t) => {
    const { outageMs, outageStartMs, outageEndMs, unrecovered, firstGoodAfterMs } = summarise(
      samples(pattern),
      100,
    );
    const told = { outageMs, outageStartMs, outageEndMs, unrecovered };
    t.deepEqual(JSON.parse(JSON.stringify(told)), expected);
    t.is(firstGoodAfterMs, outageEndMs === undefined ? undefined : outageEndMs + 2);
  });
}

test('a summary counts each request once, and names reasons and the slowest ok one', (t) => {
  const slow = { scheduledMs: START + 50, sentMs: START + 51, endedMs: START + 940 };
  const summary = summarise([...samples('..lx.'), { ...slow, outcome: 'ok' }], 100);
  t.like(summary, { sent: 6, ok: 4, late: 1, failed: 1, reasons: { refused: 1 }, ownFaults: 0 });
  t.is(summary.slowestMs, 890);
  t.is(summary.worstLagMs, 1);
});

test('samples may come in any order', (t) => {
  const ordered = samples('..xlx...x');
  t.deepEqual(summarise(ordered.toReversed(), 100), summarise(ordered, 100));
});

test('every request counts once, and an outage is whole intervals, none only if all were ok', (t) => {
  const pattern = fc.string({ unit: fc.constantFrom('.', 'l', 'x'), maxLength: 60 });
  fc.assert(
    fc.property(pattern, (text) => {
      const { sent, ok, late, failed, outageMs } = summarise(samples(text), 100);
      const longest = Math.max(0, ...text.split('.').map((run) => run.length));
      t.is(ok + late + failed, sent);
      t.is(sent, text.length);
      t.is(outageMs, longest * 10);
    }),
  );
});

for (const [values, percent, expected] of [
  [[], 99, 0],
  [[7], 99, 7],
  [[3, 1, 2], 50, 2],
  [[4, 1, 3, 2], 50, 2],
  [[10, 9, 100], 100, 100],
  [Array.from({ length: 100 }, (_, index) => index + 1), 99, 99],
  [Array.from({ length: 200 }, (_, index) => index + 1), 99, 198],
] as const) {
  test(`the ${percent}th percentile of ${values.length} values is ${expected}`, (t) => {
    t.is(percentile(values, percent), expected);
  });
}

for (const [jitterMs, worstLagMs, late] of [
  [2, 5.5, false],
  [20, 150, false],
  [20.1, 30, true],
  [2, 150.1, true],
] as const) {
  test(`a lag of ${jitterMs} ms, ${worstLagMs} at worst: ${late ? 'discarded' : 'kept'}`, (t) => {
    t.is(isProberLate({ jitterMs, worstLagMs }), late);
    const run = { sent: 100, ownFaults: 0, jitterMs, worstLagMs };
    t.is(discardReason(run), late ? 'prober-late' : undefined);
  });
}

test('a run that sent nothing, or failed by its own fault, is thrown away', (t) => {
  t.is(discardReason(summarise([], 100)), 'prober-nothing-sent');
  const [sample] = samples('x');
  const run = summarise([{ ...sample!, reason: 'no-source-port' }], 100);
  t.is(run.ownFaults, 1);
  t.is(discardReason(run), 'prober-own-faults');
});

test('every reason has a text', (t) => {
  const codes = [...REQUEST_FAILURES, 'status-502', 'ehostdown'].map(failureMessage);
  t.deepEqual(
    codes.filter(({ code }) => !isKnownCode(code)),
    [],
  );
  t.deepEqual(failureMessage('status-502'), { code: 'request-status', params: { status: '502' } });
  t.deepEqual(failureMessage('ehostdown'), {
    code: 'request-failed',
    params: { reason: 'ehostdown' },
  });
});
