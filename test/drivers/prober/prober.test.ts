import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import type { ProbedSample } from '../../../source/drivers/prober/collector.ts';
import { startProber } from '../../../source/drivers/prober/prober.ts';
import { InterruptedError, type Sample } from '../../../source/model/index.ts';
import { answerOk, OK_BODY, type Reply, response, startServer, target } from './helpers/server.ts';

/*
 * The prober's thread goes before the one that serves here, which a busy computer may keep from
 * answering in time: that is no fault of either. One test at a time, so that it has the processor.
 */
function isOkOrOverdue({ outcome, reason }: Sample): boolean {
  return outcome !== 'failed' || reason === 'answer-timeout' || reason === 'connect-timeout';
}

/** Probes until `enough` of the samples so far, at most 10 s. */
async function probeUntil(
  handle: Awaited<ReturnType<typeof startProber>>,
  enough: (samples: readonly ProbedSample[]) => boolean,
): Promise<readonly (readonly Sample[])[]> {
  const deadline = performance.now() + 10_000;
  while (!enough(handle.samplesSince(0)) && performance.now() < deadline) await sleep(20);
  return handle.stop();
}

test.serial('requests go out on schedule, each on a connection of its own', async (t) => {
  const server = await startServer(t, answerOk);
  const handle = await startProber([target(server.port), target(server.port)], {
    ratePerSecond: 100,
  });
  const [first = [], second = []] = await probeUntil(handle, (all) => all.length >= 60);
  t.is(first.length, second.length);
  t.true(server.accepted() <= first.length + second.length);
  t.true(server.asked() >= [...first, ...second].filter(({ outcome }) => outcome === 'ok').length);
  first.forEach((sample, n) => {
    t.is(sample.scheduledMs, handle.startMs + n * 10);
    t.true(sample.sentMs >= sample.scheduledMs && sample.endedMs >= sample.sentMs);
    if (sample.outcome === 'ok') t.is(sample.node, 'iam-2');
  });
  t.true(first.every(isOkOrOverdue));
});

test.serial('an answer that is late delays no other request', async (t) => {
  const server = await startServer(t, (socket, n) => {
    if (n === 3) setTimeout(() => answerOk(socket, n), 1000);
    else answerOk(socket, n);
  });
  const handle = await startProber([target(server.port)], { ratePerSecond: 100 });
  const [samples = []] = await probeUntil(handle, (all) =>
    all.some(({ sample }) => sample.outcome === 'late'),
  );
  const late = samples.find(({ outcome }) => outcome === 'late');
  const meanwhile = samples.filter(
    ({ sentMs, endedMs }) => sentMs > late!.sentMs && endedMs < late!.endedMs,
  );
  t.true(meanwhile.length > 0, 'others were sent after it and answered before it');
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

for (const [reason, reply] of bad) {
  test.serial(`a request that is not answered well has a reason: ${reason}`, async (t) => {
    const server = await startServer(t, reply);
    const handle = await startProber([target(server.port)], { ratePerSecond: 50 });
    const [samples = []] = await probeUntil(handle, (all) => all.length >= 3);
    for (const sample of samples) t.true(sample.reason === reason || isOkOrOverdue(sample));
    t.true(samples.some((sample) => sample.reason === reason));
  });
}

test.serial(
  'a body that comes in chunks, or ends with the connection, is an answer like any other',
  async (t) => {
    const server = await startServer(t, (socket, n) => {
      const head = 'HTTP/1.1 200 OK\r\n';
      if (n % 2) socket.end(`${head}\r\n${OK_BODY}\n`);
      else socket.end(`${head}Transfer-Encoding: chunked\r\n\r\nf\r\n${OK_BODY}\r\n0\r\n\r\n`);
    });
    const handle = await startProber([target(server.port)], { ratePerSecond: 50 });
    const [samples = []] = await probeUntil(handle, (all) => all.length >= 4);
    t.true(samples.every(isOkOrOverdue));
  },
);

test.serial(
  'no source port is kept: neither by a server that closes nor by one that does not',
  async (t) => {
    for (const reply of [
      answerOk,
      (socket) => socket.write(response('200 OK', OK_BODY)),
    ] as const satisfies readonly Reply[]) {
      const server = await startServer(t, reply);
      const handle = await startProber([target(server.port)], { ratePerSecond: 200 });
      const [samples = []] = await probeUntil(handle, (all) => all.length >= 40);
      t.true(samples.every(isOkOrOverdue));
      if (process.platform === 'linux') t.is(clientPortsWaiting(server.port), 0);
    }
  },
);

/** Connections to the port whose client side waits (TIME_WAIT), as the kernel lists them. */
function clientPortsWaiting(port: number): number {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote, state]) => remote?.endsWith(end) && state === '06').length;
}

test.serial('the first good answer can be waited for', async (t) => {
  const server = await startServer(t, (socket, n) =>
    socket.end(response(n < 5 ? '503 No' : '200 OK', OK_BODY)),
  );
  const handle = await startProber([target(server.port), target(1)], { ratePerSecond: 100 });
  const first = await handle.waitForFirstOk(0, 10_000);
  t.true(first!.scheduledMs >= handle.startMs + 50);
  t.deepEqual(await handle.waitForFirstOk(0, 0), first);
  t.is(await handle.waitForFirstOk(1, 10), undefined);
  const waiting = handle.waitForFirstOk(1, 60_000);
  await handle.stop();
  t.is(await waiting, undefined);
});

test.serial('a signal stops it, and what was measured until then is there', async (t) => {
  const server = await startServer(t, answerOk);
  const controller = new AbortController();
  const handle = await startProber([target(server.port)], {
    ratePerSecond: 100,
    signal: controller.signal,
  });
  await handle.waitForFirstOk(0, 10_000);
  const marker = handle.mark('fault');
  controller.abort();
  const [samples = []] = await handle.stop();
  t.true(samples.length > 0);
  t.true(samples.every(({ scheduledMs }) => scheduledMs < marker.atMs + 5000));
  t.deepEqual(handle.markers, [marker]);
  t.is(handle.samplesSince(0).length, samples.length);
  t.is(handle.samplesSince(samples.length).length, 0);
  const late = startProber([], { ratePerSecond: 100, signal: controller.signal });
  await t.throwsAsync(late, { instanceOf: InterruptedError });
});

test.serial('when the thread dies there is no measurement, and nobody waits for it', async (t) => {
  const handle = await startProber([target(1, { path: '/not a path' })], { ratePerSecond: 100 });
  t.is(await handle.waitForFirstOk(0, 60_000), undefined);
  await t.throwsAsync(handle.stop, { message: "the prober's thread died" });
});

test.serial('another machine needs a way there', async (t) => {
  const vantage = { kind: 'ssh', host: '198.51.100.10' } as const;
  const start = startProber([target(1, { vantage })], { ratePerSecond: 100 });
  await t.throwsAsync(start, { instanceOf: TypeError });
});

test.serial('targets that nobody can ask keep their place, and have no samples', async (t) => {
  const server = await startServer(t, answerOk);
  const vantage = { kind: 'ssh', host: 'x' } as const;
  const forward = () => Promise.reject(new Error('never asked'));
  const handle = await startProber([target(1, { vantage }), target(server.port)], {
    ratePerSecond: 100,
    forward,
    absent: new Set([0]),
  });
  await handle.waitForFirstOk(1, 10_000);
  const [nobody, seen] = await handle.stop();
  t.deepEqual(nobody, []);
  t.true((seen?.length ?? 0) > 0);
});
