import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { connectNode, type UploadOptions } from '../../../source/drivers/ssh/index.ts';
import { aTarget, startServer, stopServers, workFolder } from './helpers/server.ts';

test.after.always(stopServers);

const owner = `${userInfo().uid}:${userInfo().gid}`;

interface Given {
  readonly from: string;
  readonly to: string;
  /** Where the pieces lie. */
  readonly part: string;
  readonly gz: Buffer;
  readonly plain: Buffer;
  readonly options: UploadOptions;
}

/** Half of it can be compressed. */
async function given(size: number): Promise<Given> {
  const folder = await workFolder();
  const plain = Buffer.concat([randomBytes(size / 2), Buffer.alloc(size / 2)]);
  const gz = gzipSync(plain);
  const [from, path] = [join(folder, 'from'), join(folder, 'from.gz')];
  await writeFile(from, plain);
  await writeFile(path, gz);
  const sha256 = createHash('sha256').update(plain).digest('hex');
  const to = join(await workFolder(), 'iam pump');
  const part = `${to}.iam-ha-wizard-${sha256.slice(0, 16)}.gz.part`;
  const packed = { path, bytes: gz.length };
  const options = { mode: '0755', owner, sha256, timeoutMs: 120_000, packed };
  return { from, to, part, gz, plain, options };
}

async function connected() {
  const server = await startServer();
  return { server, connection: await connectNode(...(await aTarget(server))) };
}

async function verifyWhole(t: ExecutionContext, { to, plain }: Given) {
  t.true((await readFile(to)).equals(plain));
  t.is((await stat(to)).mode & 0o777, 0o755);
  t.deepEqual(await readdir(dirname(to)), ['iam pump'], 'no piece is left');
}

test('a file travels compressed, and is itself at the other end', async (t) => {
  const { connection } = await connected();
  const file = await given(2_000_000);
  const seen: (readonly [number, number])[] = [];
  const onProgress = (done: number, total: number) => void seen.push([done, total]);
  t.like(await connection.upload(file.from, file.to, { ...file.options, onProgress }), {
    exitCode: 0,
  });
  t.deepEqual(seen.at(-1), [file.gz.length, file.gz.length]);
  t.true(file.gz.length < file.plain.length * 0.6);
  t.is(connection.roundTrips, 2);
  await verifyWhole(t, file);
  await connection.close();
});

test('what the node said to have is there when the link is torn, and is not sent again', async (t) => {
  const { connection, server } = await connected();
  const file = await given(13_000_000);
  let told = 0;
  const onProgress = (done: number) => {
    if (told > 0) return;
    told = done;
    if (done < 3_000_000) told = 0;
    else server.drop();
  };
  const first = await connection.upload(file.from, file.to, { ...file.options, onProgress });
  t.is(first.kind, 'disconnected');
  await sleep(300);
  const there = (await stat(file.part)).size;
  t.true(there >= told && told >= 3_000_000, `${there} of ${told}`);
  const again = await connectNode(...(await aTarget(server)));
  const seen: number[] = [];
  const note = (done: number) => void seen.push(done);
  t.like(await again.upload(file.from, file.to, { ...file.options, onProgress: note }), {
    exitCode: 0,
  });
  t.true((seen[0] ?? 0) > there);
  await verifyWhole(t, file);
  await again.close();
});

const BEGINNINGS: Readonly<Record<string, (gz: Buffer) => Buffer>> = {
  'of something else': (gz) => Buffer.alloc(gz.length / 2),
  'longer than the whole': (gz) => Buffer.concat([gz, gz]),
  'with one bit that has flipped': (gz) => {
    const half = Buffer.from(gz.subarray(0, gz.length / 2));
    half[1000] = (half[1000] ?? 0) ^ 1;
    return half;
  },
  'that is whole already': (gz) => gz,
  'that is empty': () => Buffer.alloc(0),
};

for (const [name, make] of Object.entries(BEGINNINGS)) {
  test(`a beginning ${name}`, async (t) => {
    const { connection } = await connected();
    const file = await given(1_000_000);
    await writeFile(file.part, make(file.gz));
    t.like(await connection.upload(file.from, file.to, file.options), { exitCode: 0 });
    await verifyWhole(t, file);
    await connection.close();
  });
}

test('a writer that a torn link left behind writes into nothing of ours', async (t) => {
  const { connection } = await connected();
  const file = await given(1_000_000);
  await writeFile(file.part, file.gz.subarray(0, 1000));
  const left = await open(file.part, 'a');
  const running = connection.upload(file.from, file.to, file.options);
  const late = setInterval(() => void left.write('late').catch(() => {}), 2);
  t.like(await running, { exitCode: 0 });
  clearInterval(late);
  await verifyWhole(t, file);
  await left.close();
  await connection.close();
});

test('a compressed file that is not the file is refused, and nothing of it stays', async (t) => {
  const { connection } = await connected();
  const file = await given(1_000_000);
  await writeFile(join(dirname(file.from), 'from.gz'), gzipSync('another'));
  const bytes = gzipSync('another').length;
  const packed = { path: join(dirname(file.from), 'from.gz'), bytes };
  const result = await connection.upload(file.from, file.to, { ...file.options, packed });
  t.like(result, { kind: 'exited', exitCode: 94 });
  t.deepEqual(await readdir(dirname(file.to)), []);
  await connection.close();
});
