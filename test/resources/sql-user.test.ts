import test from 'ava';
import {
  type Change,
  maskContent,
  type NodeName,
  type Planned,
  revealContent,
  type ScriptOutput,
  Secret,
} from '../../source/model/index.ts';
import { nativePasswordHash } from '../../source/resources/sql-password.ts';
import { type SqlUserOptions, sqlUser } from '../../source/resources/sql-user.ts';

const PASSWORD = `pa'ss"w\\$x;# :@%é`;
// What MariaDB 10.11 stores for it.
const HASH = '*E0F1447C8A38018088F3C37C373F051438358821';

const options: SqlUserOptions = {
  node: 'iam-1' as NodeName,
  client: 'mariadb',
  user: 'iam',
  host: '10.0.4.21',
  password: new Secret('database password', PASSWORD),
  database: 'iam',
  adopt: false,
};

function printed(stdout: string, stderr = ''): ScriptOutput {
  return { kind: 'exited', exitCode: 0, stdout, stderr };
}

function changeOf(planned: Planned): Change {
  if (planned.kind !== 'change') throw new Error(planned.kind);
  return planned.change;
}

test('the hash is the one that MariaDB stores', (t) => {
  t.is(nativePasswordHash(new Secret('p', PASSWORD)).reveal(), HASH);
});

test('the probe asks for the comparison only: no password and no hash in sight', (t) => {
  const shown = maskContent(sqlUser(options).probe);
  t.false(shown.includes(PASSWORD));
  t.false(shown.includes(HASH));
  t.true(revealContent(sqlUser(options).probe).includes(`'${HASH}'`));
});

// As printed by MariaDB 10.11 and 11.8 through the probe.
const ABSENT = printed(
  'account absent\n',
  "ERROR 1141 (42000) at line 3: There is no such grant defined for user 'iam' on host '10.0.4.21'\n",
);

test('an account that is as it should be is left alone', (t) => {
  t.is(sqlUser(options).plan(printed('account same\ngrants all\n')).kind, 'settled');
});

test('a missing one is made, and a missing server has none', (t) => {
  for (const output of [ABSENT, printed('server absent\n'), printed('server down\n')]) {
    const change = changeOf(sqlUser(options).plan(output));
    t.deepEqual(
      change.parts.map((part) => part.summary.code),
      ['sql-user-create'],
    );
    t.is(change.drift?.code, 'database-host-denied');
    t.is(change.drift?.node, 'iam-1');
    t.true(change.parts[0].diff?.includes('IDENTIFIED BY ••••••'));
  }
});

test('a revoked grant is given back, nothing else', (t) => {
  const change = changeOf(sqlUser(options).plan(printed('account same\n')));
  t.is(change.parts[0].summary.code, 'sql-user-grant');
  t.is(change.parts[0].diff, "+GRANT ALL PRIVILEGES ON `iam`.* TO 'iam'@'10.0.4.21';\n");
});

test('an account with another password is somebody else’s, until it is adopted', (t) => {
  const output = printed('account differs\ngrants all\n');
  const planned = sqlUser(options).plan(output);
  t.is(planned.kind === 'refused' && planned.problem.code, 'database-account-password-differs');
  const adopted = changeOf(sqlUser({ ...options, adopt: true }).plan(output));
  t.is(adopted.parts[0].summary.code, 'sql-user-adopt');
});

test('a root with a password, and an answer that says nothing, change nothing', (t) => {
  const denied = sqlUser(options).plan(printed('server denied\n'));
  t.is(denied.kind === 'refused' && denied.problem.code, 'database-root-denied');
  t.is(sqlUser(options).plan(printed('', 'what?')).kind, 'refused');
});

test('no secret is in what is journalled', (t) => {
  const change = changeOf(sqlUser(options).plan(ABSENT));
  const journalled = JSON.stringify([change.parts, change.undo]);
  t.false(journalled.includes(HASH));
  t.false(journalled.includes(':@%'));
});

test('the SQL is for MariaDB and for MySQL 8, which has no column Password', (t) => {
  const probe = revealContent(sqlUser(options).probe);
  t.true(probe.includes("COALESCE(NULLIF(authentication_string, '') /*M! , Password */)"));
  const onMysql = probe.replaceAll(/\/\*M![\s\S]*?\*\//g, '');
  t.notRegex(onMysql, /\bPassword\b/);
  const change = changeOf(sqlUser(options).plan(ABSENT));
  const script = change.actions[0]?.kind === 'script' ? change.actions[0].script : [];
  // GRANT … IDENTIFIED BY and PASSWORD() are MariaDB's alone.
  t.notRegex(maskContent(script), /GRANT[^;]*IDENTIFIED|PASSWORD\(|VIA /);
});

test('a salted hash cannot be compared: such an account is left as it is, its grant is not', (t) => {
  const right = sqlUser({ ...options, adopt: true }).plan(
    printed('account unproven\ngrants all\n'),
  );
  t.is(right.kind === 'settled' && right.reason.code, 'sql-user-unproven');
  const revoked = changeOf(sqlUser(options).plan(printed('account unproven\n')));
  t.is(revoked.parts[0].summary.code, 'sql-user-grant');
  t.notRegex(revoked.parts[0].diff ?? '', /IDENTIFIED/);
});
