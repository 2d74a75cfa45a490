import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';
import { addRows, rowsOf, sql, type Watch, watchArguments } from './_data.ts';
import { down, inLab, type Line, labName, onNode, until, upFresh, wizard } from './_lab.ts';
import { APPLY, NODES, packagesOf, run, told } from './_main-job.ts';

/** MariaDB and Redis on a third machine, with an administrator's account over TCP. */
const LAB = labName('else');
const HOST = '10.0.4.22';
const MARK = 'Zw4pLq';
const ADMIN = `ad'm"i\\n$x;# :@%é中文${MARK}`;
const REDIS = `r${ADMIN}`;

function rewriteCluster(): void {
  const clusterFile = labPlaces(LAB).cluster;
  const cluster = parse(readFileSync(clusterFile, 'utf8'));
  cluster.nodes = cluster.nodes.slice(0, 2).map(({ name, address }: Line) => ({ name, address }));
  cluster.databases = {
    mariadb: { host: HOST, port: 3306, adminUser: 'boss', adminPassword: 'env:TEST_DB_ADMIN' },
    redis: { host: HOST, port: 6379, password: 'env:TEST_REDIS' },
    mongodb: 'none',
  };
  writeFileSync(clusterFile, stringify(cluster));
}

function installServers(): void {
  const inSql = ADMIN.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const bytes = [...Buffer.from(REDIS)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  onNode(
    LAB,
    'iam-3',
    `set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q mariadb-server redis-server </dev/null
printf '[mysqld]\\nbind-address = 0.0.0.0\\n' >/etc/mysql/mariadb.conf.d/99-all.cnf
systemctl restart mariadb
mariadb <<'SQL'
CREATE USER 'boss'@'10.0.4.%' IDENTIFIED BY '${inSql}';
GRANT ALL PRIVILEGES ON *.* TO 'boss'@'10.0.4.%' WITH GRANT OPTION;
SQL
cat >>/etc/redis/redis.conf <<'CONF'
bind 0.0.0.0
requirepass "${bytes.join('')}"
CONF
systemctl restart redis-server`,
  );
}

const problemsOf = (events: readonly Line[]) =>
  events.filter(({ type }) => type === 'problem').map(({ code }) => code);

const failedChecks = async () => {
  const { events } = await wizard(LAB, ['check', '--json']);
  const bad = events.filter(({ type, verdict }) => type === 'check' && verdict === 'failed');
  return bad.map(({ id, code }) => `${id} ${code}`);
};

inLab.before('two nodes, and a third machine with the databases', async (t) => {
  t.timeout(600_000);
  process.env.TEST_DB_ADMIN = ADMIN;
  process.env.TEST_REDIS = REDIS;
  await upFresh(LAB, { nodes: 3 });
  rewriteCluster();
  installServers();
});

inLab('a wrong password of the administrator is told with its place in the file', async (t) => {
  t.timeout(300_000);
  const env = { TEST_DB_ADMIN: 'wrong-one' };
  const { code, events } = await wizard(LAB, [...APPLY, '--stage', 'database'], { env });
  t.is(code, 1);
  t.deepEqual([...new Set(problemsOf(events))], ['database-admin-denied']);
  const problem = events.find(({ type }) => type === 'problem');
  t.like(problem, { field: 'databases.mariadb' });
  t.is(sql(LAB, "SHOW DATABASES LIKE 'iam';", 'iam-3'), '');
});

inLab('the pair is made, and no secret is in a process’s arguments', async (t) => {
  t.timeout(600_000);
  const watches: readonly Watch[] = NODES.map((node) => watchArguments(LAB, node, [MARK]));
  const ran = await run(t, LAB, APPLY, 0);
  t.like(ran.result, { ok: true, checks: { failed: 0, unknown: 0 } }, told(ran));
  for (const watch of watches) t.deepEqual(watch.end().found, []);
  for (const node of NODES)
    t.deepEqual(
      packagesOf(LAB, node).filter((name) => /^(mariadb-server|redis-server)$/.test(name)),
      [],
    );
  const { result } = await run(t, LAB, APPLY, 0);
  t.is(result.changed, 0);
  for (const count of Object.values(result.roundTrips as object)) t.true(count <= 3);
});

inLab('rows survive an undo and a new apply, which dumps first', async (t) => {
  t.timeout(600_000);
  addRows(LAB, 'alice', 'iam-3');
  const before = rowsOf(LAB, 'iam-3');
  const { result } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.true((result.kept as string[]).includes('iam-1:schema:iam'));
  await run(t, LAB, APPLY, 0);
  t.is(rowsOf(LAB, 'iam-3'), before);
  t.is(onNode(LAB, 'iam-1', 'ls /var/backups/iam-ha-wizard | wc -l').trim(), '1');
});

inLab('a server that is away is one failed check', async (t) => {
  t.timeout(300_000);
  for (const [unit, id] of [
    ['mariadb', 'database-server/mariadb'],
    ['redis-server', 'database-server/redis'],
  ]) {
    onNode(LAB, 'iam-3', `systemctl stop ${unit}`);
    t.deepEqual(await failedChecks(), [`${id} database-server-away`]);
    onNode(LAB, 'iam-3', `systemctl start ${unit}`);
  }
  // The pump says every ten seconds what it misses.
  await until('all is well again', async () => (await failedChecks()).length === 0, 60);
  t.pass();
});

/** A certificate of its own, as a hardened or managed server has one. */
const TLS = `set -e
cd /etc/mysql
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=elsewhere -keyout tls.key -out tls.pem 2>/dev/null
chown mysql tls.key
printf '[mysqld]\\nssl_cert = /etc/mysql/tls.pem\\nssl_key = /etc/mysql/tls.key\\n' >mariadb.conf.d/99-tls.cnf
systemctl restart mariadb`;

inLab('an administrator that is let in with TLS only is no hindrance', async (t) => {
  t.timeout(300_000);
  onNode(LAB, 'iam-3', TLS);
  sql(LAB, "ALTER USER 'boss'@'10.0.4.%' REQUIRE SSL;", 'iam-3');
  await until('all is well again', async () => (await failedChecks()).length === 0, 60);
  const { result } = await run(t, LAB, APPLY, 0);
  t.is(result.changed, 0);
});

inLab('an account of IAM’s that is to use TLS is told from a wrong password', async (t) => {
  t.timeout(300_000);
  sql(LAB, "ALTER USER 'iam'@'10.0.4.21' REQUIRE SSL;", 'iam-3');
  t.deepEqual(await failedChecks(), ['database-login/iam-2 database-account-tls']);
  sql(LAB, "ALTER USER 'iam'@'10.0.4.21' REQUIRE NONE;", 'iam-3');
  await until('all is well again', async () => (await failedChecks()).length === 0, 60);
  t.pass();
});

inLab(
  'a server that lets nobody in without TLS: one failed check, and an apply touches nothing',
  async (t) => {
    t.timeout(300_000);
    sql(LAB, 'SET GLOBAL require_secure_transport = ON;', 'iam-3');
    t.deepEqual(await failedChecks(), ['database-server/mariadb database-tls-required']);
    const { code, events } = await wizard(LAB, APPLY);
    t.is(code, 1);
    t.deepEqual([...new Set(problemsOf(events))], ['database-tls-required']);
    t.like(
      events.find(({ type }) => type === 'problem'),
      { field: 'databases.mariadb' },
    );
    sql(LAB, 'SET GLOBAL require_secure_transport = OFF;', 'iam-3');
    await until('all is well again', async () => (await failedChecks()).length === 0, 60);
  },
);

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
