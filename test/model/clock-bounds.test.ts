import test from 'ava';
import { NOTHING_KNOWN, narrow, offsetMs } from '../../source/model/index.ts';

test('clocks that cannot be told apart are one', (t) => {
  const bounds = narrow(NOTHING_KNOWN, 1003, { askedMs: 1000, readMs: 1008 });
  t.deepEqual(bounds, { least: -5, most: 3 });
  t.is(offsetMs(bounds), 0);
});

test('a clock that is ahead is found between its bounds, and each message narrows them', (t) => {
  const first = narrow(NOTHING_KNOWN, 61_010, { askedMs: 1000, readMs: 1020 });
  t.is(offsetMs(first), 60_000);
  const second = narrow(first, 61_012, { readMs: 1012.5 });
  t.is(second.least, 59_999.5);
  t.is(second.most, first.most);
  t.is(offsetMs(second), (59_999.5 + 60_010) / 2);
});

test('a clock that is behind', (t) => {
  t.is(offsetMs(narrow(NOTHING_KNOWN, 500, { askedMs: 1000, readMs: 1010 })), -505);
});

test('what was not asked for has only one bound', (t) => {
  t.is(offsetMs(narrow(NOTHING_KNOWN, 5000, { readMs: 1000 })), 4000);
  t.is(offsetMs(narrow(NOTHING_KNOWN, 500, { readMs: 1000 })), 0);
});
