import test from 'ava';
import { filesToExist, secretsToRead } from '../../source/cluster/index.ts';
import { changed, clusterOf, FULL, SHORT } from './_examples.ts';

test('installed daemons, with a schema beside the cluster file', (t) => {
  const source = '{ installed: true, schema: ./iam.sql }';
  const beside = clusterOf(changed(SHORT, '{ directory: ./dist }', source));
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
