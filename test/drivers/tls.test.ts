import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import test, { type ExecutionContext } from 'ava';
import ssh2 from 'ssh2';
import { httpRequest } from '../../source/drivers/http.ts';
import type { Forward } from '../../source/drivers/prober/forward.ts';
import { startProber } from '../../source/drivers/prober/prober.ts';
import type { HttpAction, NodeName } from '../../source/model/index.ts';
import { selfSigned } from '../_certificate.ts';
import { answerOk, OK_BODY, response, startServer, target } from './prober/helpers/server.ts';
import { newHostKey, startServer as startSshd } from './ssh/helpers/server.ts';

const HOST = 'iam.api.marmotedu.com';
const pair = await selfSigned({ names: [HOST] });
const old = await selfSigned({ names: ['other'], subject: '', fromDays: -9, days: -1 });
const via = { kind: 'via', node: 'iam-2' as NodeName } as const;

/** Two names, each with a certificate of its own, as nginx has them. */
async function startTls(t: ExecutionContext) {
  const counts = { handshakes: 0, resumed: 0 };
  const sockets = new Set<Socket>();
  const contexts = new Map([
    [HOST, tls.createSecureContext({ cert: pair.certificate, key: pair.key })],
  ]);
  const server = tls.createServer(
    {
      cert: old.certificate,
      key: old.key,
      SNICallback: (name, done) => done(null, contexts.get(name)),
    },
    (socket) => {
      counts.handshakes += 1;
      if (socket.isSessionReused()) counts.resumed += 1;
      socket.on('error', () => {});
      socket.once('data', () => answerOk(socket, 0));
    },
  );
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, counts, sockets };
}

function get(port: number, more: Partial<HttpAction> = {}): HttpAction {
  return {
    kind: 'http',
    vantage: { kind: 'here' },
    address: '127.0.0.1',
    port,
    host: HOST,
    path: '/healthz',
    timeoutMs: 5_000,
    tls: { serverName: HOST },
    ...more,
  };
}

test('the name is asked for in the handshake, and what is shown is told', async (t) => {
  const { port } = await startTls(t);
  const mine = await httpRequest(get(port));
  t.like(mine, { kind: 'answered', status: 200, body: OK_BODY });
  t.like(mine, {
    certificate: {
      fingerprint: new X509Certificate(pair.certificate).fingerprint256,
      subject: 'CN=operator',
      isExpired: false,
    },
  });
  const other = await httpRequest(get(port, { tls: { serverName: 'somebody.else' } }));
  t.like(other, { status: 200, certificate: { isExpired: true, subject: 'DNS:other' } });
  const clear = await httpRequest(
    get((await startServer(t, answerOk)).port, { tls: undefined as never }),
  );
  t.false('certificate' in clear);
});

test('whoever listens and speaks no TLS, or closes, or says nothing', async (t) => {
  const reasonOf = async (reply: Parameters<typeof startServer>[1], timeoutMs = 5_000) => {
    const server = await startServer(t, reply);
    const result = await httpRequest(get(server.port, { timeoutMs }));
    return result.kind === 'no-answer' ? result.reason : result.kind;
  };
  t.is(await reasonOf(answerOk), 'tls-failed');
  t.is(await reasonOf((socket) => socket.end(response('400 Bad Request', 'x'))), 'tls-failed');
  t.is(await reasonOf((socket) => socket.end()), 'closed-early');
  t.is(await reasonOf((socket) => socket.resetAndDestroy()), 'reset');
  t.is(await reasonOf(() => {}, 200), 'answer-timeout');
  const server = await startServer(t, answerOk);
  server.refuse();
  t.like(await httpRequest(get(server.port)), { reason: 'refused' });
  const { port } = await startTls(t);
  t.like(await httpRequest(get(port, { path: '/a b' })), { reason: 'not-sent' });
});

/** A stream that is no socket, as a channel of SSH is none. */
async function overSsh(t: ExecutionContext): Promise<Forward> {
  const sshd = await startSshd({ forwards: true, hostKeys: [newHostKey()] });
  const client = new ssh2.Client();
  client.on('error', () => {});
  const login = { host: '127.0.0.1', username: 'root', password: 'x', hostVerifier: () => true };
  client.connect({ ...login, port: sshd.port });
  await once(client, 'ready');
  t.teardown(() => {
    client.end();
    sshd.stop();
  });
  return (_, address, port) =>
    new Promise<Duplex>((resolve, reject) => {
      client.forwardOut('127.0.0.1', 0, address, port, (error, channel) =>
        error ? reject(error) : resolve(channel),
      );
    });
}

test('over a channel of SSH, too: told, and closed', async (t) => {
  const forward = await overSsh(t);
  const { port, sockets } = await startTls(t);
  t.like(await httpRequest(get(port, { vantage: via }), forward), {
    kind: 'answered',
    body: OK_BODY,
    certificate: { isExpired: false },
  });
  const plain = await startServer(t, answerOk);
  t.like(await httpRequest(get(plain.port, { vantage: via }), forward), { reason: 'tls-failed' });
  while (sockets.size > 0) await sleep(10);
  t.pass();
});

test.serial('the prober: a handshake of its own for each request, here and over SSH', async (t) => {
  const forward = await overSsh(t);
  const { port, counts, sockets } = await startTls(t);
  const secured = { tls: { serverName: HOST } };
  const handle = await startProber(
    [target(port, secured), target(port, { ...secured, vantage: via })],
    { ratePerSecond: 50, forward },
  );
  while (handle.samplesSince(0).length < 40) await sleep(20);
  const [here = [], there = []] = await handle.stop();
  for (const samples of [here, there]) {
    t.true(samples.length > 10);
    t.deepEqual(
      samples.filter(({ outcome }) => outcome === 'failed'),
      [],
    );
  }
  t.is(counts.handshakes, here.length + there.length);
  t.is(counts.resumed, 0);
  while (sockets.size > 0) await sleep(10);
});

test.serial('the prober says why there was no handshake', async (t) => {
  const server = await startServer(t, answerOk);
  const handle = await startProber([target(server.port, { tls: { serverName: HOST } })], {
    ratePerSecond: 50,
  });
  while (handle.samplesSince(0).length < 3) await sleep(20);
  const [samples = []] = await handle.stop();
  for (const { reason } of samples) t.is(reason, 'tls-failed');
});
