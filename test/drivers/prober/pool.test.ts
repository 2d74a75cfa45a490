import { PassThrough } from 'node:stream';
import test from 'ava';
import { connectionsFor, type Opener, Pool } from '../../../source/drivers/prober/pool.ts';

for (const [rate, count] of [
  [20, 1],
  [100, 1],
  [400, 4],
  [2000, 8],
] as const)
  test(`${rate} requests a second: ${count} connections`, (t) => {
    t.is(connectionsFor(rate), count);
  });

function opener() {
  const waiting: (() => void)[] = [];
  let closed = false;
  const it: Opener = {
    forward: () => new Promise((resolve) => waiting.push(() => resolve(new PassThrough()))),
    close: () => {
      closed = true;
    },
  };
  return { it, waiting, isClosed: () => closed };
}

test('the idlest opens: what nobody answers does not pile up at one', async (t) => {
  const all = [opener(), opener(), opener()];
  let next = 0;
  const pool = await Pool.open(async () => all[next++]!.it, 3);
  for (let n = 0; n < 9; n += 1) void pool.forward('203.0.113.8', 80);
  t.deepEqual(
    all.map(({ waiting }) => waiting.length),
    [3, 3, 3],
  );
  const answered = pool.forward('203.0.113.8', 80);
  for (const tell of all[0]!.waiting.splice(0)) tell();
  await answered;
  void pool.forward('203.0.113.8', 80);
  t.is(all[0]!.waiting.length, 1);
  pool.close();
  t.true(all.every(({ isClosed }) => isClosed()));
});

test('one that cannot be entered is none; others that cannot be are done without', async (t) => {
  await t.throwsAsync(
    Pool.open(() => Promise.reject(new Error('no')), 3),
    { message: 'no' },
  );
  const first = opener();
  let tries = 0;
  const pool = await Pool.open(async () => {
    tries += 1;
    if (tries > 1) throw new Error('MaxStartups');
    return first.it;
  }, 3);
  t.is(pool.size, 1);
});
