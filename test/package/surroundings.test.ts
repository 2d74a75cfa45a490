import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ava, { type TestFn } from 'ava';
import { type Done, ROOT, run } from './_packed.ts';

/** What only root can arrange: another user, a full disk. Elsewhere skipped, by name. */
const asRoot: TestFn = (process.getuid?.() === 0 ? ava : ava.skip) as unknown as TestFn;
const test: TestFn = ava;

const LAUNCHER = join(ROOT, 'bin/iam-ha-wizard.js');
const PATH = process.env.PATH ?? '';
let folder: string;
let clusterFile: string;

const CLUSTER = `version: 1
name: iam-prod
ssh: { user: root }
nodes:
  - { name: iam-1, address: 10.255.0.9, data: true }
  - { name: iam-2, address: 10.255.0.10 }
domains: { api: iam.api.example.com, authz: iam.authz.example.com }
iam: { source: { archive: /ARCHIVE, sha256: "SHA256" } }
databases: { mariadb: install, redis: install, mongodb: none }
vip: { address: 10.255.0.99 }
cloud: { provider: none }
`;

ava.before(async () => {
  const { buildIfStale } = await import(`${ROOT}scripts/build.mjs`);
  await buildIfStale();
  folder = mkdtempSync(join(tmpdir(), 'iam-ha-around-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'home'));
  clusterFile = join(folder, 'cluster.yaml');
  writeFileSync(join(folder, 'iam.tar'), '');
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const text = CLUSTER.replace('/ARCHIVE', join(folder, 'iam.tar')).replace('SHA256', empty);
  writeFileSync(clusterFile, text);
});

ava.after.always(() => rmSync(folder, { recursive: true, force: true }));

const launch = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run([process.execPath, LAUNCHER, ...args], {
    cwd: folder,
    env: { PATH, HOME: join(folder, 'home'), LANG: 'C.UTF-8', ...env },
  });

/** By a user without a name: in no network, and with only these variables. */
const asNobody = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const uid = ['setpriv', '--reuid', '43210', '--regid', '43210', '--clear-groups', '--'];
  const command = ['unshare', '-n', '--', ...uid, process.execPath, LAUNCHER, ...args];
  return run(command, { cwd: folder, env: { PATH, LANG: 'C.UTF-8', ...env } });
};

/** A sentence with its code, and no stack trace. */
const isTold = ({ stdout, stderr }: Done, code: string) =>
  stdout.includes(code) && !/our-bug|\n\s+at /.test(stdout + stderr);

test('an old Node is told apart, in both languages, before anything newer is loaded', (t) => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.8' });`;
  const { code, stdout, stderr } = launch(['--version'], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(old)}`,
  });
  t.is(code, 64);
  t.is(stdout, '');
  t.regex(stderr, /needs Node\.js 20\.19 or newer.* 需要 Node\.js 20\.19/);
});

test('the launcher’s words are as old as the Node that it tells apart', async (t) => {
  const { transform } = await import('esbuild');
  const { readFileSync } = await import('node:fs');
  const source = readFileSync(LAUNCHER, 'utf8');
  const plain = { charset: 'utf8', supported: { 'dynamic-import': true } } as const;
  const oldest = await transform(source, { ...plain, target: 'node10' });
  t.is(oldest.code, (await transform(source, { ...plain, target: 'esnext' })).code);
  t.notRegex(source, /^(?:import|export) |await /m);
});

asRoot('no home folder: a sentence that says what to set', (t) => {
  t.is(asNobody(['--version']).code, 0);
  t.is(asNobody(['--help']).code, 0);
  for (const command of [['sessions'], ['plan'], ['apply', '--yes'], ['report']]) {
    const done = asNobody(command);
    t.true(isTold(done, 'no-home'), `${command} ${done.stdout} ${done.stderr}`);
    t.is(done.code, 64);
  }
  const state = join(folder, 'nobody');
  mkdirSync(state);
  chmodSync(state, 0o777);
  const done = asNobody(['plan', '--state-dir', state]);
  t.true(isTold(done, 'no-cache-folder'), done.stdout + done.stderr);
});

asRoot('a home that takes nothing: a sentence, and nothing done', (t) => {
  const home = join(folder, 'sealed');
  mkdirSync(home);
  chmodSync(home, 0o555);
  t.is(asNobody(['--version'], { HOME: home }).code, 0);
  t.is(asNobody(['sessions'], { HOME: home }).code, 0);
  const done = asNobody(['apply', '--yes'], { HOME: home });
  t.true(isTold(done, 'state-not-written (EACCES)') || isTold(done, 'state-not-written'));
  t.is(done.code, 1);
  const state = join(folder, 'nobodys');
  mkdirSync(state);
  chmodSync(state, 0o777);
  const planned = asNobody(['plan', '--state-dir', state], { HOME: home });
  t.true(isTold(planned, 'cache-not-written'), planned.stdout + planned.stderr);
});

asRoot('no space in the home, nor for temporary files', (t) => {
  const script = `mount -t tmpfs -o size=4k none "$HOME" && head -c 4096 /dev/zero >"$HOME/full"
    export TMPDIR=$HOME; exec "$@"`;
  const full = (...args: readonly string[]) =>
    run(['unshare', '-nm', 'bash', '-c', script, '-', process.execPath, LAUNCHER, ...args], {
      cwd: folder,
      env: { PATH, HOME: join(folder, 'home'), LANG: 'C.UTF-8' },
    });
  t.is(full('--version').code, 0);
  const done = full('plan');
  t.true(isTold(done, 'state-not-written') && done.stdout.includes('ENOSPC'), done.stdout);
});

test('a locale with another charset: English, in ASCII alone', (t) => {
  const args = ['check', '--cluster', join(folder, 'not-there.yaml')];
  for (const env of [
    { LANG: 'zh_CN.GBK' },
    { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' },
    { LANG: 'POSIX' },
  ]) {
    const { stdout } = launch(args, env);
    t.regex(stdout, /cluster-file-missing/);
    t.regex(stdout, /^[\n\x20-\x7e]*$/, JSON.stringify(env));
  }
  t.regex(launch(args, { LANG: 'zh_CN.UTF-8' }).stdout, /\p{Script=Han}/u);
  t.regex(launch([...args, '--lang', 'zh'], { LANG: 'C' }).stdout, /\p{Script=Han}/u);
});

test('what nobody caught is told as a mistake of ours, with what to send', (t) => {
  // it comes as soon as the program can hear of it
  const bomb = `process.on('newListener', (name) => {
    if (name === 'uncaughtException') setImmediate(() => { throw new Error('a bomb'); });
  });`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(bomb)}` };
  const { code, stdout, stderr } = launch(['plan', '--cluster', clusterFile], env);
  t.is(code, 1);
  t.is(stderr, '');
  t.regex(stdout, /our-bug[\s\S]*Error: a bomb[\s\S]*iam-ha-wizard \d[^\n]* Node\.js v/);
  t.regex(stdout, /not done/);
  const json = launch(['plan', '--cluster', clusterFile, '--json'], env).stdout.trim().split('\n');
  t.regex(json.find((line) => line.includes('our-bug')) ?? '', /"code":"our-bug"/);
  t.is(JSON.parse(json.at(-1)!).type, 'result');
});
