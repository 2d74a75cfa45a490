import type { CatalogueArea } from '../catalogue.ts';

/** What /healthz of IAM's daemons does not see: the database path, the policies' way, the audit path. */
export const inside = {
  messages: {
    'policies-read': {
      en: '{node}: iam-authz-server has read the policies',
      zh: '{node}：iam-authz-server 已读取策略',
    },
    'policies-read-again': {
      en: 'tell iam-authz-server of {node} to read its policies again',
      zh: '通知 {node} 的 iam-authz-server 重新读取策略',
    },
    'check-daemon-settings': {
      en: '{node}: {daemon} can use its configuration, certificates and keys',
      zh: '{node}：{daemon} 的配置、证书和私钥可用',
    },
    'daemon-settings-used': {
      en: 'nothing that {daemon} reads keeps it from its work',
      zh: '{daemon} 读取的内容没有妨碍它工作',
    },
    'check-api-database': {
      en: '{node}: the API server reaches the database (its /healthz does not tell)',
      zh: '{node}：API 服务能访问数据库（/healthz 反映不出来）',
    },
    'api-database-asked': {
      en: 'the API server of {node} answered from the database',
      zh: '{node} 的 API 服务已从数据库取得应答',
    },
    'check-daemon-needs': {
      en: '{node}: the daemons reach Redis and what else they need',
      zh: '{node}：各服务能访问 Redis 及其他依赖',
    },
    'daemon-needs-met': {
      en: 'no daemon of {node} complains of anything it needs',
      zh: '{node} 上没有服务报告依赖故障',
    },
    'check-policy-reload': {
      en: '{node}: the authorization server hears of changed policies',
      zh: '{node}：授权服务能收到策略变更通知',
    },
    'policy-reload-subscribed': {
      en: '{node} listens on {address}, one of {count}',
      zh: '{node} 已订阅 {address}，共 {count} 个订阅者',
    },
    'check-audit-drain': {
      en: 'audit records are taken out of Redis',
      zh: '审计记录会从 Redis 中取走',
    },
    'audit-nothing-waits': { en: 'no record waits', zh: '没有等待处理的记录' },
    'audit-waits-briefly': {
      en: '{count} records wait, the oldest for {seconds} s',
      zh: '{count} 条记录在等待，最早的一条等了 {seconds} 秒',
    },
    'check-audit-records': {
      en: '{node}: the audit records that the pump stored are whole',
      zh: '{node}：pump 保存的审计记录是完整的',
    },
    'audit-no-record-yet': {
      en: 'the pump of {node} has stored no record yet: nothing is proven',
      zh: '{node} 的 pump 还没有保存过记录：尚无法证明',
    },
    'audit-record-whole': {
      en: 'the last record of {node}, {seconds} s ago, is whole',
      zh: '{node} 最近一条记录（{seconds} 秒前）是完整的',
    },
  },
  problems: {
    'api-database-error': {
      title: {
        en: '{node}: the API server runs, but cannot use the database',
        zh: '{node}：API 服务在运行，但无法使用数据库',
      },
      cause: {
        en: 'MariaDB is away or refuses it; /healthz says "ok" all the same, and a log-in is refused as if the password were wrong. It recovers by itself with the database.',
        zh: 'MariaDB 不在线或拒绝访问；/healthz 仍然返回 ok，登录则像密码错误一样被拒绝。数据库恢复后它会自行恢复。',
      },
      next: {
        en: [
          'iam-ha-wizard check --stage database',
          'On {node}: tail /var/log/iam/iam-apiserver.log',
        ],
        zh: [
          'iam-ha-wizard check --stage database',
          '在 {node} 上执行：tail /var/log/iam/iam-apiserver.log',
        ],
      },
    },
    'api-database-silent': {
      title: {
        en: '{node}: the API server does not come to an answer that needs the database',
        zh: '{node}：需要访问数据库的请求，API 服务迟迟没有应答',
      },
      cause: {
        en: 'MariaDB accepts the connection and then says nothing (frozen, out of memory, waiting for a disk or a lock). IAM has no limit of its own: requests hang until nginx gives up.',
        zh: 'MariaDB 接受连接后没有应答（被冻结、内存不足、等待磁盘或锁）。IAM 自己没有超时：请求会一直挂起，直到 nginx 放弃。',
      },
      next: {
        en: ['On the data node: systemctl status mariadb; mariadb -e "SHOW PROCESSLIST"'],
        zh: ['在数据节点上执行：systemctl status mariadb; mariadb -e "SHOW PROCESSLIST"'],
      },
    },
    'jwt-key-differs': {
      title: {
        en: '{node}: the API server has another key for tokens than the session',
        zh: '{node}：API 服务的令牌密钥与会话中的不同',
      },
      cause: {
        en: 'jwt.key was edited, or the daemon has not read the file since it was written: tokens of other nodes are refused here.',
        zh: 'jwt.key 被改过，或者写入后服务还没有重新读取：其他节点签发的令牌在这里会被拒绝。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services', 'On {node}: systemctl restart iam-apiserver'],
        zh: [
          'iam-ha-wizard apply --stage services',
          '在 {node} 上执行：systemctl restart iam-apiserver',
        ],
      },
    },
    'api-bad-answer': {
      title: {
        en: '{node}: the API server answers a lawful request with status {status}',
        zh: '{node}：API 服务对正常请求返回状态码 {status}',
      },
      cause: { en: 'It said: {detail}', zh: '它的回答：{detail}' },
      next: {
        en: ['On {node}: tail /var/log/iam/iam-apiserver.log'],
        zh: ['在 {node} 上执行：tail /var/log/iam/iam-apiserver.log'],
      },
    },
    'daemon-redis-unreachable': {
      title: {
        en: '{node}: {daemon} does not reach Redis on {address}',
        zh: '{node}：{daemon} 连不上 {address} 上的 Redis',
      },
      cause: {
        en: 'Its /healthz says "ok" all the same. Without Redis a changed policy reaches no iam-authz-server, and audit records are lost. It recovers by itself.',
        zh: '它的 /healthz 仍然返回 ok。没有 Redis，策略变更无法送达任何 iam-authz-server，审计记录会丢失。Redis 恢复后它会自行恢复。',
      },
      next: {
        en: ['iam-ha-wizard check --stage database', 'On {node}: tail /var/log/iam/{daemon}.log'],
        zh: [
          'iam-ha-wizard check --stage database',
          '在 {node} 上执行：tail /var/log/iam/{daemon}.log',
        ],
      },
    },
    'daemon-redis-wrong-password': {
      title: {
        en: '{node}: Redis on {address} does not accept the password of {daemon}',
        zh: '{node}：{address} 上的 Redis 不接受 {daemon} 的密码',
      },
      cause: {
        en: 'Its configuration was edited, or it has not been restarted since the password changed. Its /healthz says "ok" all the same.',
        zh: '它的配置被改过，或者密码更换后还没有重启。它的 /healthz 仍然返回 ok。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services', 'On {node}: systemctl restart {daemon}'],
        zh: [
          'iam-ha-wizard apply --stage services',
          '在 {node} 上执行：systemctl restart {daemon}',
        ],
      },
    },
    'pump-redis-unreachable': {
      title: {
        en: '{node}: iam-pump cannot take its lock in Redis on {address}, though nobody holds it',
        zh: '{node}：iam-pump 无法在 {address} 的 Redis 中取得锁，而锁并没有被占用',
      },
      cause: {
        en: 'It does not reach Redis, or has a wrong password; all it says is that another pump is running. Its /healthz says "ok" all the same.',
        zh: '它连不上 Redis，或者密码不对；它只会说已有另一个 pump 在运行。它的 /healthz 仍然返回 ok。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services', 'On {node}: systemctl restart iam-pump'],
        zh: [
          'iam-ha-wizard apply --stage services',
          '在 {node} 上执行：systemctl restart iam-pump',
        ],
      },
    },
    'policy-reload-deaf': {
      title: {
        en: '{node}: the authorization server does not hear of changed policies ({count} listen on {address})',
        zh: '{node}：授权服务收不到策略变更通知（{address} 上有 {count} 个订阅者）',
      },
      cause: {
        en: 'It is not subscribed on the Redis that the other nodes use: it has another one, or lost the connection. A right that is revoked now stays allowed on this node.',
        zh: '它没有订阅其他节点所用的 Redis：连的是别的 Redis，或者连接已断开。此时撤销的权限在本节点上会继续放行。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --stage services',
          'On {node}: systemctl restart iam-authz-server',
        ],
        zh: [
          'iam-ha-wizard apply --stage services',
          '在 {node} 上执行：systemctl restart iam-authz-server',
        ],
      },
    },
    'policy-reload-failed': {
      title: {
        en: '{node}: the authorization server could not read the policies when they last changed',
        zh: '{node}：策略上次变更时，授权服务未能重新读取',
      },
      cause: {
        en: 'The database or the API server was away just then. It decides by the old policies until the next change.',
        zh: '当时数据库或 API 服务不在线。在下次变更之前，它会一直按旧策略判定。',
      },
      next: {
        en: [
          'On {data}: systemctl restart iam-ha-policy-notice (says it to every node again)',
          'Or, on {node}: systemctl restart iam-authz-server',
        ],
        zh: [
          '在 {data} 上执行：systemctl restart iam-ha-policy-notice（向所有节点重发通知）',
          '或者在 {node} 上执行：systemctl restart iam-authz-server',
        ],
      },
    },
    'audit-lock-left': {
      title: {
        en: 'no pump stores audit records: the lock of one that died is left ({count} records wait)',
        zh: '没有 pump 在保存审计记录：异常退出的 pump 留下了锁（{count} 条记录在等待）',
      },
      cause: {
        en: 'A pump that holds the lock gives it back in milliseconds. This one ends by itself in {seconds} s; until then every pump says that another one is running.',
        zh: 'pump 持有锁的时间只有几毫秒。这把锁会在 {seconds} 秒后自动失效；在此之前每个 pump 都会说已有另一个在运行。',
      },
      next: {
        en: [
          'Wait {seconds} s; nothing is lost.',
          'Or, on {node}: redis-cli --askpass DEL iam-pump',
        ],
        zh: [
          '等待 {seconds} 秒；不会丢失记录。',
          '或者在 {node} 上执行：redis-cli --askpass DEL iam-pump',
        ],
      },
    },
    'audit-not-drained': {
      title: {
        en: 'audit records pile up in Redis: {count} wait, the oldest for {seconds} s',
        zh: '审计记录堆积在 Redis 中：{count} 条在等待，最早的一条等了 {seconds} 秒',
      },
      cause: {
        en: 'No pump takes them out. They never expire: Redis’ memory fills up.',
        zh: '没有 pump 取走它们。这些记录不会过期：Redis 的内存会被占满。',
      },
      next: {
        en: ['On each node: systemctl status iam-pump; tail /var/log/iam/iam-pump.log'],
        zh: ['在每个节点上执行：systemctl status iam-pump; tail /var/log/iam/iam-pump.log'],
      },
    },
    'audit-records-empty': {
      title: {
        en: '{node}: audit records are stored empty',
        zh: '{node}：保存的审计记录是空的',
      },
      cause: {
        en: 'This iam-pump is the one of v1.6.2 as published: it cannot read what its own iam-authz-server writes, and stores a row without user, request and decision ({folder}). Those records are lost.',
        zh: '这是官方 v1.6.2 的 iam-pump：它读不懂同版本 iam-authz-server 写的内容，保存的行里没有用户、请求和判定结果（{folder}）。这些记录已经丢失。',
      },
      next: {
        en: [
          'In the cluster file: iam: { source: { go: v1.6.2 }, pumpMend: true } builds a pump with the one-line mend.',
          'iam-ha-wizard apply --stage services',
        ],
        zh: [
          '在集群文件中写 iam: { source: { go: v1.6.2 }, pumpMend: true }，会编译带一行修正的 pump。',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
