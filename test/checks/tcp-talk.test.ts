import { execFile } from 'node:child_process';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import test from 'ava';
import { httpGet, readHttp, readTalks, TALK, talkTo } from '../../source/checks/tcp-talk.ts';

function bash(script: string): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile('bash', (_error, stdout) => resolve(stdout));
    child.stdin?.end(script);
  });
}

async function listening(onConnection: (socket: Socket) => void): Promise<[Server, number]> {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, (server.address() as AddressInfo).port];
}

const script = (port: number, text: string) =>
  `${TALK}${talkTo('127.0.0.1', port, [text]).join('')}`;

test('what a server says is printed, several in their order', async (t) => {
  const [server, port] = await listening((socket) => {
    socket.once('data', (data) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${data.length}`));
  });
  const out = await bash(script(port, 'one') + talkTo('127.0.0.1', port, ['three']).join(''));
  server.close();
  const talks = readTalks(out);
  t.deepEqual(
    talks.map((talk) => (talk.kind === 'answered' ? readHttp(talk.text) : talk.kind)),
    [
      { status: 200, body: '4' },
      { status: 200, body: '6' },
    ],
  );
});

test('a closed port is refused', async (t) => {
  const [server, port] = await listening(() => {});
  await new Promise((resolve) => server.close(resolve));
  t.deepEqual(readTalks(await bash(script(port, 'x'))), [{ kind: 'refused' }]);
});

test('one that says nothing has not answered; one that answers and stays open has', async (t) => {
  const sockets: Socket[] = [];
  const [silent, silentPort] = await listening((socket) => sockets.push(socket));
  const [open, openPort] = await listening((socket) => {
    sockets.push(socket);
    socket.write('+PONG\r\n');
  });
  const [first, second] = await Promise.all([
    bash(script(silentPort, 'x')),
    bash(script(openPort, 'x')),
  ]);
  for (const socket of sockets) socket.destroy();
  silent.close();
  open.close();
  t.like(readTalks(first)[0], { kind: 'no-answer', isConnected: true });
  t.deepEqual(readTalks(second), [{ kind: 'answered', text: '+PONG' }]);
});

test('an address that nobody answers for was not even connected to', (t) => {
  for (const said of ['\n\ntalk 143\n', '\n\ntalk 137\n', 'bash: No route to host\n\ntalk 7\n'])
    t.like(readTalks(said)[0], { kind: 'no-answer', isConnected: false });
});

test('what is not HTTP has no status', (t) => {
  t.deepEqual(readHttp('SSH-2.0-OpenSSH_9.2'), { status: 0, body: '' });
  t.true(httpGet('h', '/p', ['A: b']).endsWith('A: b\r\n\r\n'));
});
