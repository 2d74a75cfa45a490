import test from 'ava';
import { databaseListensCheck } from '../../source/checks/database-listens.ts';
import { databaseLoginCheck } from '../../source/checks/database-login.ts';
import { databaseServerCheck } from '../../source/checks/database-server.ts';
import { databaseTablesCheck } from '../../source/checks/database-tables.ts';
import { redisPingCheck } from '../../source/checks/redis-ping.ts';
import {
  type Check,
  type Ipv4Address,
  type Measured,
  type NodeName,
  Secret,
} from '../../source/model/index.ts';

const data = { name: 'iam-1' as NodeName, address: '10.0.4.20' as Ipv4Address };
const from = { name: 'iam-2' as NodeName, address: '10.0.4.21' as Ipv4Address };
const password = new Secret('password', 'x');

const printed = (stdout: string): Measured => ({
  kind: 'exited',
  exitCode: 0,
  stdout,
  stderr: '',
});

function verdict(check: Check, ...outputs: readonly string[]) {
  const { state, reason, problem } = check.judge(outputs.map(printed));
  return { state, code: reason.code, node: problem?.node };
}

const login = databaseLoginCheck({
  from,
  data,
  client: 'mariadb',
  dataClient: 'mariadb',
  user: 'iam',
  password,
  database: 'iam',
});

// As MariaDB 10.11 and 11.8 say it.
const REFUSED_BY_HOST =
  "ERROR 1130 (HY000): Host '10.0.4.21' is not allowed to connect to this MariaDB server\n";
const WRONG_PASSWORD =
  "ERROR 1045 (28000): Access denied for user 'iam'@'10.0.4.21' (using password: YES)\n";
const NO_GRANT = "ERROR 1044 (42000): Access denied for user 'iam'@'10.0.4.21' to database 'iam'\n";
const NOT_CONNECTED = "ERROR 2002 (HY000): Can't connect to server on '10.0.4.20' (115)\n";
const FROZEN =
  "ERROR 2013 (HY000): Lost connection to server at 'handshake: reading initial communication packet', system error: 110\n";
const INSECURE =
  'ERROR 3159 (08004): Connections using insecure transport are prohibited while --require_secure_transport=ON.\n';
const REFUSED = `bash: connect: Connection refused
bash: line 1: /dev/tcp/10.0.4.20/3306: Connection refused

talk 7
`;

test('a log-in passes, and says how many tables it saw', (t) => {
  t.deepEqual(verdict(login, 'tables 4\n', 'account 1\n'), {
    state: 'passed',
    code: 'database-login-ok',
    node: undefined,
  });
});

test('why a log-in fails is told apart, and mended on the data node', (t) => {
  const rows = [
    [REFUSED_BY_HOST, 'account 0\n', 'database-host-denied'],
    [NO_GRANT, 'account 1\n', 'database-host-denied'],
    [WRONG_PASSWORD, 'account 1\n', 'database-wrong-password'],
    // A server that has accounts for every host says the same when ours is gone.
    [WRONG_PASSWORD, 'account 0\n', 'database-host-denied'],
    ["ERROR 1049 (42000): Unknown database 'iam'\n", 'account 1\n', 'schema-missing'],
    [`${NOT_CONNECTED}${REFUSED}`, 'server down\n', 'database-not-listening'],
    [`${NOT_CONNECTED}\n\ntalk 124\n`, 'account 1\n', 'database-blocked'],
    [FROZEN, 'server silent\n', 'database-silent'],
    ['silent\n', 'server silent\n', 'database-silent'],
    [INSECURE, 'account 1\n', 'database-tls-required'],
    [WRONG_PASSWORD, 'account 1\ntls 1\n', 'database-account-tls'],
    [WRONG_PASSWORD, 'account 1\ntls 0\n', 'database-wrong-password'],
    ['ERROR 1040 (08004): Too many connections\n', '', 'database-login-failed'],
  ] as const;
  for (const [said, account, code] of rows) {
    t.deepEqual(verdict(login, said, account), { state: 'failed', code, node: 'iam-1' }, said);
  }
});

test('without a client, or without an answer of the node, nothing is claimed', (t) => {
  t.is(verdict(login, 'no client\n', '').state, 'unknown');
  const away: Measured = { kind: 'timed-out', afterMs: 1, stdout: '', stderr: '' };
  t.is(login.judge([away, printed('account 1\n')]).state, 'unknown');
});

test('missing tables are named', (t) => {
  const tables = databaseTablesCheck({
    node: data.name,
    client: 'mariadb',
    database: 'iam',
    tables: ['policy', 'user'],
  });
  t.is(verdict(tables, 'table user\ntable policy\nend\n').state, 'passed');
  t.is(verdict(tables, 'table user\nend\n').code, 'schema-incomplete');
  t.is(verdict(tables, 'end\n').code, 'schema-missing');
  t.is(verdict(tables, 'server down\n').state, 'unknown');
});

test('an address that others could reach is exposed', (t) => {
  const listens = databaseListensCheck({
    node: data.name,
    address: data.address,
    ports: [3306, 6379],
  });
  // As `ss -Hltn` prints it.
  const right = `LISTEN 0      150    127.0.0.1:3306 0.0.0.0:*
LISTEN 0      511    10.0.4.20:6379 0.0.0.0:*
LISTEN 0      150    10.0.4.20:3306 0.0.0.0:*
end
`;
  t.is(verdict(listens, right).state, 'passed');
  const open = right.replace('127.0.0.1:3306', '0.0.0.0:3306');
  t.is(verdict(listens, open).code, 'database-exposed');
  t.is(
    verdict(listens, right.replace('10.0.4.20:6379', '127.0.0.1:6379')).code,
    'database-not-listening',
  );
});

test('what Redis says is told apart', (t) => {
  const ping = redisPingCheck({ from: from.name, data, password });
  const rows = [
    ['+OK\r\n+PONG\r\n+OK\r\n\ntalk 0\n', 'redis-pong'],
    [
      '-WRONGPASS invalid username-password pair or user is disabled.\r\n-NOAUTH Authentication required.\r\n+OK\r\n\ntalk 0\n',
      'redis-wrong-password',
    ],
    [
      '-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\r\n+PONG\r\n+OK\r\n\ntalk 0\n',
      'redis-no-password',
    ],
    [REFUSED, 'redis-not-listening'],
    ['\n\ntalk 124\n', 'redis-blocked'],
    ['\n\ntalk 9\n', 'redis-silent'],
    ['SSH-2.0-OpenSSH_9.2\r\n\ntalk 0\n', 'redis-bad-answer'],
  ] as const;
  for (const [said, code] of rows) t.is(verdict(ping, said).code, code, said);
});

test('a server elsewhere that some node cannot reach is one failed check, and names that node', (t) => {
  const server = databaseServerCheck({
    name: 'mariadb',
    host: '10.0.9.5',
    port: 3306,
    nodes: [data.name, from.name],
  });
  t.is(verdict(server, 'open\n', 'open\n').state, 'passed');
  t.deepEqual(verdict(server, 'open\n', 'closed\n'), {
    state: 'failed',
    code: 'database-server-away',
    node: 'iam-2',
  });
  t.is(verdict(server, 'closed\n', 'closed\n').node, 'iam-1');
  t.is(verdict(server, 'open\n', '').state, 'unknown');
});

test('a server of ours that accepts and does not answer is told so; its unit explains what is worse', (t) => {
  const mariadb = databaseServerCheck({
    name: 'mariadb',
    host: data.address,
    port: 3306,
    nodes: [data.name],
    ours: data.name,
    administrator: { node: data.name, client: 'mariadb' },
  });
  const rows = [
    ['require_secure_transport\tOFF\n', 'passed', 'database-answers'],
    ['', 'passed', 'database-answers'],
    ['server denied\n', 'passed', 'database-answers'],
    ['server silent\n', 'failed', 'database-silent'],
    ['server down\n', 'failed', 'database-not-listening'],
    ['server absent\n', 'unknown', 'not-measured'],
    ['require_secure_transport\tON\n', 'failed', 'database-tls-required'],
  ] as const;
  for (const [said, state, code] of rows) t.like(verdict(mariadb, said), { state, code }, said);
  t.true(mariadb.explainedBy?.includes('applied/iam-1/unit:mariadb'));
  t.is(mariadb.measurements.length, 1);
  const redis = databaseServerCheck({
    name: 'redis',
    host: data.address,
    port: 6379,
    nodes: [data.name],
    ours: data.name,
  });
  t.is(verdict(redis, 'open\n').state, 'passed');
  t.is(verdict(redis, 'silent\n').code, 'redis-silent');
  t.is(verdict(redis, 'closed\n').code, 'redis-not-listening');
});

test('a server elsewhere: silence and closed ports come before what its administrator sees', (t) => {
  const server = { host: '10.0.9.5', port: 3306, user: 'root', password, where: {} };
  const elsewhere = databaseServerCheck({
    name: 'mariadb',
    host: server.host,
    port: server.port,
    nodes: [data.name, from.name],
    administrator: { node: data.name, client: 'mariadb', server },
  });
  const said = (...outputs: readonly string[]) => verdict(elsewhere, ...outputs);
  t.is(said('', 'open\n', 'open\n').state, 'passed');
  t.is(said('server absent\n', 'open\n', 'open\n').state, 'passed', 'no client yet');
  t.like(said('server silent\n', 'silent\n', 'silent\n'), {
    code: 'database-silent',
    node: 'iam-1',
  });
  t.like(said('', 'open\n', 'closed\n'), { code: 'database-server-away', node: 'iam-2' });
  t.is(said('require_secure_transport\tON\n', 'open\n', 'open\n').code, 'database-tls-required');
});

test('on a server elsewhere the node that cannot log in is named', (t) => {
  const server = {
    host: '10.0.9.5',
    port: 3306,
    user: 'root',
    password: new Secret('admin', 'x'),
    where: {},
  };
  const away = databaseLoginCheck({
    from,
    data: { ...data, address: '10.0.9.5' },
    client: 'mariadb',
    dataClient: 'mariadb',
    server,
    user: 'iam',
    password,
    database: 'iam',
  });
  t.deepEqual(verdict(away, `${NOT_CONNECTED}${REFUSED}`, 'server down\n'), {
    state: 'failed',
    code: 'database-server-away',
    node: 'iam-2',
  });
  t.is(verdict(away, WRONG_PASSWORD, 'account 1\n').code, 'database-wrong-password');
});

test('a Redis elsewhere may ask for no password; one that refuses ours is told so', (t) => {
  const open = redisPingCheck({
    from: from.name,
    data: { ...data, address: '10.0.9.5' },
    isOurs: false,
    password: new Secret('redis password', ''),
  });
  t.is(verdict(open, '+PONG\n+OK\n\ntalk 0\n').state, 'passed');
  const refused = '-NOAUTH Authentication required.\n+OK\n\ntalk 0\n';
  t.deepEqual(verdict(open, refused), {
    state: 'failed',
    code: 'redis-server-denied',
    node: 'iam-2',
  });
});

test('all tables without their triggers are told, with their names', (t) => {
  const tables = databaseTablesCheck({
    node: data.name,
    client: 'mariadb',
    database: 'iam',
    tables: ['user'],
    triggers: ['user_BEFORE_DELETE'],
  });
  t.is(verdict(tables, 'table user\nend\n').code, 'schema-triggers-missing');
  t.is(verdict(tables, 'table user\ntrigger user_before_delete\nend\n').state, 'passed');
});
