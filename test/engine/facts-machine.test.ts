import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { machineOf, machineSnippets } from '../../source/engine/facts/machine-metadata.ts';

/** What a shell says whose machine has its metadata service at `server`, and how long that took. */
async function asked(t: ExecutionContext, server: Server, always = true) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { ask, tell } = machineSnippets(
    always,
    `127.0.0.1/${(server.address() as AddressInfo).port}`,
  );
  const started = performance.now();
  const shell = spawn('bash', ['-s'], { stdio: ['pipe', 'pipe', 'pipe'] });
  shell.stdin.end(`section() { :; }; show() { echo Maker; }\n${ask}\n${tell}\n`);
  const [said, errors] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  return { said, errors, ms: performance.now() - started };
}

const answers: Readonly<Record<string, string>> = {
  '/latest/meta-data/instance-id': 'ins-0000abcd',
  '/latest/meta-data/placement/region': 'ap-guangzhou',
};

const service = () =>
  http.createServer(({ url = '', headers }, response) => {
    const value = headers.host === 'metadata.tencentyun.com' ? answers[url] : undefined;
    response.writeHead(value === undefined ? 404 : 200).end(value);
  }) as Server;

test('a machine of the cloud says which one it is, and where', async (t) => {
  const { said, errors } = await asked(t, service());
  t.is(errors, '');
  t.deepEqual(machineOf(said), { instance: 'ins-0000abcd', region: 'ap-guangzhou' });
});

test('nothing is asked of a machine of another maker where no cloud is named', async (t) => {
  let calls = 0;
  const server = createServer(() => {
    calls += 1;
  });
  const { said } = await asked(t, server, false);
  t.is(said, '');
  t.is(calls, 0);
});

test('a service that never answers costs a second, and is no cloud', async (t) => {
  const { said, ms } = await asked(
    t,
    createServer((socket) => t.teardown(() => socket.destroy())),
  );
  t.is(machineOf(said), undefined);
  t.true(ms < 2500, `${ms} ms`);
});

const others = [
  ['', 'nobody'],
  ['ins-0000abcd', 'no region'],
  ['\nap-guangzhou', 'no id'],
  ['<html>\nap-guangzhou', 'a page of somebody else’s'],
  ['i-0abc\nus-east-1', 'another cloud'],
] as const;

for (const [said, what] of others) {
  test(`no machine of the cloud: ${what}`, (t) => t.is(machineOf(said), undefined));
}
