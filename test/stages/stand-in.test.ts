import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { HEALTHY_BODY } from '../../source/checks/service-daemons.ts';
import { iamDatabase } from '../../source/stages/data-tier.ts';

const FOLDER = fileURLToPath(new URL('../../assets/stand-in/', import.meta.url));
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const withPython = spawnSync('python3', ['--version']).status === 0 ? test : test.skip;

/** Each program is copied to a server by itself, so what they share is in each of them. */
test('what the three programs share is the same in each', (t) => {
  const shared = (name: string) =>
    read(name).split('# ---- the same in')[1]?.split("# ---- what is this program's own")[0];
  t.truthy(shared('iam-apiserver'));
  t.is(shared('iam-authz-server'), shared('iam-apiserver'));
  t.is(shared('iam-pump'), shared('iam-apiserver'));
});

test('the schema has IAM’s tables, its triggers with their definer, and the administrator', (t) => {
  const sql = read('iam.sql');
  for (const table of iamDatabase.tables) t.true(sql.includes(`CREATE TABLE \`${table}\``), table);
  t.is(sql.match(/DEFINER=`iam`@`127\.0\.0\.1` TRIGGER/g)?.length, 2);
  t.regex(sql, /'admin', 1, 'admin',\s+'\$2a\$10\$/);
});

test('the folder says in both languages what it is', (t) => {
  t.regex(read('STAND-IN'), /These are not the real IAM[\s\S]*这里不是真正的 IAM/);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answer(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer from ${url}`);
}

withPython('a daemon reads its configuration, answers, and ends when it is asked to', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-stand-in-'));
  const port = await freePort();
  const config = join(folder, 'iam-pump.yaml');
  const lines = [
    '# a comment',
    'purge-delay: 1000 # another',
    'health-check-path: "healthz"',
    `health-check-address: "127.0.0.1:${port}"`,
    'log:',
    `  output-paths: ${JSON.stringify(join(folder, 'pump.log'))}`,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const daemon = spawn('python3', [join(FOLDER, 'iam-pump'), `--config=${config}`]);
  const ended = new Promise<number | null>((resolve) => daemon.on('exit', resolve));
  const response = await answer(`http://127.0.0.1:${port}/healthz`);
  t.is(response.status, 200);
  t.regex(await response.text(), HEALTHY_BODY);
  daemon.kill('SIGTERM');
  t.is(await ended, 0);
  t.regex(readFileSync(join(folder, 'pump.log'), 'utf8'), /GET \/healthz/);
  rmSync(folder, { recursive: true });
});

withPython('without a configuration it says which file, and ends', (t) => {
  const { status, stderr } = spawnSync(
    'python3',
    [join(FOLDER, 'iam-apiserver'), '--config=/nope.yaml'],
    { encoding: 'utf8' },
  );
  t.is(status, 1);
  t.regex(stderr, /failed to read configuration file\(\/nope\.yaml\)/);
});
