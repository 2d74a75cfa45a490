import type { CatalogueArea } from '../catalogue.ts';

/** The administrator's password, who may register, and the acceptance through the VIP. */
export const acceptance = {
  messages: {
    'admin-password-generate': {
      en: 'IAM’s administrator gets a generated password instead of the published one',
      zh: 'IAM 管理员（admin）的公开默认密码改为随机生成的密码',
    },
    'admin-password-set': {
      en: 'IAM’s administrator gets the password that iam.adminPassword names, instead of the published one',
      zh: 'IAM 管理员（admin）的公开默认密码改为 iam.adminPassword 指定的密码',
    },
    'admin-password-right': {
      en: 'the administrator has the session’s password',
      zh: '管理员使用的是会话中的密码',
    },
    'admin-password-kept': {
      en: 'the administrator’s password is somebody’s own, and stays',
      zh: '管理员密码由他人设定，保持不变',
    },
    'admin-password-not-seen': {
      en: 'IAM on {node} could not be asked which password its administrator has',
      zh: '无法向 {node} 上的 IAM 查询管理员密码的状态',
    },
    'check-admin-password': {
      en: 'the administrator’s password is not the published one',
      zh: '管理员密码不是公开的默认密码',
    },
    'token-accepted-signed': {
      en: 'a token that is signed as {node} signs is accepted by {count} nodes; none was issued, since the administrator’s password is not known here',
      zh: '按 {node} 的密钥签名的令牌被 {count} 个节点接受；由于不知道管理员密码，没有通过登录签发令牌',
    },
    'summary-admin-password': {
      en: 'The password that IAM’s administrator ({user}) was given is shown by:',
      zh: '查看为 IAM 管理员（{user}）设置的密码：',
    },
    'summary-open-registration': {
      en: 'Anybody who reaches {domain} may register a user there, and name it an administrator; iam.openRegistration: false closes that.',
      zh: '任何能访问 {domain} 的人都可以注册用户，还能自称管理员；设置 iam.openRegistration: false 可以关闭注册。',
    },
    'acceptance-not-measured': {
      en: 'Acceptance: not measured. The stand-in for IAM authorises nobody.',
      zh: '验收：未测量。IAM 的替身不做授权。',
    },
    'check-acceptance': {
      en: 'IAM does its work through the VIP {vip}: log-in, user, secret, policy, allowed, denied',
      zh: '通过 VIP {vip} 验收 IAM：登录、用户、密钥、策略、允许、拒绝',
    },
    'acceptance-passed': {
      en: 'logged in; user, secret and policy made; {allowed} times allowed, {denied} denied; all removed ({count} requests, {ms} ms)',
      zh: '登录成功；创建了用户、密钥和策略；允许 {allowed} 次，拒绝 {denied} 次；已全部清除（{count} 个请求，{ms} 毫秒）',
    },
    'acceptance-passed-signed': {
      en: 'user, secret and policy made; {allowed} times allowed, {denied} denied; all removed ({count} requests, {ms} ms). Not by the administrator’s log-in: the password is not known here',
      zh: '创建了用户、密钥和策略；允许 {allowed} 次，拒绝 {denied} 次；已全部清除（{count} 个请求，{ms} 毫秒）。未以管理员身份登录：这里不知道其密码',
    },
  },
  problems: {
    'admin-password-unfit': {
      title: {
        en: 'iam.adminPassword: IAM would refuse the password in {variable}, or everybody knows it',
        zh: 'iam.adminPassword：{variable} 中的密码不符合 IAM 的规则，或者是公开的',
      },
      cause: {
        en: 'IAM takes 8 to 16 characters with an upper and a lower case letter, a digit and a special character. The one in its documentation is no password.',
        zh: 'IAM 要求 8 到 16 个字符，且同时包含大写字母、小写字母、数字和特殊字符。文档中公开的默认密码不能用。',
      },
      next: {
        en: ['Put another one into {variable}.', 'Or write adminPassword: generate.'],
        zh: ['在 {variable} 中换一个密码。', '或者写 adminPassword: generate。'],
      },
    },
    'admin-password-other': {
      title: {
        en: '{node}: the administrator’s password is neither the published one nor the one that is wanted',
        zh: '{node}：管理员密码既不是公开默认密码，也不是要设置的密码',
      },
      cause: {
        en: 'Somebody has changed it, or another session has. IAM asks for the old one before it takes a new one.',
        zh: '有人或者另一个会话改过它。修改密码时 IAM 要求提供旧密码。',
      },
      next: {
        en: [
          'Leave it: adminPassword: keep.',
          'Or name it: put it into an environment variable, and write adminPassword: env:NAME.',
        ],
        zh: [
          '保持不变：adminPassword: keep。',
          '或者告诉向导：把它放进环境变量，并写 adminPassword: env:NAME。',
        ],
      },
    },
    'admin-password-published': {
      title: {
        en: 'IAM’s administrator still has the published password',
        zh: 'IAM 管理员仍在使用公开的默认密码',
      },
      cause: {
        en: 'It stands in IAM’s documentation: whoever reaches the API is administrator.',
        zh: '它写在 IAM 的文档里：任何能访问 API 的人都能成为管理员。',
      },
      next: {
        en: ['Write adminPassword: generate under iam, then: iam-ha-wizard apply --stage services'],
        zh: ['在 iam 下写 adminPassword: generate，然后执行：iam-ha-wizard apply --stage services'],
      },
    },
    'admin-password-not-asked': {
      title: {
        en: '{node}: IAM could not be asked about its administrator’s password',
        zh: '{node}：无法向 IAM 查询管理员密码的状态',
      },
      cause: {
        en: 'Its API server does not answer, or cannot ask its database: then it calls every password wrong.',
        zh: 'API 服务没有应答，或者无法访问数据库：这时它会把所有密码都当成错误的。',
      },
      next: {
        en: [
          'On {node}: tail /var/log/iam/iam-apiserver.log',
          'iam-ha-wizard apply --stage services',
        ],
        zh: [
          '在 {node} 上执行：tail /var/log/iam/iam-apiserver.log',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'admin-password-refused': {
      title: {
        en: '{node}: IAM did not change its administrator’s password',
        zh: '{node}：IAM 没有修改管理员密码',
      },
      cause: { en: 'It said: {detail}', zh: 'IAM 的回答：{detail}' },
      next: {
        en: ['On {node}: tail /var/log/iam/iam-apiserver.log'],
        zh: ['在 {node} 上执行：tail /var/log/iam/iam-apiserver.log'],
      },
    },
    'acceptance-no-answer': {
      title: {
        en: 'Acceptance: no answer from {domain} through the VIP at “{step}” ({reason})',
        zh: '验收：在“{step}”这一步，{domain} 通过 VIP 没有应答（{reason}）',
      },
      cause: {
        en: 'The VIP, nginx or the service behind it went away meanwhile, or is slow.',
        zh: 'VIP、Nginx 或其后端服务中途不可用，或者太慢。',
      },
      next: {
        en: ['iam-ha-wizard check', 'curl -H "Host: {domain}" http://{vip}/healthz'],
        zh: ['iam-ha-wizard check', 'curl -H "Host: {domain}" http://{vip}/healthz'],
      },
    },
    'acceptance-bad-answer': {
      title: {
        en: 'Acceptance: {domain} answered “{step}” with status {status}',
        zh: '验收：在“{step}”这一步，{domain} 返回状态码 {status}',
      },
      cause: { en: 'It said: {detail}', zh: '回答：{detail}' },
      next: {
        en: ['On the nodes: tail /var/log/iam/iam-apiserver.log /var/log/iam/iam-authz-server.log'],
        zh: [
          '在各节点上执行：tail /var/log/iam/iam-apiserver.log /var/log/iam/iam-authz-server.log',
        ],
      },
    },
    'acceptance-database': {
      title: {
        en: 'Acceptance: the API cannot ask its database',
        zh: '验收：API 服务无法访问数据库',
      },
      cause: {
        en: 'MariaDB is away or refuses the API servers; /healthz does not show it.',
        zh: 'MariaDB 不可用，或者拒绝 API 服务的连接；/healthz 反映不出来。',
      },
      next: {
        en: ['iam-ha-wizard check --stage database'],
        zh: ['iam-ha-wizard check --stage database'],
      },
    },
    'acceptance-not-allowed': {
      title: {
        en: 'Acceptance: what a new policy allows was not allowed everywhere within {seconds} s',
        zh: '验收：新策略允许的请求在 {seconds} 秒内没有在所有节点上获得允许',
      },
      cause: {
        en: 'An authorization server did not hear of the new secret and policy: they are told through Redis, and fetched from the API server of the node. The last answer was {status}: {detail}',
        zh: '有授权服务没有得知新的密钥和策略：通知经由 Redis 发出，内容从本节点的 API 服务获取。最后的回答是 {status}：{detail}',
      },
      next: {
        en: ['iam-ha-wizard check', 'On the nodes: tail /var/log/iam/iam-authz-server.log'],
        zh: ['iam-ha-wizard check', '在各节点上执行：tail /var/log/iam/iam-authz-server.log'],
      },
    },
    'acceptance-not-denied': {
      title: {
        en: 'Acceptance: what no policy allows was allowed',
        zh: '验收：没有任何策略允许的请求却被允许',
      },
      cause: {
        en: 'The authorization server does not apply the policy’s condition. It said: {detail}',
        zh: '授权服务没有执行策略的条件。回答：{detail}',
      },
      next: {
        en: ['On the nodes: tail /var/log/iam/iam-authz-server.log'],
        zh: ['在各节点上执行：tail /var/log/iam/iam-authz-server.log'],
      },
    },
    'acceptance-registration-open': {
      title: {
        en: 'Acceptance: anybody may register at {domain}, although iam.openRegistration is false',
        zh: '验收：iam.openRegistration 为 false，但任何人仍可在 {domain} 注册用户',
      },
      cause: {
        en: 'nginx does not refuse POST /v1/users: its configuration is not the one that we wrote.',
        zh: 'Nginx 没有拒绝 POST /v1/users：它的配置不是我们写的那一份。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage reverse-proxy'],
        zh: ['iam-ha-wizard apply --stage reverse-proxy'],
      },
    },
    'acceptance-busy': {
      title: {
        en: 'Acceptance: somebody else was at it at the same time',
        zh: '验收：同一时间还有别人在做验收',
      },
      cause: {
        en: 'The user {user}, which is ours alone, appeared again after it had been removed.',
        zh: '只供验收使用的用户 {user} 被删除后又出现了。',
      },
      next: {
        en: ['iam-ha-wizard check --stage acceptance'],
        zh: ['iam-ha-wizard check --stage acceptance'],
      },
    },
    'acceptance-left-over': {
      title: {
        en: 'Acceptance: the user {user} could not be removed again',
        zh: '验收：无法删除验收用户 {user}',
      },
      cause: {
        en: 'IAM did not remove it, or did not answer any more. The next run removes it first.',
        zh: 'IAM 没有删除它，或者不再应答。下一次运行会先删除它。',
      },
      next: {
        en: ['iam-ha-wizard check --stage acceptance'],
        zh: ['iam-ha-wizard check --stage acceptance'],
      },
    },
  },
} as const satisfies CatalogueArea;
