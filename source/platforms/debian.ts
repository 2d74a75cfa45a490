import type { Platform } from './platform.ts';

/** Debian and Ubuntu, and what is like them. */
export const debian: Omit<Platform, 'name' | 'proven'> = {
  family: 'debian',
  packageManager: 'apt',
  packages: {
    nginx: 'nginx',
    keepalived: 'keepalived',
    mariadbServer: 'mariadb-server',
    mariadbClient: 'mariadb-client',
    redisServer: 'redis-server',
    redisTools: 'redis-tools',
    arping: 'iputils-arping',
    curl: 'curl',
    caCertificates: 'ca-certificates',
  },
  units: {
    nginx: 'nginx',
    keepalived: 'keepalived',
    mariadb: 'mariadb',
    redis: 'redis-server',
  },
  paths: {
    nginxRoot: '/etc/nginx',
    nginxDropIns: '/etc/nginx/conf.d',
    mariadbDropIns: '/etc/mysql/mariadb.conf.d',
    redisConfig: '/etc/redis/redis.conf',
    redisFolder: '/etc/redis',
    redisServer: '/usr/bin/redis-server',
    keepalivedConfig: '/etc/keepalived/keepalived.conf',
    keepalivedRoot: '/etc/keepalived',
    keepalivedDefaults: '/etc/default/keepalived',
    keepalivedScripts: '/etc/keepalived',
  },
  keepalivedOptionsVariable: 'DAEMON_ARGS',
  users: { nginx: 'www-data', mariadb: 'mysql', redis: 'redis' },
  clients: { mariadb: 'mariadb', redis: 'redis-cli' },
  mariadbBindList: true,
  redisOptionalBind: true,
};
