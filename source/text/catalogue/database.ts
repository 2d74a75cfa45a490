import type { CatalogueArea } from '../catalogue.ts';

/** MariaDB and Redis: accounts, schema, log-ins. */
export const database = {
  messages: {
    'sql-user-right': {
      en: 'account {account} has its password and its rights on {database}',
      zh: '账号 {account} 的密码和对 {database} 的授权都正确',
    },
    'sql-user-create': {
      en: 'create the account {account} and grant it {database}',
      zh: '创建账号 {account}，并授权访问 {database}',
    },
    'sql-user-grant': {
      en: 'grant {account} all rights on {database}',
      zh: '授权 {account} 访问 {database}',
    },
    'sql-user-adopt': {
      en: 'take over the account {account}: new password, rights on {database}',
      zh: '接管账号 {account}：设置新密码，并授权访问 {database}',
    },
    'schema-present': {
      en: 'all {count} tables of {database} are there',
      zh: '{database} 的 {count} 张表都在',
    },
    'schema-import': {
      en: 'import the {count} tables of {database}, once and never again',
      zh: '导入 {database} 的 {count} 张表，只导入这一次',
    },
    'check-database-login': {
      en: '{node} can log in to MariaDB on {data} as its services do',
      zh: '{node} 能用服务的账号登录 {data} 上的 MariaDB',
    },
    'database-login-ok': {
      en: 'logged in as {account}, {tables} tables in {database}',
      zh: '已用 {account} 登录，{database} 中有 {tables} 张表',
    },
    'check-database-tables': {
      en: '{node}: the tables of {database} are complete',
      zh: '{node}：{database} 的表完整',
    },
    'check-database-listens': {
      en: '{node}: the databases listen on the private address only',
      zh: '{node}：数据库只监听内网地址',
    },
    'database-listens': {
      en: 'on {address} and 127.0.0.1, nowhere else',
      zh: '只监听 {address} 和 127.0.0.1',
    },
    'check-redis-ping': {
      en: '{node} can log in to Redis on {data}',
      zh: '{node} 能登录 {data} 上的 Redis',
    },
    'redis-pong': { en: 'PONG from {address}', zh: '{address} 应答 PONG' },
  },
  problems: {
    'database-root-denied': {
      title: {
        en: '{node}: MariaDB does not let root in',
        zh: '{node}：MariaDB 不允许 root 登录',
      },
      cause: {
        en: 'Root’s account has a password here instead of the log-in by the local socket.',
        zh: '这里的 root 账号设置了密码，没有使用本机套接字登录。',
      },
      next: {
        en: [
          'Put the password into /root/.my.cnf on {node} (mode 0600), and run again.',
          'Or bring the socket log-in back: ALTER USER root@localhost IDENTIFIED VIA unix_socket;',
        ],
        zh: [
          '把密码写入 {node} 的 /root/.my.cnf（权限 0600），再运行一次。',
          '或者恢复套接字登录：ALTER USER root@localhost IDENTIFIED VIA unix_socket;',
        ],
      },
    },
    'database-account-password-differs': {
      title: {
        en: '{node}: the account {account} has another password',
        zh: '{node}：账号 {account} 的密码不是我们设置的',
      },
      cause: {
        en: 'It was made by hand or by another session, or its password was changed. Whoever uses it would be locked out by a new one.',
        zh: '它由手工或其他会话创建，或者密码被改过。重设密码会让正在使用它的程序无法登录。',
      },
      next: {
        en: ['If nobody else uses it: iam-ha-wizard apply --stage database --adopt'],
        zh: ['如果没有别人使用它，执行：iam-ha-wizard apply --stage database --adopt'],
      },
    },
    'database-host-denied': {
      title: {
        en: '{node}: MariaDB refuses {account}',
        zh: '{node}：MariaDB 拒绝 {account}',
      },
      cause: {
        en: 'The account for this address does not exist, or has no rights on {database}: its grant was revoked.',
        zh: '没有为该地址创建账号，或者账号没有 {database} 的授权：授权被撤销了。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --stage database',
          'On {node}: mariadb -e "SELECT User, Host FROM mysql.user"',
        ],
        zh: [
          'iam-ha-wizard apply --stage database',
          '在 {node} 上执行：mariadb -e "SELECT User, Host FROM mysql.user"',
        ],
      },
    },
    'database-wrong-password': {
      title: {
        en: '{node}: MariaDB does not accept the password of {account}',
        zh: '{node}：MariaDB 不接受 {account} 的密码',
      },
      cause: {
        en: 'The account’s password was changed on the server, or it belongs to another session.',
        zh: '账号的密码在服务器上被改过，或者属于另一个会话。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database --adopt'],
        zh: ['iam-ha-wizard apply --stage database --adopt'],
      },
    },
    'database-not-listening': {
      title: {
        en: '{node}: nothing listens on {address}',
        zh: '{node}：{address} 上没有程序监听',
      },
      cause: {
        en: 'The database is stopped, or bound to other addresses only.',
        zh: '数据库已停止，或者只绑定了其他地址。',
      },
      next: {
        en: [
          'On {node}: ss -ltnp; systemctl status mariadb redis-server',
          'iam-ha-wizard apply --stage database',
        ],
        zh: [
          '在 {node} 上执行：ss -ltnp; systemctl status mariadb redis-server',
          'iam-ha-wizard apply --stage database',
        ],
      },
    },
    'database-blocked': {
      title: {
        en: '{node}: no answer from MariaDB on {address} to {from}',
        zh: '{node}：{from} 连接 {address} 上的 MariaDB 没有应答',
      },
      cause: {
        en: 'A firewall or security group drops the packets, or the node is away.',
        zh: '防火墙或安全组丢弃了数据包，或者该节点不在线。',
      },
      next: {
        en: ['Allow TCP 3306 on {node} from the nodes’ private addresses.'],
        zh: ['在 {node} 上允许各节点内网地址访问 TCP 3306。'],
      },
    },
    'database-login-failed': {
      title: {
        en: '{node}: the log-in to MariaDB as {account} failed',
        zh: '{node}：用 {account} 登录 MariaDB 失败',
      },
      cause: {
        en: 'MariaDB said: {detail}',
        zh: 'MariaDB 的回答：{detail}',
      },
      next: {
        en: ['On {node}: journalctl -u mariadb -n 50'],
        zh: ['在 {node} 上执行：journalctl -u mariadb -n 50'],
      },
    },
    'schema-missing': {
      title: {
        en: '{node}: the database {database} has none of IAM’s tables',
        zh: '{node}：数据库 {database} 中没有 IAM 的表',
      },
      cause: {
        en: 'It was never imported, or somebody dropped it.',
        zh: '从未导入，或者被人删除了。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database'],
        zh: ['iam-ha-wizard apply --stage database'],
      },
    },
    'schema-incomplete': {
      title: {
        en: '{node}: some of IAM’s tables are missing in {database}: {missing}',
        zh: '{node}：数据库 {database} 中缺少 IAM 的部分表：{missing}',
      },
      cause: {
        en: 'An import broke off, or tables were dropped; and what is there ({found}) has rows, or another form than IAM’s. It is not touched.',
        zh: '导入中途失败，或者有表被删除；现有的表（{found}）中有数据，或者结构与 IAM 不同，因此不会改动。',
      },
      next: {
        en: [
          'Keep a copy, on {node}: mariadb-dump --routines {database} > /root/{database}.sql',
          'Restore the missing tables from a backup.',
          'Or, if there is nothing to keep: mariadb -e "DROP DATABASE {database}" on {node}, then iam-ha-wizard apply --stage database',
        ],
        zh: [
          '先留一份备份，在 {node} 上执行：mariadb-dump --routines {database} > /root/{database}.sql',
          '从备份恢复缺少的表。',
          '或者，如果没有要保留的数据：在 {node} 上执行 mariadb -e "DROP DATABASE {database}"，再执行 iam-ha-wizard apply --stage database',
        ],
      },
    },
    'database-exposed': {
      title: {
        en: '{node}: port {port} is open on {address}',
        zh: '{node}：端口 {port} 对外监听在 {address}',
      },
      cause: {
        en: 'The configuration was changed: a database must listen on the private address only.',
        zh: '配置被改过：数据库只应监听内网地址。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database', 'On {node}: ss -ltnp "( sport = :{port} )"'],
        zh: [
          'iam-ha-wizard apply --stage database',
          '在 {node} 上执行：ss -ltnp "( sport = :{port} )"',
        ],
      },
    },
    'redis-not-listening': {
      title: {
        en: '{node}: Redis does not listen on {address}',
        zh: '{node}：Redis 没有监听 {address}',
      },
      cause: {
        en: 'Redis is stopped, or bound to other addresses only.',
        zh: 'Redis 已停止，或者只绑定了其他地址。',
      },
      next: {
        en: ['On {node}: ss -ltnp "( sport = :6379 )"', 'iam-ha-wizard apply --stage database'],
        zh: [
          '在 {node} 上执行：ss -ltnp "( sport = :6379 )"',
          'iam-ha-wizard apply --stage database',
        ],
      },
    },
    'redis-blocked': {
      title: {
        en: '{node}: no answer from Redis on {address} to {from}',
        zh: '{node}：{from} 连接 {address} 上的 Redis 没有应答',
      },
      cause: {
        en: 'A firewall or security group drops the packets, or the node is away.',
        zh: '防火墙或安全组丢弃了数据包，或者该节点不在线。',
      },
      next: {
        en: ['Allow TCP 6379 on {node} from the nodes’ private addresses.'],
        zh: ['在 {node} 上允许各节点内网地址访问 TCP 6379。'],
      },
    },
    'redis-no-password': {
      title: {
        en: '{node}: Redis on {address} asks for no password',
        zh: '{node}：{address} 上的 Redis 没有设置密码',
      },
      cause: {
        en: 'It runs with another configuration than ours.',
        zh: '它没有使用我们的配置运行。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database'],
        zh: ['iam-ha-wizard apply --stage database'],
      },
    },
    'redis-wrong-password': {
      title: {
        en: '{node}: Redis on {address} does not accept the password',
        zh: '{node}：{address} 上的 Redis 不接受密码',
      },
      cause: {
        en: 'Its password was changed, or it runs with another configuration than ours.',
        zh: '密码被改过，或者它没有使用我们的配置运行。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database'],
        zh: ['iam-ha-wizard apply --stage database'],
      },
    },
    'redis-bad-answer': {
      title: {
        en: '{node}: what answers on {address} is not our Redis',
        zh: '{node}：{address} 上应答的不是我们的 Redis',
      },
      cause: { en: 'It said: {detail}', zh: '它的回答：{detail}' },
      next: {
        en: ['On {node}: ss -ltnp "( sport = :6379 )"'],
        zh: ['在 {node} 上执行：ss -ltnp "( sport = :6379 )"'],
      },
    },
  },
} as const satisfies CatalogueArea;
