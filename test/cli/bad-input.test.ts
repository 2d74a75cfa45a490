import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { changed } from '../cluster/_examples.ts';

/**
 * The real program, and mistakes that this computer alone can know: exit 64, one problem that says
 * where, and nothing is made. What only a node shows is proven in `test/lab/bad-input.test.ts`.
 */
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const STAND_IN = fileURLToPath(new URL('../../assets/stand-in', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'iam-ha-bad-input-'));
const STATE = join(FOLDER, 'state');
const KEY = join(FOLDER, 'key');
const FILE = join(FOLDER, 'bad.yaml');

const GOOD = `version: 1
name: bad-input
ssh: { user: root }
nodes:
  - { name: iam-1, address: 192.0.2.20, data: true }
  - { name: iam-2, address: 192.0.2.21 }
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam: { source: { directory: ${STAND_IN} } }
vip: { address: 192.0.2.99, vrid: 51 }
cloud: { provider: none }
`;

test.before(() => {
  mkdirSync(join(FOLDER, 'empty'));
  writeFileSync(KEY, 'not a key\n');
});

test.after.always(() => rmSync(FOLDER, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], cwd = join(FOLDER, 'empty')): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, LANG: 'C.UTF-8', XDG_STATE_HOME: STATE, WEAK: 'hunter2hunter2' };
  const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd, env });
  child.stdin.end();
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...said }));
  });
}

type Event = Readonly<Record<string, unknown>>;

/** One problem, whole, and then the result, last; and nothing else. Returns the problem. */
function verifyRefused(t: ExecutionContext, ran: Ran): Event {
  const events = ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const [problem = {}, result, ...more] = events.filter((event) => event.type !== 'progress');
  t.is(ran.stderr, '');
  t.is(ran.code, 64);
  t.deepEqual(more, []);
  t.is(problem.type, 'problem');
  for (const name of ['code', 'title', 'cause']) t.regex(String(problem[name]), /\S/, name);
  t.true(Array.isArray(problem.nextSteps) && problem.nextSteps.length > 0);
  t.like(result, { type: 'result', ok: false });
  return problem;
}

/** One change to a good file: what it says, and where. */
type Case = readonly [from: string, to: string, code: string, line: number, field: string];

const CASES: readonly Case[] = [
  ['192.0.2.21', '192.0.2.300', 'invalid-address', 6, 'nodes[1].address'],
  ['192.0.2.21', '192.0.2.20', 'same-address-twice', 6, 'nodes[1].address'],
  ['192.0.2.99', '192.0.2.21', 'vip-is-a-node', 9, 'vip.address'],
  ['  - { name: iam-2, address: 192.0.2.21 }\n', '', 'too-few-nodes', 4, 'nodes'],
  ['192.0.2.21 }', '192.0.2.21, data: true }', 'several-data-nodes', 6, 'nodes[1].data'],
  ['vrid: 51', 'vrid: 0', 'invalid-vrid', 9, 'vip.vrid'],
  ['vrid: 51', 'vrid: 256', 'invalid-vrid', 9, 'vip.vrid'],
  ['iam.api.marmotedu.com', 'iam api.com', 'invalid-domain', 7, 'domains.api'],
  ['iam.api.marmotedu.com', 'iam.api.com;', 'invalid-domain', 7, 'domains.api'],
  ['vrid: 51', 'vrid: 51, vird: 51', 'unknown-key', 9, 'vip.vird'],
  ['user: root', 'user: root, password: hunter2', 'secret-literal', 3, 'ssh.password'],
  ['user: root', 'user: root, password: env:NOT_SET', 'secret-not-set', 3, 'ssh.password'],
  ['user: root', 'user: root, identityFile: ./none', 'missing-file', 3, 'ssh.identityFile'],
  [STAND_IN, './none', 'missing-file', 8, 'iam.source.directory'],
  ['user: root', `user: root, identityFile: ${KEY}`, 'key-unreadable', 3, 'ssh.identityFile'],
  ['iam: {', 'iam: { adminPassword: env:WEAK,', 'admin-password-unfit', 8, 'iam.adminPassword'],
  ['provider: none', 'provider: tencent', 'cloud-no-credential', 10, 'cloud.provider'],
];

for (const [from, to, code, line, field] of CASES) {
  test.serial(
    `${JSON.stringify(to.replace(FOLDER, ''))}: ${code}, line ${line}, ${field}`,
    async (t) => {
      rmSync(STATE, { recursive: true, force: true });
      writeFileSync(FILE, changed(GOOD, from, to));
      const ran = await run(['apply', '--yes', '--json', '--cluster', FILE]);
      const { file, ...problem } = verifyRefused(t, ran);
      t.like(problem, { code, line, field });
      t.is(file, FILE);
      t.false(ran.stdout.includes('hunter2'), 'a secret is never repeated');
      // A session is begun when the file is right, and before the first key is read.
      t.is(existsSync(STATE), code === 'key-unreadable');
    },
  );
}

test.serial('YAML that is none, with its line', async (t) => {
  writeFileSync(FILE, changed(GOOD, 'nodes:', 'nodes: ['));
  const ran = await run(['plan', '--json', '--cluster', FILE]);
  t.like(verifyRefused(t, ran), { code: 'yaml-syntax', file: FILE, line: 5 });
});

test.serial('two mistakes are two problems, and the result is last', async (t) => {
  writeFileSync(FILE, changed(changed(GOOD, 'vrid: 51', 'vrid: 0'), '192.0.2.21', 'iam-2'));
  const { code, stdout } = await run(['check', '--json', '--cluster', FILE]);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  t.is(code, 64);
  t.deepEqual(
    events.map((event) => event.code ?? event.type),
    ['invalid-address', 'invalid-vrid', 'result'],
  );
});

/** A command line that is wrong by itself, and what is said. */
const COMMAND_LINES: Readonly<Record<string, readonly string[]>> = {
  'unknown-command': ['frobnicate'],
  'unknown-option': ['plan', '--frob'],
  'unknown-stage': ['plan', '--stage', 'nope'],
  'unknown-drill': ['drill', 'nope', '--yes'],
  'unknown-language': ['plan', '--lang', 'de'],
  'bad-number': ['drill', '--all', '--runs', '0', '--yes'],
  'missing-argument': ['move-vip', '--yes'],
  'too-many-arguments': ['plan', 'x'],
  'yes-missing': ['apply'],
  'drill-not-named': ['drill', '--yes'],
  'cluster-file-missing': ['plan'],
  'cluster-file-unreadable': ['plan', '--cluster', '.'],
  'session-unknown': ['sessions', 'show', 'nope'],
  'lab-bad-nodes': ['lab', 'up', '--nodes', '1'],
  'lab-cloud-elsewhere': ['lab', 'cloud', '--name', 'nobody'],
  'lab-bad-cloud': ['lab', 'up', '--cloud', 'aws'],
};

for (const [code, words] of Object.entries(COMMAND_LINES)) {
  test.serial(`iam-ha-wizard ${words.join(' ')}: ${code}`, async (t) => {
    rmSync(STATE, { recursive: true, force: true });
    t.is(verifyRefused(t, await run([...words, '--json'])).code, code);
    t.false(existsSync(STATE));
  });
}

test.serial('for a person: what, where and what to try, in their language', async (t) => {
  writeFileSync(FILE, changed(GOOD, 'vrid: 51', 'vrid: 256'));
  const english = await run(['plan', '--cluster', FILE]);
  const chinese = await run(['plan', '--cluster', FILE, '--lang', 'zh']);
  t.deepEqual([english.code, chinese.code], [64, 64]);
  for (const { stdout } of [english, chinese]) {
    t.true(stdout.includes(`${FILE}:9  vip.vrid`));
    t.true(stdout.includes('invalid-vrid'));
  }
  t.regex(english.stdout, /Next:/);
  t.regex(chinese.stdout, /下一步/);
});

test.serial(
  'what could not be started in a lab is said on stderr, apart from the command’s own output',
  async (t) => {
    const { code, stdout, stderr } = await run([
      'lab',
      'run',
      '--name',
      'no-such-lab',
      '--',
      'true',
    ]);
    t.is(code, 125);
    t.is(stdout, '');
    t.regex(stderr, /lab-/);
  },
);
