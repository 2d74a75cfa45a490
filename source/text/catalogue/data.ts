import type { CatalogueArea } from '../catalogue.ts';

/** Databases that were there before us, or are elsewhere; dumps; what an import may not touch. */
export const data = {
  messages: {
    'sql-user-unproven': {
      en: 'account {account} has its rights on {database}; its log-in proves its password',
      zh: '账号 {account} 对 {database} 的授权正确；密码由登录检查来证明',
    },
    'schema-import-again': {
      en: 'import the {count} tables of {database} AGAIN: they were there before and are gone; restore a backup first if you have one',
      zh: '再次导入 {database} 的 {count} 张表：它们曾经存在，现在没有了；如果有备份，请先恢复备份',
    },
    'schema-once-running': {
      en: 'once MariaDB runs, look for the {count} tables of {database}; import them only if there is none',
      zh: 'MariaDB 启动后查看 {database} 的 {count} 张表；只有一张都没有时才导入',
    },
    'schema-complete': {
      en: 'finish an import of {database} that broke off: {found} are there, without a single row; nothing is dropped',
      zh: '补完 {database} 中断的导入：已有 {found}，且没有一行数据；不会删除任何表',
    },
    'dump-nothing': {
      en: 'there is no database {database} yet: nothing to dump',
      zh: '还没有数据库 {database}，不需要备份',
    },
    'dump-not-needed': {
      en: '{database} was imported or dumped by this session already',
      zh: '{database} 由本会话导入，或已经备份过',
    },
    'dump-made': {
      en: 'dump {database}, which was there before us, into {file}',
      zh: '先把原有的数据库 {database} 备份到 {file}',
    },
    'check-database-server': {
      en: 'every node can reach the database server {address}',
      zh: '每个节点都能连到数据库服务器 {address}',
    },
    'database-server-open': {
      en: '{address} answers all {count} nodes',
      zh: '{address} 对全部 {count} 个节点都有应答',
    },
    'undo-data-kept': {
      en: 'The database {database} on {node} stays, with all users, secrets and policies. To drop it for good, on {node}: mariadb -e "DROP DATABASE {database}"',
      zh: '{node} 上的数据库 {database} 保留不动，其中的用户、密钥和策略都在。要彻底删除，请在 {node} 上执行：mariadb -e "DROP DATABASE {database}"',
    },
  },
  problems: {
    'database-admin-denied': {
      title: {
        en: '{node}: {address} does not let {user} in',
        zh: '{node}：{address} 不允许 {user} 登录',
      },
      cause: {
        en: 'The administrator’s password is wrong, or the account may not log in from this node’s address.',
        zh: '管理员密码不对，或者该账号不允许从本节点的地址登录。',
      },
      next: {
        en: [
          'Check databases.mariadb.adminUser, and the variable that adminPassword names.',
          'On {node}: mariadb -h HOST -u {user} -p',
        ],
        zh: [
          '检查 databases.mariadb.adminUser，以及 adminPassword 指定的环境变量。',
          '在 {node} 上执行：mariadb -h HOST -u {user} -p',
        ],
      },
    },
    'database-server-away': {
      title: {
        en: '{node}: no answer from the database server {address}',
        zh: '{node}：数据库服务器 {address} 没有应答',
      },
      cause: {
        en: 'It is stopped, its address or port is another one, or a firewall or security group is in between.',
        zh: '服务器已停止，地址或端口不对，或者中间有防火墙或安全组。',
      },
      next: {
        en: [
          'Check databases in the cluster file.',
          'On {node}: timeout 3 bash -c "</dev/tcp/HOST/PORT"',
        ],
        zh: [
          '检查集群文件中的 databases。',
          '在 {node} 上执行：timeout 3 bash -c "</dev/tcp/HOST/PORT"',
        ],
      },
    },
    'redis-server-denied': {
      title: {
        en: '{node}: Redis on {address} does not accept the password',
        zh: '{node}：{address} 上的 Redis 不接受该密码',
      },
      cause: {
        en: 'The variable that databases.redis.password names holds another password, or none is named and the server asks for one, or the server has none.',
        zh: 'databases.redis.password 指定的环境变量中是另一个密码；或者没有指定密码而服务器需要密码；或者服务器没有设置密码。',
      },
      next: {
        en: ['Check databases.redis.password and its variable, and run again.'],
        zh: ['检查 databases.redis.password 及其环境变量，再运行一次。'],
      },
    },
    'database-of-others': {
      title: {
        en: '{node}: the database {database} has tables that are not IAM’s: {others}',
        zh: '{node}：数据库 {database} 中有不属于 IAM 的表：{others}',
      },
      cause: {
        en: 'Somebody else uses a database of that name. An import would put IAM’s tables beside theirs; it would drop none.',
        zh: '别的程序在使用同名数据库。导入会把 IAM 的表建在旁边，不会删除它们的表。',
      },
      next: {
        en: ['If both may share it: iam-ha-wizard apply --stage database --adopt'],
        zh: ['如果两者可以共用，执行：iam-ha-wizard apply --stage database --adopt'],
      },
    },
    'schema-dropped': {
      title: {
        en: '{node}: the tables of {database} were there, and are gone',
        zh: '{node}：{database} 的表曾经存在，现在没有了',
      },
      cause: {
        en: 'Somebody dropped them, or the server’s data were replaced.',
        zh: '有人删除了这些表，或者服务器的数据被替换了。',
      },
      next: {
        en: [
          'Restore a backup, if there is one: on {node}, ls -l /var/backups/iam-ha-wizard',
          'To begin with an empty IAM: iam-ha-wizard apply --stage database',
        ],
        zh: [
          '如果有备份，请先恢复：在 {node} 上执行 ls -l /var/backups/iam-ha-wizard',
          '如果要从空的 IAM 开始：iam-ha-wizard apply --stage database',
        ],
      },
    },
    'schema-triggers-missing': {
      title: {
        en: '{node}: triggers are missing in {database}: {missing}',
        zh: '{node}：{database} 中缺少触发器：{missing}',
      },
      cause: {
        en: 'An import broke off at its end, or they were dropped. Without them a deleted user’s secrets and policies stay behind, or it cannot be deleted. The tables have data: nothing is imported into them.',
        zh: '导入在最后中断，或者触发器被删除。缺少它们，删除用户时其密钥和策略会残留，或者无法删除。表中已有数据，因此不会再导入。',
      },
      next: {
        en: [
          'In iam.sql of your IAM, take the part from DELIMITER ;; to DELIMITER ; that names the trigger, and give it to mariadb {database} on {node}.',
        ],
        zh: [
          '在 IAM 的 iam.sql 中，取出包含该触发器的 DELIMITER ;; 到 DELIMITER ; 之间的部分，在 {node} 上交给 mariadb {database} 执行。',
        ],
      },
    },
    'schema-not-iam': {
      title: { en: '{found} is not IAM’s schema', zh: '{found} 不是 IAM 的数据库结构' },
      cause: {
        en: 'It makes none of the tables user, secret and policy.',
        zh: '其中没有 user、secret、policy 中的任何一张表。',
      },
      next: {
        en: ['Take configs/iam.sql of the same version as the daemons.'],
        zh: ['请使用与各守护进程同一版本的 configs/iam.sql。'],
      },
    },
    'schema-wrong-version': {
      title: {
        en: '{found} is the schema of another version of IAM',
        zh: '{found} 是另一个版本的 IAM 数据库结构',
      },
      cause: {
        en: 'It lacks what the daemons need: {missing}',
        zh: '缺少守护进程需要的内容：{missing}',
      },
      next: {
        en: ['Take configs/iam.sql of the same version as the daemons.'],
        zh: ['请使用与各守护进程同一版本的 configs/iam.sql。'],
      },
    },
    'schema-unsafe': {
      title: {
        en: '{found} would change more than IAM’s own tables',
        zh: '{found} 会改动 IAM 自己的表以外的内容',
      },
      cause: { en: 'It holds the statement: {statement}', zh: '其中有语句：{statement}' },
      next: {
        en: ['Take configs/iam.sql as it is in IAM, or remove the statement.'],
        zh: ['请使用 IAM 自带的 configs/iam.sql，或者删除该语句。'],
      },
    },
    'dump-no-space': {
      title: {
        en: '{node}: no room for a dump of {database}: {need} MB needed, {free} MB free',
        zh: '{node}：空间不足，无法备份 {database}：需要 {need} MB，只剩 {free} MB',
      },
      cause: {
        en: 'The database was there before us: nothing of it is touched without a copy in {folder}.',
        zh: '该数据库原本就有数据：没有在 {folder} 中留下备份之前，不会改动它。',
      },
      next: {
        en: ['Make room below /var on {node}, and run again.'],
        zh: ['在 {node} 的 /var 下腾出空间，再运行一次。'],
      },
    },
    'dump-due': {
      title: {
        en: '{node}: {database} was there before this session, and has not been dumped',
        zh: '{node}：{database} 在本会话之前就存在，还没有备份',
      },
      cause: {
        en: 'Nothing of it has been touched yet; the next apply begins with a dump.',
        zh: '还没有改动过它；下一次 apply 会先做备份。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database'],
        zh: ['iam-ha-wizard apply --stage database'],
      },
    },
    'dump-tool-missing': {
      title: {
        en: '{node}: neither mariadb-dump nor mysqldump is installed',
        zh: '{node}：没有安装 mariadb-dump 或 mysqldump',
      },
      cause: {
        en: 'The database has data, and they are not touched without a copy.',
        zh: '数据库中有数据，没有备份就不会改动。',
      },
      next: {
        en: ['Install the client package of MariaDB on {node}, and run again.'],
        zh: ['在 {node} 上安装 MariaDB 的客户端软件包，再运行一次。'],
      },
    },
    'dump-broken': {
      title: {
        en: '{node}: the dump broke off before its end',
        zh: '{node}：备份在结束前中断',
      },
      cause: { en: 'MariaDB said: {detail}', zh: 'MariaDB 的回答：{detail}' },
      next: {
        en: ['On {node}: journalctl -u mariadb -n 50', 'iam-ha-wizard apply --stage database'],
        zh: [
          '在 {node} 上执行：journalctl -u mariadb -n 50',
          'iam-ha-wizard apply --stage database',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
