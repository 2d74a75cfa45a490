import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { isAdminPassword } from '../../../source/cluster/index.ts';
import { randomAdminPassword } from '../../../source/drivers/session/mint.ts';
import { openSecrets } from '../../../source/drivers/session/secrets.ts';
import {
  openJournal,
  type SessionPaths,
  sessionPaths,
  writing,
} from '../../../source/drivers/session/store.ts';
import { OperatorError } from '../../../source/model/index.ts';

const NAMES = { dns: ['localhost'], ip: ['127.0.0.1'] };

async function session(): Promise<SessionPaths> {
  return sessionPaths(await mkdtemp(join(tmpdir(), 'iam-ha-session-')), '.');
}

const code = (error: unknown) => (error as OperatorError).problems[0].code;

test('secrets are minted once, and read afterwards', async (t) => {
  const paths = await session();
  const first = await openSecrets(paths, NAMES, 'none');
  const again = await openSecrets(paths, NAMES, 'used');
  t.is(again.databasePassword.reveal(), first.databasePassword.reveal());
  t.is(
    again.certificates['iam-apiserver'].certificate,
    first.certificates['iam-apiserver'].certificate,
  );
});

test('other names bring other certificates, and the same passwords', async (t) => {
  const paths = await session();
  const first = await openSecrets(paths, NAMES, 'none');
  const again = await openSecrets(paths, { ...NAMES, dns: ['iam.example'] }, 'used');
  t.is(again.jwtKey.reveal(), first.jwtKey.reveal());
  t.not(
    again.certificates['iam-apiserver'].certificate,
    first.certificates['iam-apiserver'].certificate,
  );
});

test('a session without a password for the administrator gets one, and nothing else anew', async (t) => {
  const paths = await session();
  const first = await openSecrets(paths, NAMES, 'none');
  const { adminPassword, ...old } = JSON.parse(await readFile(paths.secrets, 'utf8'));
  t.is(adminPassword, first.adminPassword.reveal());
  await writeFile(paths.secrets, JSON.stringify(old));
  const again = await openSecrets(paths, NAMES, 'used');
  t.true(isAdminPassword(again.adminPassword.reveal()));
  const { adminPassword: added, ...rest } = JSON.parse(await readFile(paths.secrets, 'utf8'));
  t.deepEqual(rest, old);
  t.is(added, again.adminPassword.reveal());
  t.is((await stat(paths.secrets)).mode & 0o777, 0o600);
});

test('every password that is minted for the administrator is one that IAM takes', (t) => {
  const all = Array.from({ length: 500 }, randomAdminPassword);
  t.true(all.every(isAdminPassword));
  t.is(new Set(all).size, all.length);
});

test('lost secrets are never minted anew behind the back of nodes that have them', async (t) => {
  const paths = await session();
  await openSecrets(paths, NAMES, 'none');
  await rm(paths.secrets);
  const error = await t.throwsAsync(openSecrets(paths, NAMES, 'used'), {
    instanceOf: OperatorError,
  });
  t.is(code(error), 'secrets-lost');
});

test('an undo goes on without secrets, and leaves none that would not fit', async (t) => {
  const paths = await session();
  await openSecrets(paths, NAMES, 'unread');
  await t.throwsAsync(readFile(paths.secrets), { code: 'ENOENT' });
});

for (const text of ['', '{', 'null', '{}', '{"databasePassword":"x"}']) {
  test(`a secrets.json that holds "${text}" is damaged, not filled up`, async (t) => {
    const paths = await session();
    await writeFile(paths.secrets, text);
    const error = await t.throwsAsync(openSecrets(paths, NAMES, 'used'));
    t.is(code(error), 'secrets-damaged');
    t.is(await readFile(paths.secrets, 'utf8'), text);
  });
}

test('a torn last line goes, and the journal is continued', async (t) => {
  const paths = await session();
  const journal = await openJournal(paths);
  await journal.append([{ type: 'stage-done', stage: 'one' }]);
  await appendFile(paths.journal, '{"n":2,"type":"sta');
  const again = await openJournal(paths);
  await again.append([{ type: 'stage-done', stage: 'two' }]);
  t.is((await openJournal(paths)).records().length, 2);
});

test('a folder that cannot be written is said as such; a mistake of ours stays one', async (t) => {
  const error = await t.throwsAsync(writing('/dev/null/x', () => writeFile('/dev/null/x', '')));
  t.is(code(error), 'state-not-written');
  await t.throwsAsync(
    writing('x', () => Promise.reject(new TypeError('ours'))),
    { instanceOf: TypeError },
  );
});
