import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { connectNode, type NodeConnection } from '../../../source/drivers/ssh/index.ts';
import { content, Secret } from '../../../source/model/index.ts';
import {
  aTarget,
  type ServerOptions,
  startServer,
  stopServers,
  workFolder,
} from './helpers/server.ts';

test.after.always(stopServers);

const LIMIT = { timeoutMs: 20_000 };

async function connected(options: ServerOptions = {}) {
  const server = await startServer(options);
  const connection = await connectNode(...(await aTarget(server)));
  return { server, connection };
}

async function stdoutOf(connection: NodeConnection, script: string): Promise<string> {
  const result = await connection.run([script], LIMIT);
  return result.kind === 'exited' ? result.stdout : result.kind;
}

async function appears(file: string): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text) return text;
    await sleep(50);
  }
  return '';
}

/** A killed process whose parent is gone may stay a zombie for a while. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/^\d+ \(.*\) [ZX]/.test(stat);
}

test('an exit code, both streams and the round trip', async (t) => {
  const { connection } = await connected();
  const result = await connection.run(['echo out; echo err >&2; exit 3'], LIMIT);
  t.deepEqual(result, { kind: 'exited', exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  t.is(connection.roundTrips, 1);
  await connection.close();
});

test('a script is parsed whole before its first command', async (t) => {
  const { connection } = await connected();
  const result = await connection.run(['echo ran\nif'], LIMIT);
  t.is(result.kind, 'exited');
  t.notDeepEqual(result.kind === 'exited' && result.exitCode, 0);
  t.is(result.stdout, '');
});

test('stdin is empty, and nothing of a script is in an argument or the environment', async (t) => {
  const { connection, server } = await connected();
  const secret = new Secret('password', 'hunter2hunter2');
  const look = content`cat; x=${secret}; cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c '[h]unter2' || true`;
  const result = await connection.run(look, LIMIT);
  t.is(result.stdout, '0\n');
  t.false(server.commands.some((command) => command.includes('hunter2')));
});

test('large output arrives whole', async (t) => {
  const { connection } = await connected();
  const stdout = await stdoutOf(connection, 'head -c 20000000 /dev/zero | tr "\\0" x; echo end');
  t.is(stdout.length, 20_000_004);
  t.true(stdout.endsWith('xend\n'));
});

test('Chinese that is split over chunks stays whole', async (t) => {
  const { connection } = await connected();
  const seen: string[] = [];
  const script =
    'printf "\\xe5\\x8f"; sleep 0.2; printf "\\xaf\\xe7\\x94"; sleep 0.2; printf "\\xa8"';
  const result = await connection.run([script], { ...LIMIT, onOutput: (text) => seen.push(text) });
  t.is(result.stdout, '可用');
  t.is(seen.join(''), '可用');
});

test('many scripts at once share few sessions', async (t) => {
  const { connection, server } = await connected({ maxSessions: 4 });
  const all = Array.from({ length: 30 }, (_, i) => stdoutOf(connection, `sleep 0.05; echo ${i}`));
  t.deepEqual(
    await Promise.all(all),
    all.map((_, i) => `${i}\n`),
  );
  t.true(server.mostSessions() <= 4);
  t.is(connection.roundTrips, 30);
});

test('a hanging script times out, and is killed with its children', async (t) => {
  const { connection } = await connected();
  const folder = await workFolder();
  const script = `echo started; (echo $BASHPID >${folder}/pid; exec sleep 60) & wait`;
  const result = await connection.run([script], { timeoutMs: 700 });
  t.is(result.kind, 'timed-out');
  t.is(result.stdout, 'started\n');
  const pid = Number(await appears(join(folder, 'pid')));
  t.false(await isAlive(pid));
});

test('an abort kills the process group', async (t) => {
  const { connection } = await connected();
  const folder = await workFolder();
  const abort = new AbortController();
  const script = `trap '' TERM; echo $BASHPID >${folder}/pid; while :; do sleep 1; done`;
  const running = connection.run([script], { ...LIMIT, signal: abort.signal });
  const pid = Number(await appears(join(folder, 'pid')));
  abort.abort();
  const result = await running;
  t.is(result.kind === 'disconnected' && result.problem.code, 'run-cancelled');
  t.false(await isAlive(pid));
});

test('an abort may leave the script running', async (t) => {
  const { connection } = await connected();
  const folder = await workFolder();
  const abort = new AbortController();
  const script = `echo go >${folder}/go; sleep 0.5; echo done >${folder}/done`;
  const options = { ...LIMIT, signal: abort.signal, whenAborted: 'leave' } as const;
  const running = connection.run([script], options);
  await appears(join(folder, 'go'));
  abort.abort();
  const result = await running;
  t.is(result.kind === 'disconnected' && result.problem.code, 'run-left-running');
  await connection.close();
  t.is(await appears(join(folder, 'done')), 'done\n');
});

test('a lost connection is a result, and the script runs on to its end', async (t) => {
  const { connection, server } = await connected();
  const folder = await workFolder();
  const noise = 'for i in $(seq 2000); do echo "line $i of noise"; echo "error $i" >&2; done';
  const script = `set -e; echo go >${folder}/go; sleep 0.5; ${noise}; yes | head -1; echo done >${folder}/done`;
  const running = connection.run([script], LIMIT);
  await appears(join(folder, 'go'));
  server.drop();
  const result = await running;
  t.is(result.kind === 'disconnected' && result.problem.code, 'ssh-disconnected');
  t.is(await appears(join(folder, 'done')), 'done\n');
  t.is((await connection.run(['true'], LIMIT)).kind, 'disconnected');
});

test('a script cut off on its way executes nothing', async (t) => {
  const { connection, server } = await connected();
  const folder = await workFolder();
  // More than the window of a channel: the rest waits for bash, which is not reading yet.
  const script = `echo bad >${folder}/bad\n${': padding\n'.repeat(900_000)}`;
  const running = connection.run([script], LIMIT);
  for (let i = 0; i < 200 && server.commands.length === 0; i++) await sleep(2);
  server.drop();
  t.is((await running).kind, 'disconnected');
  await Promise.all(
    server.children.map(
      (child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)),
    ),
  );
  t.is(await readFile(join(folder, 'bad'), 'utf8').catch(() => 'nothing'), 'nothing');
});

test('a server that opens the channel and says no more', async (t) => {
  const { connection } = await connected({ mute: /iam-ha-wizard/ });
  const result = await connection.run(['true'], { timeoutMs: 300 });
  t.is(result.kind, 'timed-out');
});

test('a daemon left behind does not hold the script', async (t) => {
  const { connection } = await connected();
  const startedAt = Date.now();
  t.is(await stdoutOf(connection, '(sleep 3; echo late) & echo ready'), 'ready\n');
  t.true(Date.now() - startedAt < 2_000);
});
