import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestFn } from 'ava';
import { addLabCommand, type LabIo } from '../../source/cli/lab-command.ts';
import { parseCommandLine } from '../../source/cli/parse.ts';
import { LANGUAGES, type Language } from '../../source/text/index.ts';
import { hasTmux, openTerminal } from '../lab/_tmux.ts';

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** For a shell that is not everywhere: skipped by name where it is not. */
const where = (isThere: boolean): TestFn => (isThere ? test : test.skip) as unknown as TestFn;

const withFish = where(has('fish'));
const withZsh = where(has('zsh') && hasTmux());
const withTmux = where(hasTmux());

async function script(shell: string, language: Language = 'en'): Promise<string> {
  let written = '';
  await parseCommandLine(['completion', shell], {
    language,
    version: '1.2.3',
    write: (text) => {
      written += text;
    },
    extend: (program) => addLabCommand(program, { words: (code: string) => code } as LabIo),
  });
  return written;
}

const home = mkdtempSync(join(tmpdir(), 'iam-ha-completion-'));
for (const session of ['iam-prod', 'staging']) {
  mkdirSync(join(home, 'iam-ha-wizard', session), { recursive: true });
  writeFileSync(join(home, 'iam-ha-wizard', session, 'journal.jsonl'), '');
}
mkdirSync(join(home, 'iam-ha-wizard', 'no-session'));
writeFileSync(join(home, 'a-file.yaml'), '');
test.after.always(() => rmSync(home, { recursive: true }));

const environment = { ...process.env, XDG_STATE_HOME: home };

/** What follows the words, as bash asks for it: the last one is what the cursor is on. */
async function inBash(...words: readonly string[]): Promise<readonly string[]> {
  const ask = `${await script('bash')}
COMP_WORDS=(iam-ha-wizard "$@") COMP_CWORD=$#
_iam_ha_wizard
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const done = spawnSync('bash', ['--norc', '-c', ask, '_', ...words], {
    encoding: 'utf8',
    env: environment,
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.split('\n').filter(Boolean);
}

async function inFish(line: string): Promise<readonly string[]> {
  const ask = `${await script('fish')}\ncomplete -C '${line}'`;
  const { stdout } = spawnSync('fish', ['--no-config', '-c', ask], {
    encoding: 'utf8',
    env: environment,
  });
  return stdout.split('\n').filter(Boolean);
}

const expected: readonly (readonly [line: string, all: readonly string[]])[] = [
  ['mo', ['move-vip']],
  ['lab st', ['status']],
  ['drill nginx-', ['nginx-hung', 'nginx-recovers', 'nginx-stopped']],
  ['drill nginx-stopped back', ['backend-stopped']],
  ['apply --stage rev', ['reverse-proxy']],
  ['--stage database apply --stage serv', ['services']],
  ['--lang zh lab st', ['status']],
  ['completion ', ['bash', 'fish', 'zsh']],
  ['sessions show ', ['iam-prod', 'staging']],
  ['plan --session st', ['staging']],
  ['lab up --im', ['--image']],
  ['lab up --image t', ['trixie']],
  ['lab up --cloud n', ['none']],
  ['plan --break', ['--break-lock']],
  ['plan ', []],
];

for (const [line, all] of expected) {
  test(`bash: ${line}`, async (t) => {
    t.deepEqual([...(await inBash(...line.split(' ')))].sort(), all as string[]);
  });

  withFish(`fish: ${line}`, async (t) => {
    const found = (await inFish(`iam-ha-wizard ${line}`)).map((text) => text.split('\t')[0] ?? '');
    t.deepEqual([...found].sort(), all as string[]);
  });
}

test('bash splits --lang=zh into three words', async (t) => {
  t.deepEqual(await inBash('plan', '--lang', '=', 'z'), ['zh']);
  t.deepEqual(await inBash('plan', '--lang', '='), ['en', 'zh']);
  t.deepEqual(await inBash('--lang', '=', 'zh', 'mo'), ['move-vip']);
});

test('every command is offered, and no option of the program alone', async (t) => {
  const first = await inBash('');
  t.true(first.includes('init') && first.includes('lab'));
  for (const offered of ['cloud', 'destroy']) t.true(first.includes(offered), offered);
  t.true((await inBash('--v')).includes('--version'));
  t.deepEqual(await inBash('plan', '--v'), []);
});

for (const shell of ['bash', 'zsh', 'fish']) {
  for (const language of LANGUAGES) {
    where(has(shell))(`${shell} takes its script: ${language}`, async (t) => {
      const text = await script(shell, language);
      const file = join(home, `syntax.${language}.${shell}`);
      writeFileSync(file, text);
      const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      t.is(status, 0, stderr);
      t.is(/\p{Script=Han}/u.test(text), language === 'zh' && shell !== 'bash');
    });
  }
}

/** A shell as a person has it, with the script read. */
async function openShell(shell: string, argv: readonly string[], prepare: string) {
  const file = join(home, `completion.${shell}`);
  writeFileSync(file, await script(shell));
  const terminal = openTerminal(argv, { cwd: home, env: { XDG_STATE_HOME: home, PS1: 'ready> ' } });
  terminal.type(`${prepare}; source '${file}'; clear; PS1='go> '`);
  terminal.keys('Enter');
  await terminal.until(/^go> $|^go>$/m);
  return terminal;
}

withTmux('bash, at a real Tab', async (t) => {
  const terminal = await openShell('bash', ['bash', '--norc', '--noprofile'], 'true');
  t.teardown(() => terminal.close());
  terminal.type('iam-ha-wizard mov');
  terminal.keys('Tab');
  await terminal.until('iam-ha-wizard move-vip');
  terminal.keys('C-u');
  terminal.type('iam-ha-wizard plan --cluster a-');
  terminal.keys('Tab');
  await terminal.until('--cluster a-file.yaml');
  terminal.keys('C-u');
  terminal.type('iam-ha-wizard apply --stage=pre');
  terminal.keys('Tab');
  await terminal.until('--stage=preflight');
  t.pass();
});

withZsh('zsh, at a real Tab', async (t) => {
  const terminal = await openShell('zsh', ['zsh', '-f'], 'autoload -U compinit; compinit -u -D');
  t.teardown(() => terminal.close());
  for (const [typed, whole] of [
    ['iam-ha-wizard mov', 'iam-ha-wizard move-vip'],
    ['iam-ha-wizard lab sta', 'iam-ha-wizard lab status'],
    ['iam-ha-wizard drill backe', 'drill backend-stopped'],
    ['iam-ha-wizard --lang zh apply --stage prefl', '--stage preflight'],
    ['iam-ha-wizard sessions show sta', 'show staging'],
    ['iam-ha-wizard plan --cluster a-f', '--cluster a-file.yaml'],
  ] as const) {
    terminal.keys('C-u');
    terminal.type(typed);
    terminal.keys('Tab');
    await terminal.until(whole);
  }
  terminal.keys('C-u');
  terminal.type('iam-ha-wizard ');
  terminal.keys('Tab');
  await terminal.until(/plan +-- what would change/);
  t.pass();
});

test('another shell is refused', async (t) => {
  const parsed = await parseCommandLine(['completion', 'tcsh'], {
    language: 'en',
    version: '1',
    write: () => {},
  });
  if (parsed.kind !== 'refused') return t.fail(parsed.kind);
  t.is(parsed.exitCode, 64);
  t.is(parsed.problems[0]?.code, 'unknown-shell');
});
