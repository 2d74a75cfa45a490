import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';
import { differences, down, inLab, type Line, labName, manifest, onNode, upFresh } from './_lab.ts';
import { APPLY, changesOf, run } from './_main-job.ts';

/** Databases that run on the data node already, with IAM's data, and a root whom no socket lets in. */
const LAB = labName('local');
const ROOT = 'root-password';
const ADMIN = `ad'm"i\\n$x;# :@%é中文`;
const SCHEMA = new URL('../../assets/stand-in/iam.sql', import.meta.url);

const asRoot = (statements: string) =>
  onNode(LAB, 'iam-1', `mariadb -N -uroot -p${ROOT} <<'SQL'\n${statements}\nSQL`);
const rows = () =>
  asRoot(
    "SELECT * FROM iam.user WHERE name <> 'admin' ORDER BY id; SELECT id, name, password FROM iam.user WHERE name = 'admin'; SELECT * FROM iam.secret;",
  );
const pids = () =>
  onNode(LAB, 'iam-1', 'systemctl show -p MainPID --value mariadb redis-server').trim();
const theirs = () => manifest(LAB, 'iam-1', ['/etc/mysql', '/etc/redis']);

const problemsOf = (events: readonly Line[]) =>
  events.filter(({ type }) => type === 'problem').map(({ code }) => String(code));

inLab.before('a data node as somebody made it by hand', async (t) => {
  t.timeout(600_000);
  process.env.TEST_DB_ADMIN = ADMIN;
  process.env.TEST_REDIS = 'their-redis-password';
  await upFresh(LAB);
  const inSql = ADMIN.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  onNode(
    LAB,
    'iam-1',
    `set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q mariadb-server redis-server </dev/null
printf '[mysqld]\\nbind-address = 0.0.0.0\\n' >/etc/mysql/mariadb.conf.d/99-theirs.cnf
systemctl restart mariadb
mariadb <<'SQL'
${readFileSync(SCHEMA, 'utf8')}
INSERT INTO iam.user (instanceID, name, nickname, password, email, extendShadow) VALUES ('user-alice', 'alice', '昵称', 'x', 'alice@example.com', '{}');
CREATE USER 'iam'@'127.0.0.1' IDENTIFIED BY 'iam59!z$';
GRANT ALL ON iam.* TO 'iam'@'127.0.0.1';
CREATE USER 'boss'@'10.0.4.%' IDENTIFIED BY '${inSql}';
GRANT ALL PRIVILEGES ON *.* TO 'boss'@'10.0.4.%' WITH GRANT OPTION;
ALTER USER 'root'@'localhost' IDENTIFIED BY '${ROOT}';
SQL
printf 'bind 0.0.0.0\\nrequirepass their-redis-password\\n' >>/etc/redis/redis.conf
systemctl restart redis-server`,
  );
  // What a client reads by itself must not win over what the check hands to it.
  onNode(LAB, 'iam-2', "printf '[client]\\nuser=nobody\\npassword=wrong\\n' >/root/.my.cnf");
});

inLab('where the socket does not let root in that is said, and nothing is touched', async (t) => {
  t.timeout(300_000);
  const before = [rows(), pids()];
  const { events } = await run(t, LAB, [...APPLY, '--stage', 'database'], 1);
  t.true(problemsOf(events).includes('database-root-denied'), problemsOf(events).join());
  t.deepEqual([rows(), pids()], before);
  const { cluster: file } = labPlaces(LAB);
  const cluster = parse(readFileSync(file, 'utf8'));
  cluster.databases = {
    mariadb: { host: '10.0.4.20', adminUser: 'boss', adminPassword: 'env:TEST_DB_ADMIN' },
    redis: { host: '10.0.4.20', password: 'env:TEST_REDIS' },
  };
  writeFileSync(file, stringify(cluster));
});

inLab(
  'with an administrator’s account the data node’s own is used, an account of theirs not',
  async (t) => {
    t.timeout(300_000);
    const { events } = await run(t, LAB, APPLY, 1);
    t.deepEqual(problemsOf(events), ['database-account-password-differs']);
    t.is(onNode(LAB, 'iam-1', 'ls -d /var/backups/iam-ha-wizard 2>/dev/null || true'), '');
  },
);

inLab(
  'taken over on a yes: dumped first, not restarted, not a row or a setting changed',
  async (t) => {
    t.timeout(600_000);
    const before = [rows(), pids()];
    const settings = theirs();
    const ran = await run(t, LAB, [...APPLY, '--adopt'], 0);
    t.like(ran.result, { ok: true, checks: { failed: 0, unknown: 0 } });
    t.deepEqual([rows(), pids()], before);
    t.deepEqual(differences(settings, theirs()), []);
    const done = changesOf(ran, 'done').map(({ resource }) => String(resource));
    const touching = done.filter((one) => /^(dump|sql-user|schema):/.test(one));
    t.is(touching[0], 'dump:iam');
    t.false(done.includes('schema:iam'));
    t.is(onNode(LAB, 'iam-1', 'ls /var/backups/iam-ha-wizard | wc -l').trim(), '1');
    const { result } = await run(t, LAB, APPLY, 0);
    t.is(result.changed, 0);
  },
);

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
