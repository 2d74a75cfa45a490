import { createHash } from 'node:crypto';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { connectNode, type UploadOptions } from '../../../source/drivers/ssh/index.ts';
import { InterruptedError, OperatorError } from '../../../source/model/index.ts';
import { aTarget, startServer, stopServers, workFolder } from './helpers/server.ts';

test.after.always(stopServers);

const owner = `${userInfo().uid}:${userInfo().gid}`;

async function aFile(size: number): Promise<[from: string, to: string, options: UploadOptions]> {
  const from = join(await workFolder(), 'from');
  const bytes = Buffer.alloc(size, '密码 0123456789\n');
  await writeFile(from, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const to = join(await workFolder(), "the target's name");
  return [from, to, { mode: '0750', owner, sha256, timeoutMs: 20_000 }];
}

async function connected() {
  const server = await startServer({ forwards: true });
  return { server, connection: await connectNode(...(await aTarget(server))) };
}

test('a file arrives whole, with its mode, in two round trips; then it is already there', async (t) => {
  const { connection } = await connected();
  const [from, to, options] = await aFile(3_000_000);
  const seen: number[] = [];
  const onProgress = (done: number) => void seen.push(done);
  t.like(await connection.upload(from, to, { ...options, onProgress }), { exitCode: 0 });
  t.true((await readFile(to)).equals(await readFile(from)));
  t.is((await stat(to)).mode & 0o777, 0o750);
  t.is(seen.at(-1), 3_000_000);
  t.is(connection.roundTrips, 2);
  t.like(await connection.upload(from, to, options), { exitCode: 0 });
  t.is(connection.roundTrips, 3);
  t.deepEqual(await readdir(dirname(to)), ["the target's name"]);
  await connection.close();
});

test('an empty file', async (t) => {
  const { connection } = await connected();
  const [from, to, options] = await aFile(0);
  t.like(await connection.upload(from, to, options), { exitCode: 0 });
  t.is((await stat(to)).size, 0);
  await connection.close();
});

test('an interrupted upload goes on where it was', async (t) => {
  const { connection, server } = await connected();
  const [from, to, options] = await aFile(30_000_000);
  let dropped = false;
  const onProgress = (done: number) => {
    if (done > 10_000_000 && !dropped) {
      dropped = true;
      server.drop();
    }
  };
  const first = await connection.upload(from, to, { ...options, onProgress });
  t.is(first.kind, 'disconnected');
  await sleep(300);
  const [part] = await readdir(dirname(to));
  const arrived = (await stat(join(dirname(to), part ?? ''))).size;
  t.true(arrived > 1_000_000 && arrived < 30_000_000, String(arrived));
  const again = await connectNode(...(await aTarget(server)));
  const seen: number[] = [];
  const note = (done: number) => void seen.push(done);
  t.like(await again.upload(from, to, { ...options, onProgress: note }), { exitCode: 0 });
  t.true((seen[0] ?? 0) > arrived);
  t.true((await readFile(to)).equals(await readFile(from)));
  await again.close();
});

test('a beginning that is not ours is thrown away; a wrong hash leaves nothing', async (t) => {
  const { connection } = await connected();
  const [from, to, options] = await aFile(100_000);
  const part = `${to}.iam-ha-wizard-${options.sha256.slice(0, 16)}.part`;
  await writeFile(part, '');
  await truncate(part, 50_000);
  t.like(await connection.upload(from, to, options), { exitCode: 0 });
  t.true((await readFile(to)).equals(await readFile(from)));
  const bad = { ...options, sha256: '0'.repeat(64) };
  t.like(await connection.upload(from, to, bad), { kind: 'exited', exitCode: 94 });
  t.deepEqual(await readdir(dirname(to)), ["the target's name"]);
  await t.throwsAsync(connection.upload('/nowhere', to, options), { instanceOf: OperatorError });
  await connection.close();
});

test('a forwarded connection carries both ways and closes; a closed port is refused', async (t) => {
  const echo = createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const { port } = echo.address() as { port: number };
  const { connection } = await connected();
  t.is(await text(await connection.forward('127.0.0.1', port)), 'hello');
  t.is(connection.roundTrips, 0);
  await new Promise((resolve) => echo.close(resolve));
  await t.throwsAsync(connection.forward('127.0.0.1', port));
  const gone = AbortSignal.abort();
  await t.throwsAsync(connection.forward('127.0.0.1', port, gone), {
    instanceOf: InterruptedError,
  });
  await connection.close();
  await t.throwsAsync(connection.forward('127.0.0.1', port));
});
