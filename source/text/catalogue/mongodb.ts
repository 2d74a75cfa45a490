import type { CatalogueArea } from '../catalogue.ts';

/** MongoDB, where the audit records go to it, and its stand-in in the lab. */
export const mongodb = {
  messages: {
    'check-mongodb-server': {
      en: 'every node reaches MongoDB at {address}',
      zh: '各节点都能连上 MongoDB（{address}）',
    },
    'mongodb-reached': {
      en: '{address} answers {count} nodes',
      zh: '{address} 应答了 {count} 个节点',
    },
    'check-mongodb-login': {
      en: '{node}: the pump’s account can log in to MongoDB at {address} and write',
      zh: '{node}：pump 的账号能登录 MongoDB（{address}）并写入',
    },
    'mongodb-login-ok': {
      en: '{account} from {from}: in {database}, MongoDB {version}',
      zh: '{account} 从 {from} 登录成功：{database}，MongoDB {version}',
    },
    'mongodb-login-stand-in': {
      en: '{account} from {from}: in {database} of a STAND-IN for MongoDB, not MongoDB',
      zh: '{account} 从 {from} 登录成功：{database}，这是 MongoDB 的替身（STAND-IN），不是 MongoDB',
    },
    'check-audit-mongodb': {
      en: 'the audit records in MongoDB ({where}) are whole',
      zh: 'MongoDB 中的审计记录（{where}）是完整的',
    },
    'audit-no-record-in-mongodb': {
      en: 'no record in {where} since the pumps began: nothing is proven',
      zh: 'pump 启动以来 {where} 中还没有记录：尚无法证明',
    },
    'audit-record-in-mongodb': {
      en: 'the last record in {where}, {seconds} s ago, is whole',
      zh: '{where} 中最近一条记录（{seconds} 秒前）是完整的',
    },
    'audit-record-in-stand-in': {
      en: 'the last record in {where}, {seconds} s ago, is whole (in a STAND-IN for MongoDB)',
      zh: '{where} 中最近一条记录（{seconds} 秒前）是完整的（存于 MongoDB 的替身 STAND-IN）',
    },
    'check-audit-writes': {
      en: '{node}: what the pump takes out of Redis reaches MongoDB',
      zh: '{node}：pump 从 Redis 取走的记录到达了 MongoDB',
    },
    'audit-writes-ok': {
      en: 'the last that the pump of {node} wrote was not refused',
      zh: '{node} 的 pump 最近一次写入没有出错',
    },
    'audit-writes-none': {
      en: 'the pump of {node} has written nothing yet',
      zh: '{node} 的 pump 还没有写入过',
    },
    'summary-mongodb-stand-in': {
      en: 'STAND-IN for MongoDB: a small program that speaks the driver’s old protocol. This proves the path of the audit records, not MongoDB.',
      zh: 'MongoDB 的替身（STAND-IN）：一个只会说驱动旧协议的小程序，证明的是审计记录的通路，而不是 MongoDB 本身。',
    },
    'mongodb-account-make': {
      en: 'MongoDB: the account {account} of {database}, which may read and write there and nothing else',
      zh: 'MongoDB：{database} 的账号 {account}，只能读写该库',
    },
    'mongodb-account-there': {
      en: 'the account logs in',
      zh: '账号可以登录',
    },
  },
  problems: {
    'mongodb-not-packaged': {
      title: {
        en: '{node}: {platform} has no MongoDB that IAM can write to',
        zh: '{node}：{platform} 没有 IAM 能写入的 MongoDB',
      },
      cause: {
        en: 'databases.mongodb: install takes what the distribution ships. IAM’s driver of 2019 speaks to MongoDB 3.0 to 5.0 only, and {platform} packages none of them.',
        zh: 'databases.mongodb: install 使用发行版自带的软件包。IAM 用的 2019 年的驱动只支持 MongoDB 3.0 至 5.0，而 {platform} 一个都没有打包。',
      },
      next: {
        en: [
          'mongodb: none (the audit records then go to CSV files on the nodes)',
          'or one that you run: mongodb: { host: 10.0.4.30, database: iam_audit, user: iam, password: env:MONGODB_PASSWORD }',
        ],
        zh: [
          'mongodb: none（审计记录会写入各节点上的 CSV 文件）',
          '或者使用自己的服务器：mongodb: { host: 10.0.4.30, database: iam_audit, user: iam, password: env:MONGODB_PASSWORD }',
        ],
      },
    },
    'mongodb-not-listening': {
      title: {
        en: '{node}: nothing listens on {address}, where MongoDB should be',
        zh: '{node}：{address} 上没有程序监听，那里应该是 MongoDB',
      },
      cause: {
        en: 'MongoDB is stopped, or bound to other addresses only. A pump that runs loses to MongoDB what it takes out of Redis meanwhile (its CSV files keep it); one that starts waits, and the records wait in Redis.',
        zh: 'MongoDB 已停止，或者只绑定了其他地址。运行中的 pump 此时从 Redis 取走的记录不会进入 MongoDB（它的 CSV 文件里还有）；正在启动的 pump 会一直等待，记录留在 Redis 中。',
      },
      next: {
        en: [
          'On the server: systemctl status mongod; ss -ltn "( sport = :{port} )"',
          'In its configuration: net.bindIp must name the address that the nodes use.',
          'The pumps go on by themselves when it is back.',
        ],
        zh: [
          '在服务器上执行：systemctl status mongod; ss -ltn "( sport = :{port} )"',
          '其配置中的 net.bindIp 必须包含各节点使用的地址。',
          '恢复后各 pump 会自行继续。',
        ],
      },
    },
    'mongodb-blocked': {
      title: {
        en: '{node}: no answer from MongoDB at {address} to {from}',
        zh: '{node}：{from} 连接 MongoDB（{address}）没有应答',
      },
      cause: {
        en: 'A firewall or security group drops the packets, the address is another one or its name is not known there, the machine is away, or MongoDB hangs.',
        zh: '防火墙或安全组丢弃了数据包，地址不对或主机名无法解析，那台机器不在线，或者 MongoDB 已无响应。',
      },
      next: {
        en: [
          'Allow TCP {port} there from the nodes’ private addresses.',
          'Check databases.mongodb in the cluster file.',
        ],
        zh: ['在那里允许各节点的内网地址访问 TCP {port}。', '检查集群文件中的 databases.mongodb。'],
      },
    },
    'mongodb-wrong-password': {
      title: {
        en: '{node}: MongoDB at {address} does not let {account} in',
        zh: '{node}：MongoDB（{address}）不允许 {account} 登录',
      },
      cause: {
        en: 'The password is another one, or {database} has no account {account}: MongoDB does not say which. An account belongs to the database in which it was made, and IAM looks for it in {database}.',
        zh: '密码不对，或者 {database} 中没有账号 {account}：MongoDB 不会说明是哪一种。账号属于创建它的那个库，IAM 在 {database} 中查找。',
      },
      next: {
        en: [
          'Check databases.mongodb.password in the cluster file and its variable.',
          'On the server: use {database}; db.getUser("{account}")',
          'If there is none: db.createUser({ user: "{account}", pwd: passwordPrompt(), roles: ["readWrite"] })',
        ],
        zh: [
          '检查集群文件中的 databases.mongodb.password 及其环境变量。',
          '在服务器上执行：use {database}; db.getUser("{account}")',
          '如果没有：db.createUser({ user: "{account}", pwd: passwordPrompt(), roles: ["readWrite"] })',
        ],
      },
    },
    'mongodb-login-refused': {
      title: {
        en: '{node}: MongoDB at {address} refuses the log-in of {account}',
        zh: '{node}：MongoDB（{address}）拒绝了 {account} 的登录',
      },
      cause: {
        en: 'MongoDB said: {detail}. IAM’s driver logs in by SCRAM-SHA-1 only, without TLS.',
        zh: 'MongoDB 的回答：{detail}。IAM 的驱动只用 SCRAM-SHA-1 登录，不使用 TLS。',
      },
      next: {
        en: [
          'On the server: setParameter.authenticationMechanisms must have SCRAM-SHA-1, and the account must have been made with it.',
        ],
        zh: [
          '在服务器上：setParameter.authenticationMechanisms 必须包含 SCRAM-SHA-1，并且账号创建时启用了它。',
        ],
      },
    },
    'mongodb-not-allowed': {
      title: {
        en: '{node}: MongoDB at {address} does not allow {account} to do its work in {database}: {missing}',
        zh: '{node}：MongoDB（{address}）不允许 {account} 在 {database} 中操作：{missing}',
      },
      cause: {
        en: 'The log-in succeeds, but the account’s roles do not cover that. The pump would lose every record.',
        zh: '登录成功，但账号的角色不包含这些操作。pump 会丢失每一条记录。',
      },
      next: {
        en: ['On the server: use {database}; db.grantRolesToUser("{account}", ["readWrite"])'],
        zh: ['在服务器上执行：use {database}; db.grantRolesToUser("{account}", ["readWrite"])'],
      },
    },
    'mongodb-too-new': {
      title: {
        en: '{node}: MongoDB {version} at {address} is too new for IAM',
        zh: '{node}：MongoDB {version}（{address}）对 IAM 来说太新',
      },
      cause: {
        en: 'IAM’s driver of 2019 speaks OP_QUERY, which MongoDB refuses from 5.1 on: the pump could not even log in.',
        zh: 'IAM 用的 2019 年的驱动使用 OP_QUERY，MongoDB 5.1 起拒绝它：pump 连登录都做不到。',
      },
      next: {
        en: [
          'Use MongoDB 3.0 to 5.0.',
          'Or mongodb: none (the audit records then go to CSV files on the nodes).',
        ],
        zh: [
          '使用 MongoDB 3.0 至 5.0。',
          '或者 mongodb: none（审计记录会写入各节点上的 CSV 文件）。',
        ],
      },
    },
    'mongodb-too-old': {
      title: {
        en: '{node}: MongoDB {version} at {address} is too old',
        zh: '{node}：MongoDB {version}（{address}）太旧',
      },
      cause: {
        en: 'Before 3.0 it has no SCRAM-SHA-1.',
        zh: '3.0 之前的版本没有 SCRAM-SHA-1。',
      },
      next: { en: ['Use MongoDB 3.0 to 5.0.'], zh: ['使用 MongoDB 3.0 至 5.0。'] },
    },
    'mongodb-not-mongodb': {
      title: {
        en: '{node}: what listens on {address} does not speak as MongoDB does',
        zh: '{node}：{address} 上的程序不是 MongoDB',
      },
      cause: {
        en: 'Another program has the port, or the server wants TLS, which IAM’s configuration does not use.',
        zh: '端口被别的程序占用，或者服务器要求 TLS，而 IAM 的配置不使用它。',
      },
      next: {
        en: [
          'On the server: ss -ltnp "( sport = :{port} )"',
          'Check databases.mongodb in the cluster file.',
        ],
        zh: [
          '在服务器上执行：ss -ltnp "( sport = :{port} )"',
          '检查集群文件中的 databases.mongodb。',
        ],
      },
    },
    'audit-not-in-mongodb': {
      title: {
        en: '{node}: the last audit records did not reach MongoDB',
        zh: '{node}：最近的审计记录没有到达 MongoDB',
      },
      cause: {
        en: 'The pump took them out of Redis and could not store them: {detail}. It does not try again. They are in the files under {folder} on {node}; new records go to MongoDB again as soon as it answers.',
        zh: 'pump 已从 Redis 取走它们，但没能保存：{detail}。它不会重试。这些记录在 {node} 的 {folder} 下的文件中；MongoDB 恢复后新的记录会继续写入。',
      },
      next: {
        en: [
          'iam-ha-wizard check --stage database',
          'If MongoDB must have them: take them from {folder} on {node}.',
        ],
        zh: [
          'iam-ha-wizard check --stage database',
          '如果 MongoDB 中必须有：从 {node} 的 {folder} 取。',
        ],
      },
    },
    'mongodb-account-denied': {
      title: {
        en: '{node}: MongoDB has accounts already, and none that this session may use',
        zh: '{node}：MongoDB 中已有账号，但没有本会话可用的',
      },
      cause: {
        en: 'Somebody else, or another session, set it up. What is theirs is not touched.',
        zh: '它由他人或另一个会话建立。别人的东西不会被改动。',
      },
      next: {
        en: [
          'Make an account there yourself: use iam_audit; db.createUser({ user: "iam", pwd: passwordPrompt(), roles: ["readWrite"] })',
          'Then in the cluster file: mongodb: { host: 10.0.4.20, database: iam_audit, user: iam, password: env:MONGODB_PASSWORD }',
        ],
        zh: [
          '自行创建账号：use iam_audit; db.createUser({ user: "iam", pwd: passwordPrompt(), roles: ["readWrite"] })',
          '然后在集群文件中写：mongodb: { host: 10.0.4.20, database: iam_audit, user: iam, password: env:MONGODB_PASSWORD }',
        ],
      },
    },
    'mongodb-account-missing': {
      title: {
        en: '{node}: MongoDB has no account {account}',
        zh: '{node}：MongoDB 中没有账号 {account}',
      },
      cause: {
        en: 'It was never made, or somebody removed it.',
        zh: '账号从未创建，或者被人删除了。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage database'],
        zh: ['iam-ha-wizard apply --stage database'],
      },
    },
  },
} as const satisfies CatalogueArea;
