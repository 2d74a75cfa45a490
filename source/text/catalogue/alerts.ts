import type { CatalogueArea } from '../catalogue.ts';

/** Alerts when a node's VRRP state changes. */
export const alerts = {
  messages: {
    'check-alerts': {
      en: '{node}: alerts can be sent, and the last ones were taken',
      zh: '{node}：告警可以发送，最近的告警已被接收方接受',
    },
    'alerts-ready': {
      en: 'ready, {count} receivers; nothing was sent since they were last changed',
      zh: '就绪，{count} 个接收方；自上次修改配置以来还没有发送过',
    },
    'alerts-delivered': { en: 'taken by {receivers}', zh: '已被接受：{receivers}' },
  },
  problems: {
    'alerts-not-watched': {
      title: {
        en: '{node}: nobody watches for changes of state: {unit} does not run',
        zh: '{node}：{unit} 未运行，状态变化不会触发告警',
      },
      cause: {
        en: 'Likely because somebody stopped it. The VIP still moves; nobody is told.',
        zh: '可能被人停止。VIP 仍会漂移，但不会通知任何人。',
      },
      next: {
        en: ['On {node}: systemctl status {unit}', 'iam-ha-wizard apply'],
        zh: ['在 {node} 上执行：systemctl status {unit}', 'iam-ha-wizard apply'],
      },
    },
    'alerts-no-curl': {
      title: {
        en: '{node}: curl is missing, no alert can be sent',
        zh: '{node}：缺少 curl，无法发送告警',
      },
      cause: { en: 'Likely because it was removed.', zh: '可能已被卸载。' },
      next: { en: ['iam-ha-wizard apply'], zh: ['iam-ha-wizard apply'] },
    },
    'alerts-config-unreadable': {
      title: {
        en: '{node}: the user {user} cannot read {path}, no alert can be sent',
        zh: '{node}：用户 {user} 无法读取 {path}，无法发送告警',
      },
      cause: {
        en: 'Likely because its mode or owner, or that of its folder, was changed.',
        zh: '可能是该文件或其目录的权限、属主被改动。',
      },
      next: {
        en: ['On {node}: namei -l {path}', 'iam-ha-wizard apply'],
        zh: ['在 {node} 上执行：namei -l {path}', 'iam-ha-wizard apply'],
      },
    },
    'alerts-stuck': {
      title: {
        en: '{node}: {count} changes of state wait to be told, and the sender does not take them',
        zh: '{node}：有 {count} 次状态变化等待通知，但发送程序没有处理',
      },
      cause: {
        en: 'Likely because iam-ha-alert.service cannot start.',
        zh: '可能是 iam-ha-alert.service 无法启动。',
      },
      next: {
        en: [
          'On {node}: journalctl -u iam-ha-alert -n 20',
          'On {node}: systemctl start iam-ha-alert',
        ],
        zh: [
          '在 {node} 上执行：journalctl -u iam-ha-alert -n 20',
          '在 {node} 上执行：systemctl start iam-ha-alert',
        ],
      },
    },
    'alert-not-delivered': {
      title: {
        en: '{node}: {field} ({kind}) did not take the last alert (HTTP {http}, error code {api}, curl {curl})',
        zh: '{node}：{field}（{kind}）没有接受最近的告警（HTTP {http}，错误码 {api}，curl {curl}）',
      },
      cause: {
        en: 'Last tried at {at}. curl 6 and 7: its name or address is not reached from the node; 28: no answer in time; 60: its certificate is not trusted; 64 and 67: the mail server offers no TLS, or refuses the login. With curl 0 the service refused the message: likely the address was revoked, or the robot demands a keyword, a signature or certain source addresses.',
        zh: '最近一次尝试：{at}。curl 6、7：节点无法解析或连接对方；28：超时无应答；60：证书不受信任；64、67：邮件服务器不支持 TLS 或拒绝登录。curl 为 0 时是服务拒绝了消息：可能地址已作废，或机器人要求关键词、加签或限定来源 IP。',
      },
      next: {
        en: [
          'On {node}: journalctl -u iam-ha-alert -n 20',
          'A robot that wants a keyword: give it the cluster’s name, which is in every message. One that wants a signature: its secret as secret: env:NAME.',
          'On {node}: iam-ha-alert test (sends a test message to every receiver)',
        ],
        zh: [
          '在 {node} 上执行：journalctl -u iam-ha-alert -n 20',
          '机器人要求关键词时，填写集群名称：每条消息都含有它。机器人要求加签时，用 secret: env:变量名 给出密钥。',
          '在 {node} 上执行：iam-ha-alert test（向每个接收方发送一条测试消息）',
        ],
      },
    },
    'alert-url-invalid': {
      title: {
        en: '{field}: the environment variable {variable} does not hold the address of a webhook',
        zh: '{field}：环境变量 {variable} 的值不是 webhook 地址',
      },
      cause: {
        en: 'It begins with http:// or https:// and has no spaces. Its value is not repeated here.',
        zh: '它以 http:// 或 https:// 开头，不含空格。这里不再重复它的值。',
      },
      next: {
        en: [
          'Copy the address from the robot’s settings.',
          'read -rs {variable} && export {variable}',
        ],
        zh: ['从机器人的设置中复制地址。', 'read -rs {variable} && export {variable}'],
      },
    },
    'alert-secret-invalid': {
      title: {
        en: '{field}: the environment variable {variable} does not hold a robot’s signing secret',
        zh: '{field}：环境变量 {variable} 的值不是机器人的加签密钥',
      },
      cause: {
        en: 'It is empty, or has more than one line. Its value is not repeated here.',
        zh: '它为空，或者多于一行。这里不再重复它的值。',
      },
      next: {
        en: [
          'Copy it from the robot’s security settings (signature); DingTalk’s begins with SEC.',
          'read -rs {variable} && export {variable}',
        ],
        zh: [
          '从机器人的安全设置（加签、签名校验）中复制；钉钉的密钥以 SEC 开头。',
          'read -rs {variable} && export {variable}',
        ],
      },
    },
    'alert-password-invalid': {
      title: {
        en: '{field}: the environment variable {variable} does not hold a password',
        zh: '{field}：环境变量 {variable} 的值不是密码',
      },
      cause: {
        en: 'It is empty, or has more than one line. Its value is not repeated here.',
        zh: '它为空，或者多于一行。这里不再重复它的值。',
      },
      next: {
        en: ['read -rs {variable} && export {variable}'],
        zh: ['read -rs {variable} && export {variable}'],
      },
    },
  },
} as const satisfies CatalogueArea;
