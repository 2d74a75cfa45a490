import test from 'ava';
import { everyUnit, platformOf } from '../../source/platforms/index.ts';

function named(id: string, versionId: string, idLike: readonly string[] = []) {
  return platformOf({ os: { id, versionId, idLike, codename: '', prettyName: '' } });
}

for (const [id, version, unit, proven] of [
  ['debian', '12', 'redis-server', true],
  ['debian', '13', 'redis-server', true],
  ['debian', '11', 'redis-server', false],
  ['ubuntu', '24.04', 'redis-server', false],
  ['rocky', '9.4', 'redis', false],
  ['almalinux', '8.10', 'redis', false],
  ['centos', '9', 'redis', false],
  ['centos', '10', 'valkey', false],
  ['rhel', '10.1', 'valkey', false],
  ['tencentos', '3.1', 'redis', false],
  ['tencentos', '4.2', 'redis', false],
  ['opencloudos', '9.2', 'redis', false],
] as const) {
  test(`${id} ${version}`, (t) => {
    const platform = named(id, version);
    t.is(platform?.units.redis, unit);
    t.is(platform?.proven, proven);
    t.is(platform?.name, `${id} ${version}`);
  });
}

test('a rebuild of RHEL is known by its relation; a distribution that we do not know is not guessed', (t) => {
  t.is(named('eurolinux', '9.3', ['rhel', 'fedora', 'centos'])?.family, 'rhel');
  t.is(named('linuxmint', '21', ['ubuntu', 'debian']), null);
  t.is(named('alpine', '3.20'), null);
  t.is(named('debian', '9'), null);
  t.is(named('debian', ''), null);
  t.is(named('tencentos', '2', ['rhel']), null);
});

test('Enterprise Linux 8 and 9 keep Redis in different places', (t) => {
  t.is(named('rocky', '8.9')?.paths.redisConfig, '/etc/redis.conf');
  t.is(named('rocky', '9.4')?.paths.redisConfig, '/etc/redis/redis.conf');
});

test('Enterprise Linux 10 has Valkey, by its own names', (t) => {
  const platform = named('almalinux', '10.0');
  t.like(platform?.paths, {
    redisConfig: '/etc/valkey/valkey.conf',
    redisServer: '/usr/bin/valkey-server',
    mariadbDropIns: '/etc/my.cnf.d',
  });
  t.like(platform, { users: { redis: 'valkey' }, clients: { redis: 'valkey-cli' } });
  t.is(named('rocky', '11.0'), null);
});

test('every unit of any platform can be asked for at once', (t) => {
  t.deepEqual([...everyUnit()].sort(), [
    'keepalived',
    'mariadb',
    'mongodb',
    'nginx',
    'redis',
    'redis-server',
    'valkey',
  ]);
});
