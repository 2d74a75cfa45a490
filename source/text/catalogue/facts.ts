import type { CatalogueArea } from '../catalogue.ts';

/** Facts of a node, and its lock. */
export const facts = {
  messages: {
    'step-awaited': {
      en: 'waiting for a step that an earlier run left at work: {step}',
      zh: '等待先前运行留下、仍在进行的步骤：{step}',
    },
  },
  problems: {
    'facts-unreadable': {
      title: {
        en: '{node}: the answer about the machine is not whole',
        zh: '{node}：采集到的机器信息不完整',
      },
      cause: {
        en: 'The connection was cut, or the login shell of the user is not bash and printed something of its own.',
        zh: '可能是连接中断，或者该用户的登录 shell 不是 bash、输出了多余内容。',
      },
      next: {
        en: ['Try: ssh {node} bash --version', 'Then run the command again.'],
        zh: ['试一下：ssh {node} bash --version', '然后重新运行本命令。'],
      },
    },
    'step-still-at-work': {
      title: {
        en: '{node}: a step of an earlier run is still at work: {step}',
        zh: '{node}：先前运行留下的步骤仍在进行：{step}',
      },
      cause: {
        en: 'It was started by a run that has ended since, and it did not end in half an hour.',
        zh: '它由一次已经结束的运行启动，半小时内仍未完成。',
      },
      next: {
        en: ['On the node: systemctl status {step}; ps axf'],
        zh: ['在节点上执行：systemctl status {step}; ps axf'],
      },
    },
    'lock-held': {
      title: {
        en: '{node}: {user} on {host} is working on it (session "{session}", process {pid}, since {since})',
        zh: '{node}：{host} 上的 {user} 正在操作它（会话“{session}”，进程 {pid}，始于 {since}）',
      },
      cause: {
        en: 'Only one operator at a time may change a node. The lock is the file /run/iam-ha-wizard/lock on the node.',
        zh: '同一时间只允许一个人改动节点。锁是节点上的文件 /run/iam-ha-wizard/lock。',
      },
      next: {
        en: [
          'Wait until that run has ended.',
          'If it is certainly dead: the same command with --break-lock {node}',
        ],
        zh: ['等那次运行结束。', '如果确定它已经不在了：给同一命令加上 --break-lock {node}'],
      },
    },
    'lock-failed': {
      title: {
        en: '{node}: the lock could not be made',
        zh: '{node}：无法建立锁',
      },
      cause: {
        en: 'The folder /run/iam-ha-wizard could not be written, or another process holds the lock file for more than ten seconds.',
        zh: '无法写入 /run/iam-ha-wizard，或者另一个进程占用锁文件超过十秒。',
      },
      next: {
        en: ['Look at: df /run; ls -l /run/iam-ha-wizard (on {node})'],
        zh: ['在 {node} 上查看：df /run; ls -l /run/iam-ha-wizard'],
      },
    },
  },
} as const satisfies CatalogueArea;
