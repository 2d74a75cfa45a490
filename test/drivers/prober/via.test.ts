import { once } from 'node:events';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import ssh2 from 'ssh2';
import { httpRequest } from '../../../source/drivers/http.ts';
import { type Forward, forwardReason } from '../../../source/drivers/prober/forward.ts';
import { startProber } from '../../../source/drivers/prober/prober.ts';
import { discardReason, type NodeName, summarise } from '../../../source/model/index.ts';
import { newHostKey, startServer as startSshd } from '../ssh/helpers/server.ts';
import { answerOk, OK_BODY, startServer, target } from './helpers/server.ts';

const vantage = { kind: 'via', node: 'iam-2' as NodeName } as const;

/** Probes through `forward` until there are `count` samples. */
async function probe(port: number, forward: Forward, count: number, ratePerSecond = 50) {
  const handle = await startProber([target(port, { vantage })], { ratePerSecond, forward });
  while (handle.samplesSince(0).length < count) await sleep(20);
  const [samples = []] = await handle.stop();
  return { samples, summary: summarise(samples, ratePerSecond) };
}

/** Connects to this computer's own sshd stand-in, as the SSH driver would. */
async function connectSsh(port: number): Promise<ssh2.Client> {
  const client = new ssh2.Client();
  client.on('error', () => {});
  client.connect({
    host: '127.0.0.1',
    port,
    username: 'root',
    password: 'x',
    hostVerifier: () => true,
  });
  await once(client, 'ready');
  return client;
}

function forwardOver(client: ssh2.Client): Forward {
  return (_node, address, port) =>
    new Promise<Duplex>((resolve, reject) => {
      client.forwardOut('127.0.0.1', 0, address, port, (error, channel) =>
        error ? reject(error) : resolve(channel),
      );
    });
}

test('through a real SSH connection: answers, channels that close, refusals', async (t) => {
  const sshd = await startSshd({ forwards: true, hostKeys: [newHostKey()] });
  const client = await connectSsh(sshd.port);
  const server = await startServer(t, answerOk);
  const channels = new Set<Duplex>();
  const forward: Forward = async (...where) => {
    const channel = await forwardOver(client)(...where);
    channels.add(channel);
    channel.once('close', () => channels.delete(channel));
    return channel;
  };
  const good = await probe(server.port, forward, 20);
  t.is(good.summary.failed, 0);
  t.is(server.accepted(), good.summary.sent);
  const http = { kind: 'http', vantage, timeoutMs: 5000, ...where(server.port) } as const;
  t.like(await httpRequest(http, forward), { kind: 'answered', status: 200, body: OK_BODY });
  while (channels.size > 0) await sleep(20);
  server.refuse();
  const refused = await probe(server.port, forward, 5);
  t.true(refused.samples.every(({ outcome }) => outcome === 'failed'));
  t.is(discardReason({ ...refused.summary, jitterMs: 0, worstLagMs: 0 }), undefined);
  client.end();
  await once(client, 'close');
  const lost = await probe(server.port, forward, 5);
  t.deepEqual(lost.summary.reasons, { 'vantage-lost': lost.summary.sent });
  t.is(discardReason(lost.summary), 'prober-own-faults');
  sshd.stop();
});

function where(port: number) {
  return { address: '127.0.0.1', port, host: 'iam.api.marmotedu.com', path: '/healthz' };
}

test('an open that stays pending fails after 3 s, and is closed if it succeeds later', async (t) => {
  const late: ((stream: Duplex) => void)[] = [];
  const forward: Forward = () => new Promise((resolve) => late.push(resolve));
  const handle = await startProber([target(80, { vantage })], { ratePerSecond: 50, forward });
  while (late.length < 2) await sleep(20);
  const [samples = []] = await handle.stop();
  t.deepEqual(summarise(samples, 50).reasons, { 'connect-timeout': samples.length });
  const server = await startServer(t, answerOk);
  const socket = net.connect(server.port, '127.0.0.1');
  late[0]?.(socket);
  await once(socket, 'close');
  t.is(server.asked(), 0);
});

for (const [text, reason] of [
  ['(SSH) Channel open failure: Connection refused', 'refused'],
  ['(SSH) Channel open failure: administratively prohibited: open failed', 'forwarding-prohibited'],
  ['forwarding-prohibited', 'forwarding-prohibited'],
  ['(SSH) Channel open failure: No route to host', 'unreachable'],
  ['(SSH) Channel open failure: Network is unreachable', 'unreachable'],
  ['(SSH) Channel open failure: Connection timed out', 'connect-timeout'],
  ['(SSH) Channel open failure: Too many open files', 'no-file-handle'],
  ['(SSH) Channel open failure: open failed', 'open-failed'],
  ['(SSH) Channel open failure: server closed channel unexpectedly', 'vantage-lost'],
  ['Not connected', 'vantage-lost'],
  ['No response from server', 'vantage-lost'],
] as const) {
  test(`"${text}" is ${reason}`, (t) => {
    t.is(forwardReason(new Error(text)), reason);
  });
}

test('a forward that throws at once is an end like any other', async (t) => {
  const forward: Forward = () => {
    throw new Error('Not connected');
  };
  const http = { kind: 'http', vantage, timeoutMs: 1000, ...where(80) } as const;
  t.like(await httpRequest(http, forward), { kind: 'no-answer', reason: 'vantage-lost' });
});
