import test from 'ava';
import type { NodeName, ScriptOutput } from '../../source/model/index.ts';
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
    t.true(action.script.indexOf('"$found" -eq 0') < action.script.indexOf('DROP TABLE'));
    t.deepEqual(planned.change.undo, [{ kind: 'keep', resource: 'schema:iam' }]);
  }
});

test('a server that does not let root in is not taken for an empty one', (t) => {
  const planned = iam.plan(printed('server denied\n'));
  t.is(planned.kind === 'refused' && planned.problem.code, 'database-root-denied');
});
