import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'ava';
import { type Installed, packAndInstall, ROOT, run, runOffline } from './_packed.ts';

let installed: Installed;
const inPackage = (path: string) => join(installed.folder, 'node_modules/iam-ha-wizard', path);
const manifest = () => JSON.parse(readFileSync(inPackage('package.json'), 'utf8'));
const wizard = (...args: readonly string[]) =>
  runOffline([installed.command, ...args], { cwd: installed.folder, env: surroundings() });

/** A stranger's computer: nothing of this checkout is on the path, and the state is its own. */
function surroundings(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: installed.folder,
    LANG: 'C.UTF-8',
  };
}

/** Where a person builds; that of root is a word of ours, too. */
function privateHome(): readonly string[] {
  return homedir() === '/root' ? [] : [`${homedir()}/`];
}

test.before(async () => {
  installed = await packAndInstall();
});

test.after.always(() => installed?.remove());

test('it is small, and comes alone', (t) => {
  t.true(statSync(installed.tarball).size < 5e6);
  const modules = readdirSync(join(installed.folder, 'node_modules'));
  t.deepEqual(
    modules.filter((name) => !name.startsWith('.')),
    ['iam-ha-wizard'],
  );
  t.is(manifest().dependencies, undefined);
});

test('nothing runs when it is installed, and npm has nothing to warn of', (t) => {
  // npm takes "prepare" for a script that an installation runs
  const scripts = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare'];
  for (const name of [...scripts, 'postprepare']) t.is(manifest().scripts?.[name], undefined, name);
  t.false(/warn/i.test(installed.said.stderr), installed.said.stderr);
});

test('nothing in it names the computer that built it, nor a test or a source', (t) => {
  const files = readdirSync(inPackage(''), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const modules = dirname(realpathSync(join(ROOT, 'node_modules')));
  const makers = [ROOT, process.cwd(), `${modules}/`, ...privateHome()];
  const naming = files.filter((file) => {
    const text = readFileSync(file, 'latin1');
    return makers.some((path) => text.includes(path));
  });
  t.deepEqual(naming, []);
  t.deepEqual(readdirSync(inPackage('')).toSorted(), [
    'LICENSE',
    'README.md',
    'README.zh.md',
    'assets',
    'bin',
    'dist',
    'docs',
    'package.json',
    'runbooks',
  ]);
  t.false(readdirSync(inPackage('dist')).some((file) => /stamp|\.map$/.test(file)));
});

test('each asset and runbook of the checkout is in it', (t) => {
  for (const folder of ['assets', 'runbooks']) {
    const inside = readdirSync(inPackage(folder), { recursive: true }).toSorted();
    t.deepEqual(inside, readdirSync(join(ROOT, folder), { recursive: true }).toSorted());
  }
  t.true(statSync(inPackage('assets/stand-in/iam-apiserver')).mode % 2 === 1, 'not executable');
});

test('--version says what package.json says', (t) => {
  const { code, stdout, stderr } = wizard('--version');
  t.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${manifest().version}\n`, stderr: '' });
});

test('--help of every command, in both languages', (t) => {
  const { code, stdout } = wizard('--help');
  t.is(code, 0);
  const commands = [...stdout.matchAll(/^ {2}([a-z][a-z-]+)(?= |$)/gm)].map((match) => match[1]!);
  t.true(commands.includes('apply') && commands.includes('lab'), stdout);
  for (const command of commands) {
    for (const language of ['en', 'zh']) {
      const help = wizard('--lang', language, command, '--help');
      t.is(help.code, 0, `${command} ${help.stderr}`);
      t.is(/\p{Script=Han}/u.test(help.stdout), language === 'zh', command);
    }
  }
});

// `init` is refused until it is built: what may not happen meanwhile is a stack trace. When it is,
// this becomes a run of it.
test('init answers with a sentence', (t) => {
  const { code, stdout, stderr } = wizard('init');
  t.is(code, 64);
  t.notRegex(stdout + stderr, /\n\s+at /);
});

test('sessions, and a plan that cannot start, come from the bundle too', (t) => {
  t.is(wizard('sessions').code, 0);
  const { code, stdout } = wizard('plan', '--json');
  t.is(code, 64);
  t.regex(stdout, /"cluster-file-missing"/);
});

test('lab status', (t) => {
  const { code, stdout } = wizard('lab', 'status', '--name', 'never-up');
  t.is(code, 1);
  t.regex(
    stdout,
    process.getuid?.() === 0 ? /never-up is not up/ : /lab-needs-root|lab-needs-linux/,
  );
  t.notRegex(stdout, /our-bug/);
});

test('a folder that is read-only, and another user’s, is no hindrance', (t) => {
  run(['chmod', '-R', 'a-w', join(installed.folder, 'node_modules')]);
  t.is(wizard('--version').code, 0);
  run(['chmod', '-R', 'u+w', join(installed.folder, 'node_modules')]);
});

test('compiled code is kept in the user’s own cache, and never in /tmp', (t) => {
  const home = join(installed.folder, 'home');
  const temporary = join(installed.folder, 'temporary');
  for (const one of [home, temporary]) mkdirSync(one);
  const env = { ...surroundings(), HOME: home, TMPDIR: temporary };
  const program = [process.execPath, inPackage('bin/iam-ha-wizard.js'), '--version'];
  t.is(run(program, { env }).code, 0);
  t.deepEqual(readdirSync(temporary), []);
  // Node 20 cannot keep any
  const canKeep = 'enableCompileCache' in process.getBuiltinModule('module');
  const inHome = readdirSync(home, { recursive: true }).map(String);
  const isKept = inHome.some((path) => path.startsWith('.cache/iam-ha-wizard/compiled/'));
  t.is(isKept, canKeep);
});
