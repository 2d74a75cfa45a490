import { spawnSync } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import test from 'ava';
import { redisAsk } from '../../source/checks/redis-ask.ts';
import { batchScript, readBatch } from '../../source/engine/batch.ts';
import { type Content, revealContent, Secret } from '../../source/model/index.ts';
import { LIMIT_SECONDS, LIMITED, unlessSilent } from '../../source/platforms/limited.ts';
import { serverState, sqlProbe } from '../../source/platforms/sql-script.ts';

/** Of several that wait for the same, only the first one does. */
const PATIENCE_MS = 1500 * LIMIT_SECONDS;

interface Took {
  readonly outputs: readonly { readonly stdout: string; readonly stderr: string }[];
  readonly ms: number;
}

/** Runs a batch in a real bash, with programs of our own first on the PATH. */
function batch(scripts: readonly Content[], functions = ''): Took {
  const started = performance.now();
  const input = `${functions}\n${revealContent(batchScript(scripts))}`;
  const { stdout } = spawnSync('bash', ['-s'], { input, encoding: 'utf8' });
  const results = readBatch({ kind: 'exited', exitCode: 0, stdout, stderr: '' }, scripts.length);
  const outputs = results.map((one) => ({ stdout: one.stdout, stderr: one.stderr }));
  return { outputs, ms: performance.now() - started };
}

const asks: Content = [`${LIMITED}limited db sleep 60; echo "code $?"\n`];

test('a server that does not answer is waited for once in a batch, and noted by its name', (t) => {
  const other: Content = [`${LIMITED}limited other echo here; echo "code $?"\n`];
  const { outputs, ms } = batch([asks, asks, asks, other]);
  t.deepEqual(
    outputs.map(({ stdout }) => stdout),
    ['code 124\n', 'code 124\n', 'code 124\n', 'here\ncode 0\n'],
  );
  t.true(ms < PATIENCE_MS, `${ms} ms`);
});

test('what waits for that server in its turn is not asked, and says so', (t) => {
  const later: Content = [`${LIMITED}${unlessSilent('db')}echo asked\n`];
  const [, silent] = batch([asks, later]).outputs;
  t.deepEqual(silent, { stdout: '', stderr: 'db accepts and does not answer: not asked\n' });
  t.is(batch([later]).outputs[0]?.stdout, 'asked\n');
});

test('a command’s own code and input pass through', (t) => {
  const own: Content = [`${LIMITED}limited db bash -c 'cat; exit 5' <<<'said'; echo "code $?"\n`];
  t.is(batch([own]).outputs[0]?.stdout, 'said\ncode 5\n');
  const alone = spawnSync('bash', ['-s'], { input: revealContent(own), encoding: 'utf8' });
  t.is(alone.stdout, 'said\ncode 5\n', 'no batch, no note');
});

const server = {
  host: '127.0.0.1',
  port: 1,
  user: 'root',
  password: new Secret('admin', 'x'),
  where: {},
};

/** A client of MariaDB that does as the real ones do. */
function client(body: string): string {
  return `mkdir -p /tmp/iam-ha-client.$$; PATH=/tmp/iam-ha-client.$$:$PATH
trap 'rm -rf /tmp/iam-ha-client.$$' EXIT
cat >/tmp/iam-ha-client.$$/mariadb <<'C'
#!/bin/bash
${body}
C
chmod +x /tmp/iam-ha-client.$$/mariadb`;
}

test('what a client says of a frozen server, or does not say, is silence', (t) => {
  const probe = sqlProbe({ client: 'mariadb', server }, ['SELECT 1;']);
  const rows = [
    // MariaDB 10.11 and 11.8, over TCP and by the socket.
    [
      'echo "ERROR 2013 (HY000): Lost connection to server at \'handshake: reading initial communication packet\', system error: 110" >&2; exit 1',
      'silent',
    ],
    ['echo "ERROR 2006 (HY000) at line 3: Server has gone away" >&2; exit 1', 'silent'],
    [
      "echo \"ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (11)\" >&2; exit 1",
      'silent',
    ],
    ['exec sleep 60', 'silent'],
    [
      "echo \"ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)\" >&2; exit 1",
      'down',
    ],
    [
      "echo \"ERROR 1045 (28000): Access denied for user 'root'@'localhost'\" >&2; exit 1",
      'denied',
    ],
    ['cat', 'answers'],
  ] as const;
  for (const [body, state] of rows) {
    const { outputs, ms } = batch([probe, probe], client(body));
    for (const { stdout, stderr } of outputs) {
      t.is(serverState({ kind: 'exited', exitCode: 0, stdout, stderr }), state, body);
    }
    t.true(ms < PATIENCE_MS, `${ms} ms: ${body}`);
  }
});

test('a frozen Redis is waited for once, by whatever asks it', async (t) => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const ask = redisAsk({ address: '127.0.0.1', port, password: new Secret('redis', 'x') }, [
    ['PING'],
  ]);
  const { outputs, ms } = batch([ask, ask, ask]);
  for (const socket of sockets) socket.destroy();
  silent.close();
  for (const { stdout } of outputs) t.regex(stdout, /^redis \S+\n$/);
  t.is(new Set(outputs.map(({ stdout }) => stdout)).size, 1);
  t.true(ms < PATIENCE_MS, `${ms} ms`);
});
