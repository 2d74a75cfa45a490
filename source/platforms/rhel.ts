import type { Platform } from './platform.ts';

/** Enterprise Linux 9 and what is built from it: Rocky, Alma, CentOS Stream, TencentOS 4, OpenCloudOS 9. */
export const rhel9: Omit<Platform, 'name' | 'proven'> = {
  family: 'rhel',
  packageManager: 'dnf',
  packages: {
    nginx: 'nginx',
    keepalived: 'keepalived',
    mariadbServer: 'mariadb-server',
    mariadbClient: 'mariadb',
    redisServer: 'redis',
    redisTools: 'redis',
    arping: 'iputils',
    curl: 'curl',
    caCertificates: 'ca-certificates',
  },
  units: {
    nginx: 'nginx',
    keepalived: 'keepalived',
    mariadb: 'mariadb',
    redis: 'redis',
  },
  paths: {
    nginxRoot: '/etc/nginx',
    nginxDropIns: '/etc/nginx/conf.d',
    mariadbDropIns: '/etc/my.cnf.d',
    redisConfig: '/etc/redis/redis.conf',
    redisFolder: '/etc/redis',
    redisServer: '/usr/bin/redis-server',
    keepalivedConfig: '/etc/keepalived/keepalived.conf',
    keepalivedRoot: '/etc/keepalived',
    keepalivedDefaults: '/etc/sysconfig/keepalived',
    keepalivedScripts: '/usr/libexec/keepalived',
  },
  keepalivedOptionsVariable: 'KEEPALIVED_OPTIONS',
  users: { nginx: 'nginx', mariadb: 'mysql', redis: 'redis' },
  clients: { mariadb: 'mysql', redis: 'redis-cli' },
  mariadbBindList: false,
  redisOptionalBind: true,
};

/** Enterprise Linux 8: Redis 5 or 6.0 with its file directly under /etc. */
export const rhel8: Omit<Platform, 'name' | 'proven'> = {
  ...rhel9,
  paths: { ...rhel9.paths, redisConfig: '/etc/redis.conf', redisFolder: '/etc' },
  redisOptionalBind: false,
};

/** Enterprise Linux 10: Valkey in the place of Redis, whose protocol and configuration it keeps. */
export const rhel10: Omit<Platform, 'name' | 'proven'> = {
  ...rhel9,
  packages: { ...rhel9.packages, redisServer: 'valkey', redisTools: 'valkey' },
  units: { ...rhel9.units, redis: 'valkey' },
  paths: {
    ...rhel9.paths,
    redisConfig: '/etc/valkey/valkey.conf',
    redisFolder: '/etc/valkey',
    redisServer: '/usr/bin/valkey-server',
  },
  users: { ...rhel9.users, redis: 'valkey' },
  clients: { mariadb: 'mariadb', redis: 'valkey-cli' },
  mariadbBindList: true,
};
