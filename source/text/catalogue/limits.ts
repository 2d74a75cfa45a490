import type { CatalogueArea } from '../catalogue.ts';

/** What a server cannot do for us although it is there: it is frozen, or wants what IAM lacks. */
export const limits = {
  messages: {
    'check-database-answers': {
      en: 'the database server {address} answers',
      zh: '数据库服务器 {address} 有应答',
    },
    'selinux-boolean-keep': {
      en: 'SELinux: keep the boolean {name} on after a reboot, too',
      zh: 'SELinux：让布尔值 {name} 在重启后仍然开启',
    },
    'selinux-types-right': {
      en: 'SELinux: {path} and what is in it have the policy’s types',
      zh: 'SELinux：{path} 及其中文件的类型与策略一致',
    },
    'selinux-types-set': {
      en: 'SELinux: give {count} files below {path} the policy’s types, so that systemd may run them',
      zh: 'SELinux：为 {path} 下的 {count} 个文件设置策略规定的类型，使 systemd 可以运行它们',
    },
    'database-answers': { en: '{address} answers', zh: '{address} 有应答' },
  },
  problems: {
    'database-silent': {
      title: {
        en: '{node}: MariaDB on {address} accepts connections and does not answer',
        zh: '{node}：{address} 上的 MariaDB 接受连接，但没有应答',
      },
      cause: {
        en: 'The server is stopped without having ended (SIGSTOP, a debugger), waits for its disk, or has no memory or processor left. Restarting IAM does not help: every call of it that needs the database hangs as well.',
        zh: '服务器进程被暂停（SIGSTOP、调试器）、在等待磁盘，或者内存、CPU 已耗尽。重启 IAM 没有用：凡是需要数据库的调用都会同样挂起。',
      },
      next: {
        en: [
          'Where MariaDB runs: ps -o pid,stat,wchan:30,cmd -C mariadbd,mysqld (T: stopped, then kill -CONT PID; D: it waits for the disk)',
          'df -h /var/lib/mysql; dmesg | tail; free -m',
          'When the disk and the memory are well: systemctl restart mariadb, then iam-ha-wizard check',
        ],
        zh: [
          '在运行 MariaDB 的机器上执行：ps -o pid,stat,wchan:30,cmd -C mariadbd,mysqld（T 表示进程被暂停，执行 kill -CONT PID；D 表示在等待磁盘）',
          'df -h /var/lib/mysql; dmesg | tail; free -m',
          '确认磁盘和内存正常后执行：systemctl restart mariadb，再执行 iam-ha-wizard check',
        ],
      },
    },
    'redis-silent': {
      title: {
        en: '{node}: Redis on {address} accepts connections and does not answer',
        zh: '{node}：{address} 上的 Redis 接受连接，但没有应答',
      },
      cause: {
        en: 'The server is stopped without having ended (SIGSTOP, a debugger), is at work on one long command or script, or waits for its disk. Revoked policies stay allowed for so long.',
        zh: '服务器进程被暂停（SIGSTOP、调试器）、正在执行一条很慢的命令或脚本，或者在等待磁盘。在此期间，已撤销的策略仍然有效。',
      },
      next: {
        en: [
          'Where Redis runs: ps -o pid,stat,pcpu,wchan:30,cmd -C redis-server (T: stopped, then kill -CONT PID; D: it waits for the disk; R: one command is at work)',
          'df -h /var/lib/redis; dmesg | tail; free -m',
          'When the disk and the memory are well: restart Redis, then iam-ha-wizard check',
        ],
        zh: [
          '在运行 Redis 的机器上执行：ps -o pid,stat,pcpu,wchan:30,cmd -C redis-server（T 表示进程被暂停，执行 kill -CONT PID；D 表示在等待磁盘；R 表示正在执行某条命令）',
          'df -h /var/lib/redis; dmesg | tail; free -m',
          '确认磁盘和内存正常后重启 Redis，再执行 iam-ha-wizard check',
        ],
      },
    },
    'selinux-boolean-forgetful': {
      title: {
        en: '{node}: the boolean {name} of SELinux is on, but only until the next reboot',
        zh: '{node}：SELinux 布尔值 {name} 已开启，但重启后会失效',
      },
      cause: {
        en: 'It was turned on without -P. After a reboot SELinux denies the connections to the services, and nginx answers 502.',
        zh: '开启时没有使用 -P。重启之后 SELinux 会拒绝到服务的连接，nginx 返回 502。',
      },
      next: {
        en: ['iam-ha-wizard apply', 'Or on {node}: setsebool -P {name} on'],
        zh: ['iam-ha-wizard apply', '或者在 {node} 上执行：setsebool -P {name} on'],
      },
    },
    'selinux-types-wrong': {
      title: {
        en: '{node}: files below {path} have other SELinux types than the policy says',
        zh: '{node}：{path} 下文件的 SELinux 类型与策略不一致',
      },
      cause: {
        en: 'They were copied or moved there from elsewhere. An enforcing SELinux may not let systemd run them (203/EXEC in the journal).',
        zh: '它们是从别处复制或移动过来的。SELinux 处于 enforcing 时可能不允许 systemd 运行它们（日志中显示 203/EXEC）。',
      },
      next: {
        en: ['iam-ha-wizard apply', 'Or on {node}: restorecon -RFv {path}'],
        zh: ['iam-ha-wizard apply', '或者在 {node} 上执行：restorecon -RFv {path}'],
      },
    },
    'database-account-tls': {
      title: {
        en: '{node}: MariaDB lets {account} in with TLS only, and IAM has none for it',
        zh: '{node}：MariaDB 只允许 {account} 使用 TLS 登录，而 IAM 连接数据库时不支持 TLS',
      },
      cause: {
        en: 'Somebody set REQUIRE SSL for the account. MariaDB says no more than “access denied”, as for a wrong password.',
        zh: '有人为该账号设置了 REQUIRE SSL。MariaDB 的提示与密码错误相同，只说“拒绝访问”。',
      },
      next: {
        en: [
          'Where MariaDB runs, for the account {account}: ALTER USER … REQUIRE NONE; then iam-ha-wizard check',
        ],
        zh: [
          '在运行 MariaDB 的机器上，对账号 {account} 执行：ALTER USER … REQUIRE NONE; 再执行 iam-ha-wizard check',
        ],
      },
    },
    'database-tls-required': {
      title: {
        en: '{node}: MariaDB on {address} lets nobody in without TLS, and IAM has none for it',
        zh: '{node}：{address} 上的 MariaDB 只允许 TLS 连接，而 IAM 连接数据库时不支持 TLS',
      },
      cause: {
        en: 'require_secure_transport is ON. IAM builds its connection’s parameters itself, without TLS, and has no setting for it (v1.6.2, pkg/db/mysql.go): none of its calls would reach the database.',
        zh: '服务器开启了 require_secure_transport。IAM 自行拼接数据库连接参数，其中没有 TLS，也没有相应的配置项（v1.6.2，pkg/db/mysql.go），因此它的任何调用都无法访问数据库。',
      },
      next: {
        en: [
          'On the server: SET GLOBAL require_secure_transport = OFF, and the same in its configuration. Accounts of others can still be held to TLS one by one: ALTER USER … REQUIRE SSL',
          'Or name another server in databases.mariadb, or install one on a node (mariadb: install).',
          'If the way to the server must be encrypted, do it below IAM: a tunnel or VPN between the nodes and the server.',
        ],
        zh: [
          '在服务器上执行 SET GLOBAL require_secure_transport = OFF，并同样修改它的配置文件。其他账号仍可逐个要求 TLS：ALTER USER … REQUIRE SSL',
          '或者在 databases.mariadb 中改用另一台服务器，或者在节点上安装（mariadb: install）。',
          '如果到服务器的线路必须加密，请在 IAM 之下实现：在各节点与服务器之间使用隧道或 VPN。',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
