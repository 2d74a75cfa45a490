import test from 'ava';
import fc from 'fast-check';
import { RemoteClock } from '../../../source/drivers/prober/remote-clock.ts';
import { readLine } from '../../../source/drivers/prober/remote-line.ts';

/** Asked at `askedMs`; `there` and `back` ms on the way, by a clock that is ahead by `ahead`. */
const answer = (askedMs: number, there: number, back: number, ahead: number) => ({
  askedMs,
  atMs: askedMs + there + ahead,
  readMs: askedMs + there + back,
});

test('the quickest answers tell the offset; what they cannot tell is the error', (t) => {
  const clock = new RemoteClock();
  clock.take(answer(0, 30, 2, 5000));
  clock.take(answer(50, 1, 40, 5000));
  t.is(clock.roundTripMs, 32);
  t.true(Math.abs(clock.offset() - 5000) <= clock.errorMs());
  t.is(clock.errorMs(), 1.5);
});

test('the true offset is never further away than the error says', (t) => {
  const way = fc.double({ min: 0, max: 50, noNaN: true });
  const ways = fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 12 });
  const offset = fc.integer({ min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(ways, offset, (all, ahead) => {
      const clock = new RemoteClock();
      for (const [n, [there, back]] of all.entries())
        clock.take(answer(n * 100, there, back, ahead));
      t.true(Math.abs(clock.offset() - ahead) <= clock.errorMs() + 1e-3);
    }),
  );
});

test('the offset is settled once; a drift since then adds to the error', (t) => {
  const clock = new RemoteClock();
  clock.take(answer(0, 1, 1, 5000));
  t.is(clock.offset(), 5000);
  clock.take(answer(1000, 1, 1, 5000));
  t.is(clock.errorMs(), 1);
  clock.take(answer(2000, 1, 1, 5012));
  t.is(clock.offset(), 5000);
  t.is(clock.errorMs(), 1 + 11);
});

test('lines of ours are read; anything else there is none of ours', (t) => {
  t.deepEqual(readLine('{"kind":"wants","runtime":"python3"}'), {
    kind: 'wants',
    runtime: 'python3',
  });
  t.deepEqual(readLine('{"kind":"ends","ends":[[0,7,1.5,2.5,null,"iam-1",null]]}'), {
    kind: 'ends',
    ends: [[0, 7, 1.5, 2.5, undefined, 'iam-1', undefined]],
  });
  for (const line of [
    '',
    'Welcome',
    '{}',
    'null',
    '{"kind":"wants","runtime":"perl"}',
    '{"kind":"clock","askedMs":"1","atMs":2}',
    '{"kind":"ends"}',
  ])
    t.is(readLine(line), undefined, line);
  const bad = '[-1,0,1,2],[0,0.5,1,2],[0,0,"1",2],[0,0,1,null],7,null';
  t.deepEqual(readLine(`{"kind":"ends","ends":[${bad}]}`), { kind: 'ends', ends: [] });
});

test('no text makes the reader throw', (t) => {
  fc.assert(fc.property(fc.string(), (text) => void readLine(text)));
  fc.assert(fc.property(fc.json(), (text) => void readLine(text)));
  t.pass();
});
