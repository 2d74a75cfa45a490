import type { Text } from '../catalogue.ts';

/** The questions: what is asked, why, what is offered and why, and what can be chosen. */
export const initQuestions = {
  'init-ask-name': { en: 'A name for this deployment', zh: '给这套部署起个名字' },
  'init-why-name': {
    en: 'Its session on this computer is called so: journal, generated passwords, report.',
    zh: '本机上的会话以它命名，里面有操作日志、生成的密码和报告。',
  },
  'init-because-name': {
    en: 'no session has this name yet',
    zh: '还没有会话使用这个名字',
  },
  'init-row-name': { en: 'Name', zh: '名称' },

  'init-ask-nodes': {
    en: 'The servers, as you reach them over SSH (two or more)',
    zh: '服务器地址，即您用 SSH 连接时使用的地址（两台或更多）',
  },
  'init-why-nodes': {
    en: 'Addresses or names, with blanks between them; [USER@]HOST[:PORT] if need be. Their private addresses are looked up.',
    zh: '填 IP 地址或名字，用空格隔开；需要时写成 [用户@]主机[:端口]。内网IP会自动查出。',
  },
  'init-row-nodes': { en: 'Servers', zh: '服务器' },

  'init-ask-login': { en: 'The user to log in as', zh: '登录用户' },
  'init-why-login': {
    en: 'root, or a user who may use sudo. If sudo wants a password, it is asked for and not kept.',
    zh: 'root，或者可以使用 sudo 的用户。如果 sudo 需要密码，会当场询问，不会保存。',
  },
  'init-because-login-root': {
    en: "ssh's configuration names no other user",
    zh: 'ssh 配置里没有指定其他用户',
  },
  'init-because-login-config': {
    en: "ssh's configuration says so",
    zh: '来自 ssh 配置',
  },
  'init-row-login': { en: 'Log in as', zh: '登录用户' },

  'init-ask-key': {
    en: 'Private key file to log in with (empty: a password)',
    zh: '登录用的私钥文件（留空：用密码登录）',
  },
  'init-why-key': {
    en: "ssh's own keys and agent did not open the door. A password is asked for at every run and never kept: a key is better.",
    zh: 'ssh 默认的密钥和 ssh-agent 都没能登录。密码每次运行都要输入，不会保存：最好使用密钥。',
  },
  'init-because-key': { en: "ssh's own keys and agent", zh: 'ssh 默认的密钥和 ssh-agent' },
  'init-row-key': { en: 'Private key', zh: '私钥' },

  'init-ask-vip': {
    en: 'The virtual IP (VIP): the one address that survives either server',
    zh: '虚拟 IP（VIP）：任何一台服务器故障时仍然可用的地址',
  },
  'init-why-vip': {
    en: "A free address of the servers' own subnet. It moves from one server to another.",
    zh: '服务器所在子网中的一个空闲地址，它会在服务器之间漂移。',
  },
  'init-because-vip': {
    en: "{node}'s {nic} is in {subnet}; {address} answers no ARP",
    zh: '{node} 的 {nic} 在 {subnet} 中；{address} 没有 ARP 应答',
  },
  'init-row-vip': { en: 'VIP', zh: 'VIP' },

  'init-ask-data': { en: 'Where are the databases?', zh: '数据库放在哪里？' },
  'init-why-data': {
    en: 'MariaDB and Redis. On one server they are a single point of failure: a managed pair is better.',
    zh: 'MariaDB 和 Redis。放在一台服务器上是单点故障，使用托管的数据库更好。',
  },
  'init-because-data-first': { en: 'the first server', zh: '第一台服务器' },
  'init-because-data-running': {
    en: '{daemons} on {node} already',
    zh: '{node} 上已有 {daemons}',
  },
  'init-row-data': { en: 'Databases', zh: '数据库' },
  'init-choice-node': { en: 'On {name}', zh: '在 {name} 上' },
  'init-about-node-bare': { en: '{address}: installed there', zh: '{address}：在上面安装' },
  'init-about-node-running': {
    en: '{address}: {daemons} running there',
    zh: '{address}：已运行 {daemons}',
  },
  'init-choice-elsewhere': { en: 'Elsewhere', zh: '在别处' },
  'init-about-elsewhere': {
    en: 'servers that are there already',
    zh: '已有的数据库服务器',
  },

  'init-ask-mariadb': { en: 'MariaDB or MySQL: HOST[:PORT]', zh: 'MariaDB 或 MySQL：主机[:端口]' },
  'init-why-mariadb': {
    en: 'As the servers reach it. Schema and user of IAM are made there.',
    zh: '服务器访问它时使用的地址。IAM 的表结构和用户会建在上面。',
  },
  'init-row-mariadb': { en: 'MariaDB', zh: 'MariaDB' },
  'init-ask-mariadbadmin': {
    en: 'Its administrator',
    zh: '它的管理员用户',
  },
  'init-why-mariadbadmin': {
    en: 'May create a database and users. The password is read from $IAM_DB_ADMIN_PASSWORD.',
    zh: '要能够创建数据库和用户。密码从环境变量 $IAM_DB_ADMIN_PASSWORD 读取。',
  },
  'init-because-mariadb-admin': { en: 'the usual one', zh: '通常是它' },
  'init-row-mariadbadmin': { en: 'Administrator', zh: '管理员' },
  'init-ask-redis': { en: 'Redis: HOST[:PORT]', zh: 'Redis：主机[:端口]' },
  'init-why-redis': {
    en: 'As the servers reach it. The password is read from $IAM_REDIS_PASSWORD (empty: none).',
    zh: '服务器访问它时使用的地址。密码从环境变量 $IAM_REDIS_PASSWORD 读取（空表示没有）。',
  },
  'init-row-redis': { en: 'Redis', zh: 'Redis' },

  'init-ask-api': {
    en: "The domain of IAM's API server",
    zh: 'IAM API 服务器的域名',
  },
  'init-why-api': {
    en: 'nginx tells the services apart by name. It need not be in any DNS yet. A second one, for the authorization server, follows from it.',
    zh: 'Nginx 按域名区分服务，现在还不需要有 DNS 记录。授权服务器的域名由它推出。',
  },
  'init-because-api': { en: "the lecture's", zh: '讲义中的域名' },
  'init-row-api': { en: 'Domain, API', zh: 'API 域名' },
  'init-ask-authz': {
    en: 'The domain of the authorization server',
    zh: '授权服务器的域名',
  },
  'init-why-authz': {
    en: 'Another name than that of the API server: it leads to another service.',
    zh: '不能与 API 服务器的域名相同：它指向另一个服务。',
  },
  'init-because-authz': { en: 'follows from {api}', zh: '由 {api} 推出' },
  'init-row-authz': { en: 'Domain, authz', zh: '授权域名' },

  'init-ask-source': { en: 'Where does IAM itself come from?', zh: 'IAM 程序从哪里来？' },
  'init-why-source': {
    en: 'Three daemons: iam-apiserver, iam-authz-server, iam-pump. They are built here, or you have them.',
    zh: '三个服务：iam-apiserver、iam-authz-server、iam-pump。可以在本机构建，也可以用现成的。',
  },
  'init-because-go': {
    en: 'Go {go} is on this computer',
    zh: '本机有 Go {go}',
  },
  'init-because-no-go': {
    en: 'this computer has no Go to build it with',
    zh: '本机没有可用于构建的 Go',
  },
  'init-row-source': { en: 'IAM', zh: 'IAM' },
  'init-choice-go': { en: 'IAM {version}, built here', zh: '在本机构建 IAM {version}' },
  'init-about-go': { en: 'with Go {go}', zh: '使用 Go {go}' },
  'init-choice-directory': { en: 'A folder', zh: '一个目录' },
  'init-about-directory': {
    en: 'with the three binaries in it',
    zh: '里面有三个可执行文件',
  },
  'init-choice-archive': { en: 'An archive', zh: '一个压缩包' },
  'init-about-archive': {
    en: '.tar.gz, a file or an https address',
    zh: '.tar.gz，文件或 https 地址',
  },
  'init-ask-sourcepath': { en: 'Its path', zh: '它的路径' },
  'init-why-sourcepath': {
    en: "On this computer; from the cluster file's folder if it does not begin with /.",
    zh: '本机上的路径；不以 / 开头时，从集群文件所在目录算起。',
  },
  'init-row-sourcepath': { en: 'IAM, path', zh: 'IAM 路径' },
  'init-ask-sha256': { en: 'Its SHA-256', zh: '它的 SHA-256' },
  'init-why-sha256': {
    en: '64 hexadecimal digits, as sha256sum prints them: what lands on the servers is that.',
    zh: 'sha256sum 输出的 64 位十六进制数：保证装到服务器上的就是它。',
  },
  'init-row-sha256': { en: 'SHA-256', zh: 'SHA-256' },

  'init-ask-profile': {
    en: 'How quick should a failover be?',
    zh: '故障切换要多快？',
  },
  'init-why-profile': {
    en: 'What each costs when something fails, by the arithmetic of its timers.',
    zh: '各方案在故障时的代价，由其定时器推算得出。',
  },
  'init-because-profile': {
    en: "the lecture's protocol, and a stop of nginx seen at once",
    zh: '沿用讲义的协议，并立即发现 Nginx 停止',
  },
  'init-row-profile': { en: 'Failover', zh: '故障切换' },
  'init-choice-balanced': { en: 'balanced', zh: '均衡' },
  'init-choice-fast': { en: 'fast', zh: '快速' },
  'init-choice-lecture': { en: 'lecture', zh: '讲义' },
  'init-cost': { en: '{range}', zh: '{range}' },
  'init-cost-what': { en: 'no answer for clients', zh: '客户端得不到应答' },
  'init-cost-keepalived-stopped': { en: 'keepalived stopped', zh: 'keepalived 停止' },
  'init-cost-nginx-stopped': { en: 'nginx stopped or killed', zh: 'Nginx 停止或被杀死' },
  'init-cost-nginx-hung': { en: 'nginx hangs', zh: 'Nginx 卡死' },
  'init-cost-node-unplugged': { en: 'server lost', zh: '服务器断网' },
  'init-cost-keepalived-killed': { en: 'keepalived killed', zh: 'keepalived 被杀死' },
  'init-cost-switch-over': { en: 'planned switch-over', zh: '计划内切换' },

  'init-ask-firewall': { en: 'Who may reach the services?', zh: '谁可以访问各个服务？' },
  'init-why-firewall': {
    en: 'MariaDB, Redis and the ports of IAM are for the nodes alone; port 80 is for clients.',
    zh: 'MariaDB、Redis 和 IAM 的端口只供节点之间使用；80 端口供客户端使用。',
  },
  'init-because-firewall': { en: 'as it should be', zh: '理应如此' },
  'init-row-firewall': { en: 'Firewall', zh: '防火墙' },
  'init-choice-nodes-only': { en: 'The nodes only', zh: '仅限节点' },
  'init-about-nodes-only': {
    en: 'a table of our own, or firewalld, ufw',
    zh: '使用自己的规则表，或 firewalld、ufw',
  },
  'init-choice-leave': { en: 'Leave it alone', zh: '不改动防火墙' },
  'init-about-leave': {
    en: 'you see to it, as in a security group',
    zh: '由您自己负责，例如用安全组',
  },

  'init-ask-adminpassword': {
    en: "The password of IAM's administrator",
    zh: 'IAM 管理员的密码',
  },
  'init-why-adminpassword': {
    en: 'IAM comes with one that is printed in its documentation.',
    zh: 'IAM 自带的初始密码印在文档里。',
  },
  'init-because-admin-password': {
    en: 'a password that nobody knows; one that you have set yourself stays',
    zh: '无人知晓的密码；如果您自己改过密码，则保留',
  },
  'init-row-adminpassword': { en: "Administrator's password", zh: '管理员密码' },
  'init-choice-generate': { en: 'Generated', zh: '自动生成' },
  'init-about-generate': {
    en: 'where the schema is ours; else kept',
    zh: '表结构由本向导导入时生成，否则保留',
  },
  'init-choice-env': { en: 'My own', zh: '自己指定' },
  'init-about-env': {
    en: 'from $IAM_ADMIN_PASSWORD',
    zh: '取自环境变量 $IAM_ADMIN_PASSWORD',
  },
  'init-choice-keep': { en: 'Keep it as it is', zh: '保持不变' },
  'init-about-keep': {
    en: 'the published one, if nobody changed it',
    zh: '如果没人改过，就是文档里的那个',
  },

  'init-ask-alerts': { en: 'Who is told when the VIP moves?', zh: 'VIP 漂移时通知谁？' },
  'init-why-alerts': {
    en: "The webhook's address is its password: it is read from $IAM_ALERT_URL.",
    zh: 'Webhook 的地址就是它的密码，从环境变量 $IAM_ALERT_URL 读取。',
  },
  'init-because-alerts': {
    en: 'nobody; can be added at any time',
    zh: '不通知；以后随时可以加上',
  },
  'init-row-alerts': { en: 'Alerts', zh: '告警' },
  'init-choice-none': { en: 'Nobody', zh: '不通知' },
  'init-choice-wecom': { en: 'WeCom', zh: '企业微信' },
  'init-choice-dingtalk': { en: 'DingTalk', zh: '钉钉' },
  'init-choice-feishu': { en: 'Feishu', zh: '飞书' },
  'init-choice-slack': { en: 'Slack', zh: 'Slack' },
  'init-choice-webhook': { en: 'Another webhook', zh: '其他 Webhook' },

  'init-because-before': { en: 'the file says so now', zh: '文件里现在就是这样' },
  'init-because-answered': { en: 'your answer', zh: '您的回答' },

  'init-note-session': {
    en: 'There is a session {name} on this computer already: this file goes on with it.',
    zh: '本机已有会话 {name}：这个文件会接着使用它。',
  },
  'init-note-other': {
    en: '{node} was set up by the session {other}: under another name a plan is refused unless you say --adopt.',
    zh: '{node} 是由会话 {other} 部署的：换一个名字时，除非加上 --adopt，否则计划会被拒绝。',
  },
  'init-note-alerts': {
    en: 'Before a plan, ${variable} must hold the webhook’s address.',
    zh: '执行计划前，${variable} 中要有 Webhook 的地址。',
  },
} as const satisfies Readonly<Record<string, Text>>;
