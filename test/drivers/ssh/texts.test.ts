import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { ssh } from '../../../source/text/catalogue/ssh.ts';

const ROOM = new URL('../../../source/drivers/ssh/', import.meta.url);
const source = readdirSync(ROOM)
  .map((file) => readFileSync(new URL(file, ROOM), 'utf8'))
  .join('\n');

test('every problem that the driver names has a text, and none is left over', (t) => {
  const named = [...source.matchAll(/ssh(?:Error|Problem)\(\s*[\w.#]+,\s*'([a-z-]+)'/g)];
  t.true(named.length > 10);
  for (const [, code = ''] of named) t.true(code in ssh.problems, code);
  const built = ['host-key-changed', 'host-key-revoked'];
  for (const code of Object.keys(ssh.problems)) {
    t.true(source.includes(`'${code}'`) || built.includes(code), code);
  }
});
