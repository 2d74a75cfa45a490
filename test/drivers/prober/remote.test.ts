import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import test, { type TestFn } from 'ava';
import { startProber } from '../../../source/drivers/prober/prober.ts';
import type { RemoteChild } from '../../../source/drivers/prober/remote-child.ts';
import type { Runtime } from '../../../source/drivers/prober/remote-program.ts';
import {
  discardReason,
  type ProbeTarget,
  type Sample,
  summarise,
} from '../../../source/model/index.ts';
import { selfSigned } from '../../_certificate.ts';
import { hasPython, startThere } from './helpers/remote.ts';
import { answerOk, OK_BODY, type Reply, response, startServer, target } from './helpers/server.ts';

const vantage = { kind: 'ssh', host: 'third' } as const;
const RUNTIMES: readonly Runtime[] = ['node', 'python3'];
const inSerial = (runtime: Runtime): TestFn =>
  (runtime === 'python3' && !hasPython ? test.serial.skip : test.serial) as TestFn;

/** A busy computer may keep the server here from answering in time. */
function isOkOrOverdue({ outcome, reason = '' }: Sample): boolean {
  return outcome !== 'failed' || reason.endsWith('-timeout');
}

const start = (child: RemoteChild | undefined, targets: readonly ProbeTarget[], rate = 100) =>
  startProber(targets, { ratePerSecond: rate, childOf: () => child });

async function probe(child: RemoteChild | undefined, to: ProbeTarget, count: number) {
  const handle = await start(child, [to]);
  const deadline = performance.now() + 20_000;
  while (handle.samplesSince(0).length < count && performance.now() < deadline) await sleep(20);
  const [samples = []] = await handle.stop();
  return { samples, startMs: handle.startMs };
}

for (const runtime of RUNTIMES) {
  inSerial(runtime)(`${runtime} there: on schedule, and dated by our clock`, async (t) => {
    const server = await startServer(t, answerOk);
    const { child, process } = await startThere(t, runtime, 'Welcome to {third}');
    t.is(child?.runtime, runtime);
    const before = Date.now();
    const { samples, startMs } = await probe(child, target(server.port, { vantage }), 50);
    const after = Date.now();
    t.true(samples.length >= 50);
    samples.forEach((sample, n) => {
      t.is(sample.scheduledMs, startMs + n * 10);
      t.true(sample.sentMs >= sample.scheduledMs - 0.001 && sample.endedMs >= sample.sentMs);
    });
    t.true(samples.every(isOkOrOverdue));
    t.is(samples.find(({ outcome }) => outcome === 'ok')?.node, 'iam-2');
    t.true(samples[0]!.sentMs >= before - 2 && samples.at(-1)!.endedMs <= after + 2);
    t.true(child!.clock.errorMs() < 1000);
    if (process.exitCode === null) await once(process, 'exit');
    t.pass('it ended when its standard input did');
  });

  const bad: readonly (readonly [string, Reply])[] = [
    ['status-502', (socket) => socket.end(response('502 Bad Gateway', 'no'))],
    ['unexpected-body', (socket) => socket.end(response('200 OK', '{"status":"no"}'))],
    ['cut-short', (socket) => socket.end(response('200 OK', OK_BODY, 500))],
    ['closed-early', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
    ['not-http', (socket) => socket.end('hello\r\n\r\n')],
    ['answer-too-large', (socket) => socket.end(response('200 OK', 'x'.repeat(70_000)))],
  ];
  inSerial(runtime)(`${runtime} there: the same reasons as here`, async (t) => {
    for (const [reason, reply] of bad) {
      const server = await startServer(t, reply);
      const { child } = await startThere(t, runtime);
      const { samples } = await probe(child, target(server.port, { vantage }), 3);
      for (const sample of samples) t.true(sample.reason === reason || isOkOrOverdue(sample));
      t.true(
        samples.some((sample) => sample.reason === reason),
        `${reason}: ${samples[0]?.reason}`,
      );
      server.refuse();
    }
    const { child } = await startThere(t, runtime);
    const refused = await probe(child, target(1, { vantage }), 3);
    t.true(refused.samples.every(({ reason }) => reason === 'refused'));
  });

  inSerial(runtime)(
    `${runtime} there: chunks, and bodies that end with the connection`,
    async (t) => {
      const server = await startServer(t, (socket, n) => {
        const head = 'HTTP/1.1 200 OK\r\n';
        if (n % 2) socket.end(`${head}\r\n${OK_BODY}\n`);
        else socket.end(`${head}Transfer-Encoding: chunked\r\n\r\nf\r\n${OK_BODY}\r\n0\r\n\r\n`);
      });
      const { child } = await startThere(t, runtime);
      const { samples } = await probe(child, target(server.port, { vantage }), 6);
      t.true(samples.every(isOkOrOverdue) && samples.some(({ outcome }) => outcome === 'ok'));
    },
  );

  inSerial(runtime)(
    `${runtime} there: a server that never answers is given up after 3 s`,
    async (t) => {
      const server = await startServer(t, () => {});
      const { child } = await startThere(t, runtime);
      const { samples } = await probe(child, target(server.port, { vantage }), 1);
      t.true(samples.every(({ reason }) => reason?.endsWith('-timeout')));
      const [first] = samples;
      t.true(first!.endedMs - first!.scheduledMs >= 2990);
    },
  );

  inSerial(runtime)(`${runtime} there: over TLS`, async (t) => {
    const { certificate: cert, key } = await selfSigned({ names: ['x'] });
    const server = tls.createServer({ cert, key }, (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(response('200 OK', OK_BODY)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.teardown(() => server.close());
    const { child } = await startThere(t, runtime);
    const { port } = server.address() as AddressInfo;
    const secured = target(port, { vantage, tls: { serverName: 'x' } });
    const { samples } = await probe(child, secured, 10);
    t.deepEqual(
      samples.filter((one) => !isOkOrOverdue(one)),
      [],
    );
    t.true(samples.some(({ outcome }) => outcome === 'ok'));
    const plain = await startServer(t, (socket) => socket.end('this is no TLS'));
    const again = (await startThere(t, runtime)).child;
    const failed = await probe(again, { ...secured, port: plain.port }, 3);
    t.true(failed.samples.some(({ reason }) => reason === 'tls-failed'));
  });

  inSerial(runtime)(`${runtime} there, lost: what was seen stays, the rest is lost`, async (t) => {
    const server = await startServer(t, answerOk);
    const { child, process } = await startThere(t, runtime);
    const handle = await start(child, [target(server.port, { vantage })]);
    await handle.waitForFirstOk(0, 10_000);
    process.kill('SIGKILL');
    while (handle.samplesSince(0).at(-1)?.sample.reason !== 'vantage-lost') await sleep(20);
    await sleep(300);
    const stoppedMs = handle.nowMs();
    const [samples = []] = await handle.stop();
    t.true(samples.some(({ outcome }) => outcome === 'ok'));
    t.true(samples.at(-1)!.scheduledMs > stoppedMs - 100);
    t.deepEqual(
      samples.map(({ scheduledMs }) => scheduledMs),
      samples.map((_, n) => handle.startMs + n * 10),
      'each request once',
    );
    t.is(
      discardReason({ ...summarise(samples, 100), jitterMs: 0, worstLagMs: 0 }),
      'prober-own-faults',
    );
  });
}

test('a machine that has neither runs nothing of ours', async (t) => {
  t.is((await startThere(t, undefined)).child, undefined);
});
