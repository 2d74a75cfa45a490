import { PassThrough } from 'node:stream';
import test from 'ava';
import { drawsAmbiguousWide } from '../../source/drivers/ambiguous-width.ts';

/** A terminal that answers where its cursor is after one sign, in two pieces; null: not at all. */
function terminal(column: number | null) {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    setRawMode: (on: boolean) => raw.push(on),
  });
  const output = new PassThrough();
  output.on('data', (asked) => {
    if (column === null || !String(asked).includes('\u001b[6n')) return;
    input.write('\u001b[12;');
    input.write(`${column}R`);
  });
  return { input, output, raw };
}

for (const [column, wide] of [
  [2, false],
  [3, true],
  [null, false],
] as const) {
  test(`a sign that ends in column ${column} is ${wide ? 'wide' : 'narrow'}`, async (t) => {
    const { input, output, raw } = terminal(column);
    t.is(await drawsAmbiguousWide(input, output), wide);
    t.deepEqual(raw, [true, false]);
    t.is(input.listenerCount('data'), 0);
  });
}

test('what is no terminal is not asked', async (t) => {
  t.false(await drawsAmbiguousWide(new PassThrough(), new PassThrough()));
});
