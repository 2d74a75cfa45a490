import test from 'ava';
import { filesToExist, notYet, secretsToRead } from '../../source/cluster/index.ts';
import { changed, clusterOf, FULL, SHORT } from './_examples.ts';

test('a short file asks for nothing that is not there yet', (t) => {
  t.deepEqual(notYet(clusterOf(SHORT)), []);
});

test('an address that is yet to be found is nothing that is missing', (t) => {
  t.deepEqual(notYet(clusterOf(changed(SHORT, 'address: 10.0.4.99', 'address: auto'))), []);
});

test('what this version cannot do is told with line and field, and what to write instead', (t) => {
  const found = notYet(clusterOf(FULL)).map(({ code, line, field, params }) => {
    return [code, line, field, params?.found];
  });
  t.deepEqual(found, [['setting-not-yet', 21, 'tls', 'tls']]);
});

const one: readonly (readonly [from: string, to: string, field: string])[] = [
  ['iam:', 'tls: { certificate: ./c, key: ./k }\niam:', 'tls'],
];

for (const [from, to, field] of one) {
  test(`not yet: ${JSON.stringify(to)}`, (t) => {
    t.deepEqual(
      notYet(clusterOf(changed(SHORT, from, to))).map((problem) => problem.field),
      [field],
    );
  });
}

const accepted = [
  'firewall: none\niam:',
  'iam:\n  adminPassword: keep',
  'iam:\n  adminPassword: generate',
  'iam:\n  adminPassword: env:A',
  'iam:\n  openRegistration: false',
  'iam:\n  pumpMend: false',
  'cloud: { provider: none }\niam:',
  'cloud: { provider: console }\niam:',
  'cloud: { provider: tencent }\niam:',
  'cloud: { provider: tencent, securityGroups: open }\niam:',
  'alerts: []\niam:',
  'alerts: [{ kind: wecom, url: env:WECOM_URL }]\niam:',
  'databases: { mongodb: install }\niam:',
  'databases: { mongodb: { host: 10.0.9.5, database: a, user: u, password: env:M } }\niam:',
  'databases: { redis: { host: 10.0.9.5, password: env:R } }\niam:',
  'databases: { mariadb: { host: 10.0.9.5, adminUser: root, adminPassword: env:A } }\niam:',
];

for (const to of accepted) {
  test(`done already: ${JSON.stringify(to)}`, (t) => {
    t.deepEqual(notYet(clusterOf(changed(SHORT, 'iam:', to))), []);
  });
}

test('installed daemons are no gap, with a schema beside the cluster file or without', (t) => {
  const installed = (source: string) => clusterOf(changed(SHORT, '{ directory: ./dist }', source));
  t.deepEqual(notYet(installed('{ installed: true }')), []);
  const beside = installed('{ installed: true, schema: ./iam.sql }');
  t.deepEqual(notYet(beside), []);
  t.deepEqual(beside.iam.source, { kind: 'installed', schema: '/work/iam.sql' });
  t.like(filesToExist(beside).at(-1), { path: '/work/iam.sql', field: 'iam.source.schema' });
});

test('the files that must exist, each with its place', (t) => {
  t.deepEqual(filesToExist(clusterOf(FULL)), [
    { kind: 'file', path: '/home/op/.ssh/id', field: 'ssh.identityFile', line: 3 },
    { kind: 'file', path: '/work/fullchain.pem', field: 'tls.certificate', line: 21 },
    { kind: 'file', path: '/etc/key.pem', field: 'tls.key', line: 21 },
  ]);
  const own = changed(
    SHORT,
    '    address: 10.0.4.21',
    '    address: 10.0.4.21\n    ssh: { identityFile: k }',
  );
  t.deepEqual(filesToExist(clusterOf(own)), [
    { kind: 'file', path: '/work/k', field: 'nodes[1].ssh.identityFile', line: 7 },
    { kind: 'directory', path: '/work/dist', field: 'iam.source.directory', line: 10 },
  ]);
});

test('the secrets that the file names, each at the place where it is written', (t) => {
  const found = secretsToRead(clusterOf(FULL)).map(({ variable, field }) => [variable, field]);
  t.deepEqual(found, [
    ['PW', 'ssh.password'],
    ['REDIS_PW', 'databases.redis.password'],
    ['WECOM_URL', 'alerts[0].url'],
  ]);
});
