import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { JournalBody } from '../../source/model/index.ts';
import { encodeRecords } from '../../source/model/journal/chain.ts';

/** The real program, and sessions that are not as it left them: a sentence each, and nothing is lost. */
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const STAND_IN = fileURLToPath(new URL('../../assets/stand-in', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'iam-ha-sessions-'));
const STATE = join(FOLDER, 'state');
const FILE = join(FOLDER, 'cluster.yaml');
const AT = '2026-11-22T08:00:00.000Z';

const started = (version?: number): JournalBody => ({
  ...{ type: 'run-started', command: 'apply', pid: 1, host: 'h', user: 'u', token: 't' },
  ...(version !== undefined && { version }),
});
const created: JournalBody = {
  ...{ type: 'session-created', name: 'x', id: 'a', language: 'en', runbook: 'iam-ha' },
};
const title = { en: 'Set the records', zh: '设置记录' };
const journal = (...bodies: readonly JournalBody[]) =>
  encodeRecords(undefined, [created, ...bodies], AT).text;

const whole = journal(
  { type: 'runbook-chosen', runbook: 'mine', sha256: 'x', titles: { dns: title } },
  started(1),
  { type: 'manual-done', step: 'dns', title, undo: null },
);
const JOURNALS = {
  whole,
  torn: `${whole}{"n":9,"at":`,
  damaged: whole.replace('"mine"', '"thine"'),
  newer: journal(started(999)),
};

test.before(() => {
  for (const [name, text] of Object.entries(JOURNALS)) {
    mkdirSync(join(STATE, name), { recursive: true });
    writeFileSync(join(STATE, name, 'journal.jsonl'), text);
  }
  writeFileSync(
    FILE,
    `version: 1
name: damaged
ssh: { user: root }
nodes: [{ name: iam-1, address: 192.0.2.20, data: true }, { name: iam-2, address: 192.0.2.21 }]
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam: { source: { directory: ${STAND_IN} } }
vip: { address: 192.0.2.99, vrid: 51 }
cloud: { provider: none }
`,
  );
});

test.after.always(() => rmSync(FOLDER, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, LANG: 'C.UTF-8' };
  const words = [LAUNCHER, '--cluster', FILE, ...args];
  const { status, stdout } = spawnSync(process.execPath, words, { env, encoding: 'utf8' });
  return { code: status, stdout };
}

const at = (...args: readonly string[]) => run('--state-dir', STATE, ...args);
const kept = (name: keyof typeof JOURNALS) =>
  readFileSync(join(STATE, name, 'journal.jsonl'), 'utf8') === JOURNALS[name];

test('the list shows every session that can be read, and says what the others have', (t) => {
  const { code, stdout } = at('sessions');
  t.is(code, 1);
  t.regex(stdout, /^torn +2026-11-22T/m);
  t.regex(stdout, /^whole +2026-11-22T/m);
  t.regex(stdout, /damaged\/journal\.jsonl:2/);
  t.regex(stdout, /journal-damaged/);
  t.regex(stdout, /newer\/journal\.jsonl:2/);
  t.regex(stdout, /session-newer/);
  t.regex(at('sessions', '--lang', 'zh').stdout, /日志已损坏/);
});

test('show: the runbook, what was done by hand; a torn last line is passed over, and left', (t) => {
  for (const name of ['whole', 'torn'] as const) {
    const { code, stdout } = at('sessions', 'show', name);
    t.is(code, 0);
    t.regex(stdout, /^runbook: mine$/m);
    t.regex(stdout, /done {2}manual:dns$/m);
    t.true(kept(name));
  }
});

for (const command of [
  'plan',
  'apply',
  'check',
  'undo',
  'report',
  'sessions show',
  'sessions forget',
]) {
  for (const [name, problem] of [
    ['damaged', 'journal-damaged'],
    ['newer', 'session-newer'],
  ] as const) {
    test(`${command} of a session that is ${name}: ${problem}, and nothing is lost`, (t) => {
      const words = command.startsWith('sessions') ? [...command.split(' '), name] : [command];
      const { code, stdout } = at(...words, '--session', name, '--yes', '--json');
      t.is(code, 1, stdout);
      const events = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      t.like(events[0], { type: 'problem', code: problem, line: 2 });
      t.regex(events[0].cause, /\S/);
      t.is(events.at(-1).type, 'result');
      t.true(kept(name));
    });
  }
}

test('a state folder that cannot be written, and one that cannot be read: a sentence each', (t) => {
  const file = join(FOLDER, 'a-file');
  writeFileSync(file, 'mine\n');
  const plan = run('--state-dir', join(file, 'below'), 'plan', '--json');
  t.is(plan.code, 1);
  t.like(JSON.parse(plan.stdout.split('\n')[0] ?? ''), { code: 'state-not-written' });
  const list = run('--state-dir', file, 'sessions', '--json');
  t.is(list.code, 1);
  t.like(JSON.parse(list.stdout.split('\n')[0] ?? ''), { code: 'state-unreadable', file });
  t.is(readFileSync(file, 'utf8'), 'mine\n');
  t.is(run('--state-dir', join(FOLDER, 'none'), 'sessions').code, 0);
});
