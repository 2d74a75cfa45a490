import test from 'ava';
import {
  maskContent,
  type NodeName,
  type Planned,
  revealContent,
  type ScriptOutput,
  Secret,
} from '../../source/model/index.ts';
import { databaseDump } from '../../source/resources/database-dump.ts';

const options = {
  node: 'iam-1' as NodeName,
  client: 'mariadb',
  database: 'iam',
  user: 'iam',
  session: 'session-2',
  unit: 'mariadb',
};

const PASSWORD = `a'b"c\\d $e`;
const server = {
  host: '10.0.9.5',
  port: 3307,
  user: 'root',
  password: new Secret('admin', PASSWORD),
  where: { field: 'databases.mariadb' },
};

const GB = 1 << 30;

function planned(stdout: string, more: object = {}): Planned {
  const output: ScriptOutput = { kind: 'exited', exitCode: 0, stdout, stderr: '' };
  return databaseDump({ ...options, ...more }).plan(output);
}

function code(plan: Planned): string {
  if (plan.kind === 'settled') return plan.reason.code;
  return plan.kind === 'refused' ? plan.problem.code : plan.change.parts[0].summary.code;
}

const THERE = `free ${8 * GB}\nnow 20261122T080000Z\ntables 4\nbytes 65536\n`;

test('a database that was there is dumped, under a name of its own, before anything else', (t) => {
  const plan = planned(THERE);
  if (plan.kind !== 'change') throw new Error(plan.kind);
  t.deepEqual(plan.change.parts[0].summary, {
    code: 'dump-made',
    params: { database: 'iam', file: '/var/backups/iam-ha-wizard/iam-20261122T080000Z.sql' },
  });
  t.deepEqual(plan.change.undo.at(-1), {
    kind: 'keep',
    resource: 'file:/var/backups/iam-ha-wizard/iam-20261122T080000Z.sql',
  });
});

test('what this session imported or dumped is not dumped by it again; another session’s is', (t) => {
  t.is(code(planned(`imported session-2\n${THERE}`)), 'dump-not-needed');
  t.is(code(planned(`imported session-1\ndumped session-2\n${THERE}`)), 'dump-not-needed');
  t.is(code(planned(`imported session-1\n${THERE}`)), 'dump-made');
});

test('where there is nothing there is nothing to dump', (t) => {
  for (const output of ['server absent\n', 'server down\n', 'free 1\ntables 0\nbytes 0\n'])
    t.is(code(planned(output)), 'dump-nothing');
});

test('a server that is stopped over its data is started for the dump', (t) => {
  t.is(code(planned(`folder\nfree ${GB}\nserver down\n`)), 'dump-made');
});

test('without room for the dump nothing is touched', (t) => {
  const plan = planned(`free ${GB}\ntables 4\nbytes ${GB}\n`);
  t.is(code(plan), 'dump-no-space');
  t.deepEqual(
    plan.kind === 'refused' && [plan.problem.params?.need, plan.problem.params?.free],
    [1552, 1024],
  );
});

test('a server elsewhere that is away or does not let us in stops the run, with the place in the file', (t) => {
  const away = planned('server down\n', { server });
  t.is(code(away), 'database-server-away');
  t.is(away.kind === 'refused' && away.problem.field, 'databases.mariadb');
  t.is(code(planned('server denied\n', { server })), 'database-admin-denied');
});

test('an administrator’s password is quoted, and in no argument list', (t) => {
  const plan = planned(THERE, { server });
  const [action] = plan.kind === 'change' ? plan.change.actions : [];
  if (action?.kind !== 'script') throw new Error('no script');
  t.false(maskContent(action.script).includes(`a'b`));
  const lines = revealContent(action.script).split('\n');
  const named = lines.filter((line) => line.includes('c\\\\d'));
  t.true(named.length > 0);
  t.true(named.every((line) => line.startsWith('password=')));
});

test('a database that could not be asked is not taken for one that is not there', (t) => {
  t.is(code(planned('server silent\n')), 'database-silent');
  t.is(code(planned('server silent\n', { server })), 'database-silent');
  t.is(code(planned(`free ${GB}\nnow 20261122T080000Z\n`)), 'probe-unreadable');
});

test('a server that lets nobody in without TLS is no server for IAM: said before anything is touched', (t) => {
  for (const more of [{ server }, {}]) {
    const plan = planned(`${THERE}require_secure_transport\nON\n`, more);
    t.is(code(plan), 'database-tls-required');
  }
  t.is(code(planned(`${THERE}require_secure_transport\nOFF\n`)), 'dump-made');
});
