import { createHash } from 'node:crypto';
import {
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import test from 'ava';
import { packFile } from '../../../source/drivers/iam/packed.ts';
import { temporary } from './helpers.ts';

function aFile(text: string) {
  const from = join(temporary(), 'iam-pump');
  writeFileSync(from, text);
  return { from, sha256: createHash('sha256').update(text).digest('hex') };
}

test('a file is compressed once, and what comes out is the same', async (t) => {
  const folder = join(temporary(), 'packed');
  const text = 'iam '.repeat(50_000);
  const { from, sha256 } = aFile(text);
  const { path, bytes } = await packFile(folder, from, sha256);
  t.is(gunzipSync(readFileSync(path)).toString(), text);
  t.is(bytes, statSync(path).size);
  t.true(bytes < text.length / 20);
  writeFileSync(from, 'no more needed');
  t.deepEqual(await packFile(folder, from, sha256), { path, bytes });
});

test('a cache that was cut off is made again', async (t) => {
  const folder = temporary();
  const { from, sha256 } = aFile('iam '.repeat(50_000));
  const { path, bytes } = await packFile(folder, from, sha256);
  truncateSync(path, bytes - 10);
  t.is((await packFile(folder, from, sha256)).bytes, bytes);
});

test('a file that is not what it should be is not kept', async (t) => {
  const folder = temporary();
  const { from } = aFile('exchanged');
  await t.throwsAsync(packFile(folder, from, 'a'.repeat(64)));
  t.deepEqual(readdirSync(folder), []);
});

test('what nobody has sent for long goes', async (t) => {
  const folder = temporary();
  const old = aFile('old');
  const { path } = await packFile(folder, old.from, old.sha256);
  const then = new Date(Date.now() - 40 * 24 * 3_600_000);
  utimesSync(path, then, then);
  const fresh = aFile('fresh');
  await packFile(folder, fresh.from, fresh.sha256);
  t.deepEqual(readdirSync(folder), [`${fresh.sha256}.gz`]);
});
