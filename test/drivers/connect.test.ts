import { createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import test from 'ava';
import { tryConnect } from '../../source/drivers/connect.ts';
import type { ConnectAction } from '../../source/model/index.ts';
import { answerOk, startServer } from './prober/helpers/server.ts';

function to(port: number, more: Partial<ConnectAction> = {}): ConnectAction {
  const vantage = { kind: 'here' } as const;
  return { kind: 'connect', vantage, address: '127.0.0.1', port, timeoutMs: 200, ...more };
}

const ssh = { kind: 'ssh', host: 'x' } as const;

test('open, refused', async (t) => {
  const server = await startServer(t, answerOk);
  t.like(await tryConnect(to(server.port)), { outcome: 'open' });
  server.refuse();
  t.like(await tryConnect(to(server.port)), { outcome: 'refused' });
});

test('nothing is sent, and the connection is given back', async (t) => {
  const said: string[] = [];
  const ended = new Promise<void>((resolve) => {
    const server = createServer((socket) => {
      socket.on('data', (bytes) => said.push(bytes.toString()));
      socket.on('error', () => {});
      socket.on('close', () => {
        server.close();
        resolve();
      });
    });
    server.listen(0, '127.0.0.1', async () => {
      const address = server.address();
      if (address && typeof address === 'object') await tryConnect(to(address.port));
    });
  });
  await ended;
  t.deepEqual(said, []);
});

for (const [words, outcome, reason] of [
  ['Connection refused', 'refused', ''],
  ['No route to host', 'silent', ''],
  ['Connection timed out', 'silent', ''],
  ['administratively prohibited: open failed', 'unmeasured', 'forwarding-prohibited'],
  ['the connection is gone', 'unmeasured', 'vantage-lost'],
] as const) {
  test(`from another machine: ${words}`, async (t) => {
    const forward = () => Promise.reject(new Error(words));
    const found = await tryConnect(to(1, { vantage: ssh }), forward);
    t.deepEqual(found, { kind: 'connect', outcome, reason });
  });
}

test('from another machine: open, silent in time, no way there', async (t) => {
  const stream = new PassThrough();
  t.like(await tryConnect(to(1, { vantage: ssh }), async () => stream), { outcome: 'open' });
  t.true(stream.destroyed);
  const never = () => new Promise<PassThrough>(() => {});
  const startMs = performance.now();
  t.like(await tryConnect(to(1, { vantage: ssh }), never), { outcome: 'silent' });
  t.true(performance.now() - startMs < 2000);
  t.like(await tryConnect(to(1, { vantage: ssh })), { reason: 'vantage-not-available' });
});
