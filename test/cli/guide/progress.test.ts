import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { progressOf } from '../../../source/cli/guide/progress.ts';
import { sessionRows } from '../../../source/cli/guide/sessions.ts';
import { isUtf8, screenStyle } from '../../../source/cli/guide/terminal.ts';
import { readRunbook } from '../../../source/cli/read-runbook.ts';
import type { JournalBody, JournalRecord } from '../../../source/model/index.ts';
import { encodeRecords } from '../../../source/model/journal/chain.ts';

const AT = '2026-11-22T08:00:00.000Z';
const records = (...bodies: JournalBody[]): readonly JournalRecord[] =>
  encodeRecords(undefined, bodies, AT).records;

const started = { type: 'run-started', command: 'guide' } as unknown as JournalBody;
const intent = (stage: string): JournalBody => ({
  type: 'intent',
  change: `${stage}/iam-1/file:x#1`,
  stage,
  node: 'iam-1',
  resource: 'file:x',
  parts: [],
  undo: [],
});
const done = (stage: string): JournalBody => ({ type: 'stage-done', stage });
const checked = (stage: string, verdict: string): JournalBody => ({
  type: 'checked',
  stage,
  id: 'x',
  node: null,
  verdict,
  reason: { code: 'x' },
});
const undone = (stage: string): JournalBody => ({
  type: 'undone',
  change: `${stage}/iam-1/file:x#1`,
  left: [],
  kept: [],
});

const CASES: readonly (readonly [string, readonly JournalBody[], readonly string[]])[] = [
  ['nothing has run', [], []],
  ['a stage is begun', [started, intent('a')], []],
  ['a stage is done', [started, intent('a'), done('a')], ['a']],
  ['it is begun again, and stopped in its middle', [intent('a'), done('a'), intent('a')], []],
  ['it is taken back', [intent('a'), done('a'), undone('a')], []],
  ['a stage that changes nothing: its checks passed', [started, checked('p', 'passed')], ['p']],
  [
    'one of them failed, before or after',
    [started, checked('p', 'passed'), checked('p', 'failed')],
    [],
  ],
  ['one of them failed first', [started, checked('p', 'failed'), checked('p', 'passed')], []],
  [
    'it failed in an earlier run',
    [started, checked('p', 'failed'), started, checked('p', 'passed')],
    ['p'],
  ],
  ['checks of a stage that was only begun', [intent('a'), checked('a', 'passed')], []],
];

for (const [name, bodies, expected] of CASES) {
  test(`how far a session has come: ${name}`, (t) => {
    t.deepEqual([...progressOf(records(...bodies)).done], expected);
  });
}

test('sessions: how far, how long ago; a damaged journal says where, and hides no other', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-guide-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'journal.jsonl'), text);
  };
  write('good', encodeRecords(undefined, [started, intent('database'), done('database')], AT).text);
  write('damaged', '{"n":1}\n');
  mkdirSync(join(folder, 'empty'));
  const rows = await sessionRows(folder, readRunbook());
  t.deepEqual(
    rows.map(({ name, done: count, problem }) => [name, count, problem?.code]),
    [
      ['good', 1, undefined],
      ['damaged', 0, 'journal-damaged'],
    ],
  );
  t.is(rows[0]?.lastMs, Date.parse(AT));
  t.is(rows[0]?.next?.en, 'Preflight');
});

test('a state folder that is not there has no sessions', async (t) => {
  t.deepEqual(await sessionRows('/nonexistent/folder', readRunbook()), []);
});

test('ASCII where the terminal or the locale draws nothing else', (t) => {
  t.true(isUtf8({}));
  t.true(isUtf8({ LANG: 'zh_CN.UTF-8' }));
  t.true(isUtf8({ LC_ALL: 'C.utf8', LANG: 'C' }));
  t.false(isUtf8({ LC_ALL: 'C' }));
  t.false(isUtf8({ LANG: 'zh_CN.GB18030' }));
  t.true(screenStyle(true, { TERM: 'linux' }).ascii);
  t.true(screenStyle(true, { TERM: 'xterm', LANG: 'POSIX' }).ascii);
  t.false(screenStyle(true, { TERM: 'xterm' }).ascii);
});
