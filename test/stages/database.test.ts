import test from 'ava';
import { maskContent, revealContent, Secret, type StagePlan } from '../../source/model/index.ts';
import { redisString } from '../../source/stages/database/redis-string.ts';
import { database } from '../../source/stages/database.ts';
import { AWKWARD, dataTierInput, running } from './helpers/data-tier.ts';

const ids = (plan: StagePlan, node: string) =>
  plan.resources.filter((one) => one.node === node).map((one) => one.id);

const resource = (plan: StagePlan, id: string) => {
  const found = plan.resources.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

test('the data node gets both databases, an account a node and the schema; others a client', (t) => {
  const plan = database(dataTierInput());
  t.deepEqual(ids(plan, 'iam-1'), [
    'packages:database',
    'dump:iam',
    'config:mariadb',
    'unit:mariadb',
    'sql-user:iam@127.0.0.1',
    'sql-user:iam@10.0.4.20',
    'sql-user:iam@10.0.4.21',
    'schema:iam',
    'config:redis',
    'unit:redis-server',
  ]);
  t.deepEqual(ids(plan, 'iam-2'), ['packages:database']);
  t.deepEqual(plan.problems, []);
});

test('every node proves both log-ins', (t) => {
  const checks = database(dataTierInput()).checks.map((check) => check.id);
  t.deepEqual(checks, [
    'database-listens/iam-1',
    'database-server/mariadb',
    'database-server/redis',
    'database-tables/iam-1',
    'database-login/iam-1',
    'database-login/iam-2',
    'redis-ping/iam-1',
    'redis-ping/iam-2',
  ]);
});

test('no probe and no measurement shows a secret', (t) => {
  const plan = database(dataTierInput());
  const probes = plan.resources.map((one) => maskContent(one.probe));
  const measured = plan.checks.flatMap((check) =>
    check.measurements.flatMap((one) => (one.kind === 'script' ? [maskContent(one.script)] : [])),
  );
  for (const text of [...probes, ...measured]) t.false(text.includes(':@%'), text);
});

test('on enterprise Linux the names are its own', (t) => {
  const plan = database(dataTierInput({ os: ['rocky', '9.4'] }));
  t.true(ids(plan, 'iam-1').includes('unit:redis'));
  const config = revealContent(resource(plan, 'config:mariadb').probe);
  t.true(config.includes('/etc/my.cnf.d/99-iam-ha.cnf'));
  const user = revealContent(resource(plan, 'sql-user:iam@127.0.0.1').probe);
  t.true(user.includes("'mysql' --batch"));
});

test('a distribution that we do not know, and a node without facts, are left to preflight', (t) => {
  t.deepEqual(database(dataTierInput({ os: ['plan9', '4'] })).resources, []);
  const noFacts = dataTierInput({ change: (input) => ({ ...input, facts: new Map() }) });
  t.deepEqual(database(noFacts).checks, []);
});

test('restarting a database that is in use is an outage; one that is not there, nothing', (t) => {
  const effectOf = (plan: StagePlan) => {
    const planned = resource(plan, 'config:redis').plan({
      kind: 'exited',
      exitCode: 0,
      stdout:
        'absent /etc/redis/iam-ha.conf\nabsent /etc/systemd/system/redis-server.service.d/iam-ha.conf\nactive\nend\n',
      stderr: '',
    });
    if (planned.kind !== 'change') throw new Error(planned.kind);
    return planned.change.parts.map((part) => part.effect);
  };
  const used = database(dataTierInput({ units: [running('redis-server.service')] }));
  t.true(effectOf(used).includes('outage'));
  t.false(effectOf(database(dataTierInput())).includes('outage'));
});

test('Redis reads every byte of a password', (t) => {
  t.is(redisString(new Secret('p', AWKWARD)).reveal(), String.raw`"pa'ss\"w\\$x;# :@%\xc3\xa9"`);
  t.is(redisString(new Secret('p', ' \t\n')).reveal(), String.raw`" \x09\x0a"`);
});
