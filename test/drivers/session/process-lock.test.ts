import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import {
  describeHolder,
  isAlive,
  takeProcessLock,
} from '../../../source/drivers/session/process-lock.ts';
import { EXIT, OperatorError } from '../../../source/model/index.ts';

async function lockFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'iam-ha-lock-')), 'lock');
}

test('a session has one process: the second is told who has it, and leaves nothing', async (t) => {
  const file = await lockFile();
  const lock = await takeProcessLock(file, await describeHolder('demo', 'id', 'one'));
  const error = await t.throwsAsync(
    takeProcessLock(file, await describeHolder('demo', 'id', 'two')),
    { instanceOf: OperatorError },
  );
  t.is(error.exitCode, EXIT.locked);
  t.like(error.problems[0], { code: 'session-in-use', params: { pid: process.pid } });
  t.deepEqual(await readdir(join(file, '..')), ['lock']);
  await lock.release();
  t.deepEqual(await readdir(join(file, '..')), []);
});

test('a dead process’s lock is taken over, also when its number lives again', async (t) => {
  const file = await lockFile();
  const ours = await describeHolder('demo', 'id', 'two');
  await writeFile(file, JSON.stringify({ ...ours, token: 'one', started: '1' }));
  await takeProcessLock(file, ours);
  t.is(JSON.parse(await readFile(file, 'utf8')).token, 'two');
});

test('a process is known by its number and its start', async (t) => {
  const { pid, started } = await describeHolder('demo', 'id', 'one');
  t.true(await isAlive({ pid, started }));
  t.true(await isAlive({ pid }));
  t.false(await isAlive({ pid, started: `${started}0` }));
});

test('a place where no lock can be made is no other process', async (t) => {
  const ours = await describeHolder('demo', 'id', 'one');
  const error = await t.throwsAsync(takeProcessLock('/proc/self/lock', ours));
  t.false(error instanceof OperatorError);
});
