import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { GlobalOptions } from '../../source/cli/invocation.ts';
import { keepRunbook } from '../../source/cli/keep-runbook.ts';
import { meetRunbook, verifyStages } from '../../source/cli/left-over.ts';
import { ownStages } from '../../source/cli/own-stages.ts';
import { openRunbook, runbookSecrets } from '../../source/cli/runbook-file.ts';
import { openJournal, sessionPaths } from '../../source/drivers/session/store.ts';
import { type EventBody, OperatorError } from '../../source/model/index.ts';
import { stageInput } from '../stages/_proxy-input.ts';

const { cluster } = stageInput();

function world() {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-runbook-'));
  const paths = sessionPaths(join(folder, 'state'), 'iam-test');
  mkdirSync(paths.folder, { recursive: true });
  const file = join(folder, 'own.yaml');
  const options = (more: Partial<GlobalOptions> = {}) =>
    ({ stateDir: join(folder, 'state'), stages: [], ...more }) as unknown as GlobalOptions;
  const open = (more: Partial<GlobalOptions> = {}, planless = false, environment = {}) =>
    openRunbook(options(more), environment, { cluster, name: 'iam-test' }, planless);
  return { folder, paths, file, open, options };
}

const book = (command: string) => `version: 1
id: mine
stages:
  - id: preflight
  - id: note
    title: Leave a note
    command: { on: all, run: "${command}", undo: none, secrets: [env:NOTE] }
`;

const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof OperatorError)) throw error;
  return { exit: error.exitCode, ...error.problems[0] };
};

test('the named file; then the session’s own copy; and iam-ha is the program’s again', async (t) => {
  const { paths, file, open } = world();
  const journal = await openJournal(paths);
  const environment = { NOTE: 'secret' };
  t.is((await open()).runbook.id, 'iam-ha');
  writeFileSync(file, book('one'));
  const named = await open({ runbook: file }, false, environment);
  await keepRunbook(paths, journal, named);
  t.is(readFileSync(paths.runbook, 'utf8'), book('one'));
  rmSync(file);
  const remembered = await open({}, false, environment);
  t.is(remembered.runbook.id, 'mine');
  t.is(remembered.runbook.file, paths.runbook);
  await keepRunbook(paths, journal, remembered);
  t.deepEqual([...runbookSecrets(remembered.runbook, environment).keys()], ['NOTE']);
  await keepRunbook(paths, journal, await open({ runbook: 'iam-ha' }));
  t.false(existsSync(paths.runbook));
  t.is((await open()).runbook.id, 'iam-ha');
  const chosen = journal.records().filter((record) => record.type === 'runbook-chosen');
  t.deepEqual(
    chosen.map(({ runbook, sha256, titles }) => [runbook, sha256 !== null, Object.keys(titles)]),
    [
      ['mine', true, ['note']],
      ['iam-ha', false, []],
    ],
    'a record for each change, none for the same again',
  );
  t.false(readFileSync(paths.journal, 'utf8').includes('secret'));
});

test('what is wrong is told with file, line and field, exit 64', async (t) => {
  const { folder, file, open } = world();
  t.like(await problemOf(open({ runbook: file })), { exit: 64, code: 'runbook-missing', file });
  t.like(await problemOf(open({ runbook: folder })), { exit: 64, code: 'runbook-unreadable' });
  writeFileSync(file, book('one').replace('on: all', 'on: iam-9'));
  const line = { file, line: 7 };
  t.like(await problemOf(open({ runbook: file }, false, { NOTE: 'x' })), {
    ...{ exit: 64, code: 'own-step-unknown-node', ...line },
    field: 'stages[1].command.on',
  });
  writeFileSync(file, book('one'));
  t.like(await problemOf(open({ runbook: file })), {
    ...{ exit: 64, code: 'secret-not-set', ...line },
    field: 'stages[1].command.secrets[0]',
  });
  writeFileSync(file, book('one').replace('undo', 'udno'));
  t.like(await problemOf(open({ runbook: file })), { exit: 64, code: 'unknown-key', ...line });
});

test('an undo needs no secret, and no copy that can be read; what is named must be', async (t) => {
  const { paths, file, open } = world();
  writeFileSync(file, book('one'));
  t.is((await open({ runbook: file }, true)).runbook.id, 'mine');
  writeFileSync(paths.runbook, 'stages: [');
  t.like(await problemOf(open()), { code: 'yaml-syntax', file: paths.runbook, line: 1 });
  const spared = await open({}, true);
  t.is(spared.runbook.id, 'iam-ha');
  await keepRunbook(paths, await openJournal(paths), spared);
  t.is(readFileSync(paths.runbook, 'utf8'), 'stages: [', 'it stays as it is');
  writeFileSync(file, 'stages: [');
  t.like(await problemOf(open({ runbook: file }, true)), { code: 'yaml-syntax' });
});

test('a command line may name the steps of the file, of the copy, and of the journal', async (t) => {
  const { paths, file, folder } = world();
  const raw = { stateDir: join(folder, 'state'), session: 'iam-test' };
  t.deepEqual(ownStages(raw, {}), []);
  writeFileSync(file, book('one'));
  t.deepEqual(ownStages({ ...raw, runbook: file }, {}), ['preflight', 'note']);
  writeFileSync(paths.runbook, book('one').replace('id: note', 'id: other'));
  t.deepEqual(ownStages(raw, {}), ['preflight', 'other']);
  const title = { en: 'x', zh: 'x' };
  const done = { type: 'manual-done', step: 'gone', title, undo: null } as const;
  await (await openJournal(paths)).append([done]);
  t.deepEqual(ownStages(raw, {}), ['preflight', 'other', 'gone']);
  const named = join(folder, 'cluster.yaml');
  writeFileSync(named, 'name: iam-test\n');
  t.deepEqual(ownStages({ stateDir: raw.stateDir, cluster: named }, {}).at(-1), 'gone');
  writeFileSync(paths.runbook, '- [');
  t.deepEqual(ownStages(raw, {}), ['gone'], 'what cannot be read has none');
});

test('a step that was taken out, or off a node, is said, and may still be undone by name', async (t) => {
  const { paths, file, open } = world();
  const journal = await openJournal(paths);
  const title = { en: 'Leave a note', zh: '留言' };
  await journal.append([
    { type: 'runbook-chosen', runbook: 'mine', sha256: 'x', titles: { note: title } },
    {
      ...{ type: 'intent', change: 'c', stage: 'note', node: 'iam-1', resource: 'command:note@1' },
      ...{ parts: [], undo: [] },
    },
  ]);
  const { runbook } = await open();
  const said: EventBody[] = [];
  const io = { emit: (event: EventBody) => said.push(event) } as never;
  meetRunbook(io, [], runbook, cluster, journal.records());
  t.like(said[0], {
    type: 'progress',
    keep: true,
    text: { code: 'step-left-over', params: { step: 'note', title: 'Leave a note' } },
  });
  t.is(said.length, 1);
  writeFileSync(file, book('one').replace('on: all', 'on: iam-2'));
  const elsewhere = await open({ runbook: file }, false, { NOTE: 'x' });
  meetRunbook(io, [], elsewhere.runbook, cluster, journal.records());
  t.like(said[1], { text: { code: 'step-left-on', params: { step: 'note', node: 'iam-1' } } });
  t.is(said.length, 2);
  t.notThrows(() => verifyStages(['note'], runbook, journal.records()));
  const error = t.throws(() => meetRunbook(io, ['note'], runbook, cluster, journal.records()));
  t.is((error as OperatorError).problems[0].code, 'stage-not-in-runbook');
  t.is((error as OperatorError).exitCode, 64);
});
