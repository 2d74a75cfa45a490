import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { httpRequest } from '../../source/drivers/http.ts';
import { type HttpAction, Secret } from '../../source/model/index.ts';
import { answerOk, OK_BODY, response, startServer } from './prober/helpers/server.ts';

function get(port: number, more: Partial<HttpAction> = {}): HttpAction {
  return {
    kind: 'http',
    vantage: { kind: 'here' },
    address: '127.0.0.1',
    port,
    host: 'iam.api.marmotedu.com',
    path: '/healthz',
    timeoutMs: 10_000,
    ...more,
  };
}

test('an answer is told as it is, whatever its status', async (t) => {
  const server = await startServer(t, (socket, n) =>
    n === 0 ? answerOk(socket, n) : socket.end(response('404 Not Found', '不')),
  );
  t.like(await httpRequest(get(server.port)), { kind: 'answered', status: 200, body: OK_BODY });
  t.like(await httpRequest(get(server.port)), { kind: 'answered', status: 404 });
  t.is(server.accepted(), 2);
});

test('a request with a body and secrets in it arrives as it is meant', async (t) => {
  const seen: string[] = [];
  const server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization = '-', 'content-length': length = '-' } = request.headers;
    seen.push([request.method, authorization, length, Buffer.concat(chunks)].join(' '));
    answer.end('null');
  }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const body = [new Secret('password', '{"p":"ä'), '"}'];
  const headers = { Authorization: ['Bearer ', new Secret('token', 'abc')] };
  t.like(await httpRequest(get(port, { method: 'POST', headers, body })), { body: 'null' });
  await httpRequest(get(port, { method: 'PUT' }));
  await httpRequest(get(port, { method: 'DELETE' }));
  await httpRequest(get(port));
  t.deepEqual(seen, ['POST Bearer abc 10 {"p":"ä"}', 'PUT - 0 ', 'DELETE - - ', 'GET - - ']);
});

test('an answer of more than 64 KiB is none', async (t) => {
  const server = await startServer(t, (socket) =>
    socket.end(response('200 OK', 'x'.repeat(64 * 1024 + 1))),
  );
  t.like(await httpRequest(get(server.port)), { kind: 'no-answer', reason: 'answer-too-large' });
});

test('the deadline holds, connected or not', async (t) => {
  const server = await startServer(t, () => {});
  const result = await httpRequest(get(server.port, { timeoutMs: 100 }));
  t.like(result, { kind: 'no-answer', reason: 'answer-timeout' });
  t.true(result.elapsedMs >= 99);
});

test('whatever is wrong, it never throws', async (t) => {
  const server = await startServer(t, answerOk);
  const ssh = { kind: 'ssh', host: 'x' } as const;
  t.like(await httpRequest(get(server.port, { path: '/a b' })), { reason: 'not-sent' });
  t.like(await httpRequest(get(server.port, { host: 'a\nb' })), { reason: 'not-sent' });
  t.like(await httpRequest(get(server.port, { vantage: ssh })), {
    reason: 'vantage-not-available',
  });
  server.refuse();
  t.like(await httpRequest(get(server.port)), { kind: 'no-answer', reason: 'refused' });
});
