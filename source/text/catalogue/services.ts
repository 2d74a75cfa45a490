import type { CatalogueArea } from '../catalogue.ts';

/** IAM's daemons: health, tokens. */
export const services = {
  messages: {
    'service-answers': {
      en: '{node}: {daemon} answers /healthz',
      zh: '{node}：{daemon} 的 /healthz 有应答',
    },
    'check-service-health': {
      en: '{node}: {daemon} answers /healthz to every node',
      zh: '{node}：{daemon} 对每个节点都应答 /healthz',
    },
    'service-healthy': {
      en: '{daemon} of {node} answers, asked from {count} nodes',
      zh: '从 {count} 个节点访问，{node} 的 {daemon} 都有应答',
    },
    'check-token': {
      en: 'a token issued by {node} is accepted by every node',
      zh: '{node} 签发的令牌，每个节点都接受',
    },
    'token-accepted': {
      en: 'a token of {node} is accepted by {count} nodes',
      zh: '{node} 签发的令牌被 {count} 个节点接受',
    },
    'admin-password-unknown': {
      en: 'the administrator’s published password is no longer in force on {node}, and we do not know another',
      zh: '{node} 上管理员的公开默认密码已失效，而我们不知道新密码',
    },
    'check-token-key': {
      en: '{node}: tokens that anybody could forge are refused',
      zh: '{node}：任何人都能伪造的令牌会被拒绝',
    },
    'token-key-secret': {
      en: '{node} refuses tokens signed with no key and with the published one',
      zh: '{node} 拒绝用空密钥和公开默认密钥签名的令牌',
    },
  },
  problems: {
    'backend-down': {
      title: { en: '{node}: {unit} is not running', zh: '{node}：{unit} 没有运行' },
      cause: {
        en: 'Somebody stopped it, or it cannot start: a database that is away, a taken port, an unreadable file. The other nodes serve meanwhile.',
        zh: '有人停止了它，或者它无法启动：数据库连不上、端口被占用、文件不可读。其间由其他节点提供服务。',
      },
      next: {
        en: [
          'On {node}: systemctl status {unit}; tail /var/log/iam/{unit}.log',
          'iam-ha-wizard apply --stage services',
        ],
        zh: [
          '在 {node} 上执行：systemctl status {unit}; tail /var/log/iam/{unit}.log',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'backend-not-drained': {
      title: {
        en: '{node}: nginx could not be told to leave a backend out before its restart',
        zh: '{node}：重启后端之前，无法让 nginx 先停用它',
      },
      cause: {
        en: 'nginx refuses its configuration or a reload. Nothing was restarted, and the backend is in use as before.',
        zh: 'nginx 拒绝了当前配置或重新加载。没有重启任何服务，后端照常使用。',
      },
      next: {
        en: ['On {node}: nginx -t; journalctl -u nginx -n 30', 'iam-ha-wizard apply'],
        zh: ['在 {node} 上执行：nginx -t; journalctl -u nginx -n 30', 'iam-ha-wizard apply'],
      },
    },
    'service-no-answer': {
      title: {
        en: '{node}: {daemon} does not answer on port {port}',
        zh: '{node}：{daemon} 在端口 {port} 上没有应答',
      },
      cause: {
        en: 'It is still starting, it waits for something (iam-authz-server waits for the API server of its own node without a word), or it hangs.',
        zh: '它还在启动，或在等待什么（iam-authz-server 会不声不响地等待本节点的 API 服务），或者卡住了。',
      },
      next: {
        en: ['On {node}: tail /var/log/iam/{daemon}.log; journalctl -u {daemon} -n 50'],
        zh: ['在 {node} 上执行：tail /var/log/iam/{daemon}.log; journalctl -u {daemon} -n 50'],
      },
    },
    'service-bad-answer': {
      title: {
        en: '{node}: what answers on port {port} is not a healthy {daemon}',
        zh: '{node}：端口 {port} 上应答的不是正常的 {daemon}',
      },
      cause: {
        en: 'Another program has the port, or the daemon is broken. It said: {detail}',
        zh: '端口被其他程序占用，或者服务已损坏。回答：{detail}',
      },
      next: {
        en: ['On {node}: ss -ltnp "( sport = :{port} )"'],
        zh: ['在 {node} 上执行：ss -ltnp "( sport = :{port} )"'],
      },
    },
    'service-local-only': {
      title: {
        en: '{node}: {daemon} answers itself, but {address} refuses {from}',
        zh: '{node}：{daemon} 本机有应答，但 {address} 拒绝 {from}',
      },
      cause: {
        en: 'It listens on 127.0.0.1 only, or a firewall refuses the peer.',
        zh: '它只监听 127.0.0.1，或者防火墙拒绝了对端设备。',
      },
      next: {
        en: ['On {node}: ss -ltnp "( sport = :{port} )"', 'iam-ha-wizard apply --stage services'],
        zh: [
          '在 {node} 上执行：ss -ltnp "( sport = :{port} )"',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'service-blocked': {
      title: {
        en: '{node}: {daemon} answers itself, but {from} gets no answer from {address}',
        zh: '{node}：{daemon} 本机有应答，但 {from} 访问 {address} 没有应答',
      },
      cause: {
        en: 'A firewall or security group between the nodes drops the packets.',
        zh: '节点之间的防火墙或安全组丢弃了数据包。',
      },
      next: {
        en: ['Allow TCP {port} on {node} from the nodes’ private addresses.'],
        zh: ['在 {node} 上允许各节点内网地址访问 TCP {port}。'],
      },
    },
    'admin-login-failed': {
      title: {
        en: '{node}: the log-in as administrator failed with status {status}',
        zh: '{node}：管理员登录失败，状态码 {status}',
      },
      cause: {
        en: 'The API server is ill, or 0: it did not answer at all.',
        zh: 'API 服务不正常；状态码 0 表示完全没有应答。',
      },
      next: {
        en: ['On {node}: tail /var/log/iam/iam-apiserver.log'],
        zh: ['在 {node} 上执行：tail /var/log/iam/iam-apiserver.log'],
      },
    },
    'token-refused': {
      title: {
        en: '{node} refuses a token that {issuer} issued',
        zh: '{node} 拒绝 {issuer} 签发的令牌',
      },
      cause: {
        en: 'The two API servers run with different keys (jwt.key), or their clocks are far apart.',
        zh: '两个 API 服务的密钥（jwt.key）不同，或者时钟相差很大。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services', 'On {node}: timedatectl'],
        zh: ['iam-ha-wizard apply --stage services', '在 {node} 上执行：timedatectl'],
      },
    },
    'token-not-tried': {
      title: {
        en: '{node}: no proper answer to a token of {issuer} (status {status})',
        zh: '{node}：对 {issuer} 签发的令牌没有正常应答（状态码 {status}）',
      },
      cause: {
        en: 'Its API server is away, or cannot ask the database.',
        zh: '它的 API 服务不在线，或者无法访问数据库。',
      },
      next: {
        en: ['On {node}: tail /var/log/iam/iam-apiserver.log'],
        zh: ['在 {node} 上执行：tail /var/log/iam/iam-apiserver.log'],
      },
    },
    'token-key-guessable': {
      title: {
        en: '{node}: the API server accepts a token signed with a key that anybody knows ({guess})',
        zh: '{node}：API 服务接受用公开密钥签名的令牌（{guess}）',
      },
      cause: {
        en: 'jwt.key is empty or IAM’s public default: anybody can be administrator.',
        zh: 'jwt.key 为空，或者是 IAM 公开的默认值：任何人都能成为管理员。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services'],
        zh: ['iam-ha-wizard apply --stage services'],
      },
    },
    'token-key-not-tried': {
      title: {
        en: '{node}: the API server did not answer the forged token',
        zh: '{node}：API 服务没有应答伪造的令牌',
      },
      cause: {
        en: 'It is not running, or hangs.',
        zh: '它没有运行，或者卡住了。',
      },
      next: {
        en: ['On {node}: systemctl status iam-apiserver'],
        zh: ['在 {node} 上执行：systemctl status iam-apiserver'],
      },
    },
  },
} as const satisfies CatalogueArea;
