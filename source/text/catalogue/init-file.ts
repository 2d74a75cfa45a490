import type { Text } from '../catalogue.ts';

/** The comments of a cluster file that `init` writes. `⏎` is a line break. */
export const initFile = {
  'init-comment-head': {
    en: 'What iam-ha-wizard makes of your servers. Change it as you like: the next plan shows what that means.⏎Nothing secret is in it: where one is needed, env:NAME names an environment variable.',
    zh: '本向导将把服务器变成什么样。可以随意修改：下一次 plan 会显示修改的影响。⏎文件里没有任何密码：需要密码的地方用 env:变量名 指明环境变量。',
  },
  'init-comment-name': {
    en: 'The session is called so; another name is another deployment.',
    zh: '会话以此命名；换一个名字就是另一套部署。',
  },
  'init-comment-ssh': {
    en: 'How the servers are entered. What is absent here, ~/.ssh/config and the agent say. For runs without a terminal, where sudo wants a password: sudoPassword: env:NAME',
    zh: '如何登录服务器。这里没写的，以 ~/.ssh/config 和 ssh-agent 为准。无人值守运行且 sudo 需要密码时：sudoPassword: env:变量名',
  },
  'init-comment-nodes': {
    en: 'address: the private address, in the subnet of the VIP. ssh.host: how this computer reaches it, where that is different. data: the server with the databases.',
    zh: 'address：内网IP，与 VIP 在同一子网。ssh.host：本机连接它时使用的地址（如果不同）。data：放数据库的服务器。',
  },
  'init-comment-nodes-elsewhere': {
    en: 'address: the private address, in the subnet of the VIP. ssh.host: how this computer reaches it, where that is different.',
    zh: 'address：内网IP，与 VIP 在同一子网。ssh.host：本机连接它时使用的地址（如果不同）。',
  },
  'init-comment-domains': {
    en: 'nginx picks the service by these names. Clients need them in DNS, or as a Host header.',
    zh: 'Nginx 按这两个域名选择服务。客户端需要 DNS 记录，或者在请求里带上 Host 头。',
  },
  'init-comment-iam': {
    en: "Where IAM's daemons come from. Also: maxBodySize: 5m, openRegistration: false (nginx refuses sign-ups), adminPassword: env:NAME",
    zh: 'IAM 程序的来源。还可以设置：maxBodySize: 5m、openRegistration: false（由 Nginx 拒绝自助注册）、adminPassword: env:变量名',
  },
  'init-comment-databases': {
    en: 'install: on the server with data: true, where they are a single point of failure. Instead: mariadb: { host: …, adminUser: root, adminPassword: env:NAME }, redis: { host: …, password: env:NAME }',
    zh: 'install：装在 data: true 的服务器上，是单点故障。也可以使用已有的：mariadb: { host: …, adminUser: root, adminPassword: env:变量名 }，redis: { host: …, password: env:变量名 }',
  },
  'init-comment-databases-there': {
    en: 'Servers that are there already: only the schema and the user of IAM are made on them.',
    zh: '已有的数据库服务器：只在上面建 IAM 的表结构和用户。',
  },
  'init-comment-vip': {
    en: 'The virtual IP: a free address of the subnet, held by one server at a time.',
    zh: '虚拟 IP（VIP）：子网中的空闲地址，同一时间由一台服务器持有。',
  },
  'init-comment-vrid': {
    en: 'Must be the only one of that number in the subnet.',
    zh: '在子网中不能与其他 VRRP 实例重复。',
  },
  'init-comment-profile': {
    en: 'balanced, fast or lecture. With this one clients see no answer for: keepalived stopped {stopped}; nginx stopped or killed {nginx}; nginx hangs {hung}; a server lost {machine}; keepalived killed {killed}; a planned switch-over {planned}.',
    zh: 'balanced（均衡）、fast（快速）或 lecture（讲义）。当前选择下客户端得不到应答的时间：keepalived 停止 {stopped}；Nginx 停止或被杀死 {nginx}；Nginx 卡死 {hung}；服务器断网 {machine}；keepalived 被杀死 {killed}；计划内切换 {planned}。',
  },
  'init-comment-firewall': {
    en: 'nodes-only: databases and services for the nodes alone. none: leave every firewall alone.',
    zh: 'nodes-only：数据库和服务的端口仅供节点之间访问。none：不改动任何防火墙。',
  },
  'init-comment-alerts': {
    en: 'Who is told when the VIP moves: wecom, dingtalk, feishu, slack, webhook, email.',
    zh: 'VIP 漂移时通知谁：wecom（企业微信）、dingtalk（钉钉）、feishu（飞书）、slack、webhook、email。',
  },
  'init-comment-no-alerts': {
    en: 'Who is told when the VIP moves: wecom, dingtalk, feishu, slack, webhook, email. For example:',
    zh: 'VIP 漂移时通知谁：wecom（企业微信）、dingtalk（钉钉）、feishu（飞书）、slack、webhook、email。例如：',
  },
} as const satisfies Readonly<Record<string, Text>>;
