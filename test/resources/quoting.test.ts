import { execFileSync } from 'node:child_process';
import test from 'ava';
import fc from 'fast-check';
import {
  quote,
  quoteContent,
  revealContent,
  Secret,
  sqlAccount,
  sqlIdentifier,
  sqlString,
} from '../../source/model/index.ts';

test('bash reads back exactly what was quoted', (t) => {
  const odd = fc.array(
    fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(odd, (words) => {
      const script = words.map((word) => `printf '%s\\0' ${quote(word)}\n`).join('');
      const out = execFileSync('bash', { input: script }).toString();
      t.deepEqual(
        out.split('\0').slice(0, -1),
        words.map((word) => Buffer.from(word).toString()),
      );
    }),
    { numRuns: 30 },
  );
});

test('content is one word, and its secrets stay secret', (t) => {
  const secret = new Secret('password', "a'b $(id) `id`\n\\");
  const quoted = quoteContent(['x ', secret, " y'"]);
  t.false(quoted.map(String).join('').includes('id'));
  const out = execFileSync('bash', { input: `printf %s ${revealContent(quoted)}` }).toString();
  t.is(out, "x a'b $(id) `id`\n\\ y'");
});

test('SQL is escaped', (t) => {
  t.is(sqlString(String.raw`pa'ss"w\$x;# :@%é`), String.raw`'pa\'ss"w\\$x;# :@%é'`);
  t.is(sqlIdentifier('i`am'), '`i``am`');
  t.is(sqlAccount('iam', '10.0.4.21'), "'iam'@'10.0.4.21'");
  t.throws(() => sqlString('\0'));
});
