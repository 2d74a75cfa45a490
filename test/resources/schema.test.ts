import test from 'ava';
import { IAM_TABLES, type NodeName, type ScriptOutput } from '../../source/model/index.ts';
import { schema } from '../../source/resources/schema.ts';

const iam = schema({
  node: 'iam-1' as NodeName,
  client: 'mariadb',
  database: 'iam',
  tables: ['policy', 'policy_audit', 'secret', 'user'],
  schema: "DROP TABLE IF EXISTS `user`; -- it's dangerous\n",
});

const printed = (stdout: string): ScriptOutput => ({
  kind: 'exited',
  exitCode: 0,
  stdout,
  stderr: '',
});

test('a database that has the tables is never imported into', (t) => {
  const all = 'table policy\ntable user\ntable secret\ntable policy_audit\n';
  t.is(iam.plan(printed(all)).kind, 'settled');
});

test('one that has some of them neither: the missing ones are named', (t) => {
  const planned = iam.plan(printed('table user\ntable secret\ntable policy_audit\n'));
  if (planned.kind !== 'refused') throw new Error(planned.kind);
  t.is(planned.problem.code, 'schema-incomplete');
  t.is(planned.problem.params?.missing, 'policy');
});

test('an empty one is imported, by a step that looks again and stays at an undo', (t) => {
  for (const output of ['', 'server absent\n', 'server down\n']) {
    const planned = iam.plan(printed(output));
    if (planned.kind !== 'change') throw new Error(planned.kind);
    const [action] = planned.change.actions;
    if (action?.kind !== 'long') throw new Error('not a long step');
    t.true(action.script.includes('[ "$found" -eq 0 ] ||'));
    t.false(action.script.includes('DROP TABLE'), 'whatever is true by then, nothing is dropped');
    t.deepEqual(planned.change.undo.at(-1), { kind: 'keep', resource: 'schema:iam' });
    const undone = planned.change.undo.map((step) => (step.kind === 'script' ? step.script : ''));
    t.notRegex(undone.join(''), /mariadb|mysql/i, 'an undo does not speak to the server');
  }
});

test('a server that does not let root in is not taken for an empty one', (t) => {
  const planned = iam.plan(printed('server denied\n'));
  t.is(planned.kind === 'refused' && planned.problem.code, 'database-root-denied');
});

const COLUMNS = Object.entries(IAM_TABLES).flatMap(([table, columns]) =>
  columns.map((column) => [table, `column ${table}.${column}\n`] as const),
);

/** What the probe prints of a half import that got as far as these tables. */
function half(tables: readonly string[], rows: Readonly<Record<string, number>> = {}): string {
  const columns = COLUMNS.filter(([table]) => tables.includes(table)).map(([, line]) => line);
  return [
    ...tables.map((table) => `table ${table}\n`),
    ...columns,
    ...tables.map((table) => `rows ${table} ${rows[table] ?? 0}\n`),
  ].join('');
}

test('a half import is completed where every table is proven empty, and nothing is dropped', (t) => {
  const planned = iam.plan(printed(half(['policy', 'policy_audit'])));
  if (planned.kind !== 'change') throw new Error(planned.kind);
  t.is(planned.change.parts[0].summary.code, 'schema-complete');
  const [action] = planned.change.actions;
  const script = action?.kind === 'long' ? action.script : '';
  t.true(script.includes(`[ "$rows" = 'rows policy 0\nrows policy_audit 0' ]`), script);
  t.notRegex(script, /DROP (TABLE|DATABASE)/);
});

test('a half import with a row, with a table that cannot be counted, or of another form is not touched', (t) => {
  const rows = [
    half(['policy', 'user'], { user: 1 }),
    half(['policy', 'user']).replace('rows user 0\n', ''),
    half(['policy', 'user']).replace('column user.isAdmin\n', ''),
  ];
  for (const output of rows) {
    const planned = iam.plan(printed(output));
    t.is(planned.kind === 'refused' && planned.problem.code, 'schema-incomplete');
  }
});

test('tables that were there before and are gone are imported by a change that says so', (t) => {
  for (const note of ['imported session-1\n', 'dumped session-0\n']) {
    const planned = iam.plan(printed(note));
    if (planned.kind !== 'change') throw new Error(planned.kind);
    t.is(planned.change.parts[0].summary.code, 'schema-import-again');
    t.is(planned.change.drift?.code, 'schema-dropped');
  }
});

test('a database of somebody else’s is not made IAM’s without a yes', (t) => {
  const planned = iam.plan(printed('other orders\n'));
  t.is(planned.kind === 'refused' && planned.problem.code, 'database-of-others');
});

test('no flag and no note makes a database with tables one to import into', (t) => {
  const adopting = schema({
    node: 'iam-1' as NodeName,
    client: 'mariadb',
    database: 'iam',
    tables: ['policy', 'policy_audit', 'secret', 'user'],
    schema: '',
    adopt: true,
  });
  const all = half(Object.keys(IAM_TABLES));
  for (const notes of ['', 'imported x\n', 'dumped y\n'])
    t.is(adopting.plan(printed(`${notes}${all}`)).kind, 'settled');
});

test('a server that does not run is not taken for one that has lost its tables', (t) => {
  const planned = iam.plan(printed('imported session-1\nserver down\n'));
  if (planned.kind !== 'change') throw new Error(planned.kind);
  t.is(planned.change.parts[0].summary.code, 'schema-once-running');
});

test('a server that is frozen, or breaks off in between, has not lost its tables', (t) => {
  const frozen = iam.plan(printed('imported session-1\nserver silent\n'));
  t.is(frozen.kind === 'refused' && frozen.problem.code, 'database-silent');
  const plan = (stderr: string) => iam.plan({ ...printed('imported session-1\n'), stderr });
  const broken = plan('ERROR 1040 (08004): Too many connections\n');
  t.is(broken.kind === 'refused' && broken.problem.code, 'probe-unreadable');
  // What is missing is an error of its own for each, and no reason not to import.
  const missing = "ERROR 1146 (42S02) at line 5: Table 'iam.policy' doesn't exist\n";
  t.is(plan(missing).kind, 'change');
});
