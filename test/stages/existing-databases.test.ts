import test from 'ava';
import { maskContent, revealContent, Secret } from '../../source/model/index.ts';
import { database } from '../../source/stages/database.ts';
import { databasePlaces } from '../../source/stages/database-places.ts';
import { daemonFiles } from '../../source/stages/services/files.ts';
import { AWKWARD, dataTierInput } from './helpers/data-tier.ts';

const file = (databases: string, data = '') => `version: 1
name: iam-test
nodes:
  - { name: iam-1, address: 10.0.4.20${data} }
  - { name: iam-2, address: 10.0.4.21 }
domains: { api: iam.api.example.com, authz: iam.authz.example.com }
iam: { source: { directory: ./dist } }
databases: { ${databases} }
vip: { address: 10.0.4.99, vrid: 51, profile: balanced }
firewall: none
cloud: { provider: none }
`;

const MARIADB = 'mariadb: { host: 10.0.4.22, port: 3307, adminUser: boss, adminPassword: env:A }';
const REDIS = 'redis: { host: 10.0.4.22, port: 6380, password: env:R }';

const elsewhere = (cluster = file(`${MARIADB}, ${REDIS}`)) =>
  dataTierInput({
    cluster,
    change: (input) => ({
      ...input,
      secrets: { ...input.secrets, databaseAdminPassword: new Secret('admin', `b${AWKWARD}`) },
    }),
  });

test('with both databases elsewhere only our database and our accounts are made', (t) => {
  const plan = database(elsewhere());
  t.deepEqual(
    plan.resources.map(({ node, id }) => `${node} ${id}`),
    [
      'iam-1 packages:database',
      'iam-2 packages:database',
      'iam-1 dump:iam',
      'iam-1 sql-user:iam@127.0.0.1',
      'iam-1 sql-user:iam@10.0.4.20',
      'iam-1 sql-user:iam@10.0.4.21',
      'iam-1 schema:iam',
    ],
  );
  t.deepEqual(
    plan.checks.map(({ id }) => id),
    [
      'database-server/mariadb',
      'database-server/redis',
      'database-tables/iam-1',
      'database-login/iam-1',
      'database-login/iam-2',
      'redis-ping/iam-1',
      'redis-ping/iam-2',
    ],
  );
});

test('no server’s package is installed for them', (t) => {
  const [first] = database(elsewhere()).resources;
  const probe = revealContent(first?.probe ?? []);
  t.true(probe.includes('mariadb-client'));
  t.notRegex(probe, /mariadb-server|redis-server/);
});

test('one of them may be the data node’s', (t) => {
  const ids = database(elsewhere(file(MARIADB, ', data: true'))).resources.map(({ id }) => id);
  t.true(ids.includes('unit:redis-server'));
  t.false(ids.includes('unit:mariadb'));
});

test('the services get the addresses, and wait for no unit that is not there', (t) => {
  const input = elsewhere();
  const places = databasePlaces(input);
  if (!places) throw new Error('no places');
  const made = daemonFiles(input, places, 'iam-apiserver').map(({ path, content }) => {
    return [path, revealContent(content)] as const;
  });
  const files = new Map(made);
  const config = files.get('/etc/iam/iam-apiserver.yaml') ?? '';
  t.true(config.includes('host: "10.0.4.22:3307"'));
  t.true(config.includes('host: "10.0.4.22"\n  port: 6380\n'));
  t.notRegex(files.get('/etc/systemd/system/iam-apiserver.service') ?? '', /mariadb|redis/);
});

test('neither a probe nor a measurement shows the administrator’s password', (t) => {
  const plan = database(elsewhere());
  const measured = plan.checks.flatMap(({ measurements }) =>
    measurements.flatMap((one) => (one.kind === 'script' ? [one.script] : [])),
  );
  for (const script of [...plan.resources.map(({ probe }) => probe), ...measured])
    t.false(maskContent(script).includes(':@%'));
});

test('an import with a password in it is no long step: that would lie in a file', (t) => {
  const schema = database(elsewhere()).resources.find(({ id }) => id === 'schema:iam');
  const planned = schema?.plan({ kind: 'exited', exitCode: 0, stdout: '', stderr: '' });
  if (planned?.kind !== 'change') throw new Error(planned?.kind);
  t.deepEqual(
    planned.change.actions.map(({ kind }) => kind),
    ['script'],
  );
  t.false(JSON.stringify([planned.change.undo, planned.change.parts]).includes(':@%'));
});
