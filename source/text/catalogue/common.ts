import type { CatalogueArea } from '../catalogue.ts';

/** Names that every face and the report use: stages, drills, states. */
export const common = {
  messages: {
    'name-of-stage-preflight': { en: 'Preflight', zh: '预检' },
    'name-of-stage-database': { en: 'Databases', zh: '数据库' },
    'name-of-stage-services': { en: 'IAM services', zh: 'IAM 服务' },
    'name-of-stage-reverse-proxy': { en: 'Reverse proxy', zh: '反向代理' },
    'name-of-stage-load-balancer': { en: 'Load balancer', zh: '负载均衡' },
    'name-of-stage-virtual-ip': { en: 'Virtual IP', zh: '虚拟 IP（VIP）' },
    'name-of-stage-keepalived': { en: 'Keepalived', zh: 'Keepalived' },
    'name-of-stage-public-access': { en: 'Public access', zh: '公网访问' },
    'name-of-stage-acceptance': { en: 'Acceptance', zh: '验收' },
    'name-of-stage-facts': { en: 'Facts', zh: '采集信息' },
    'name-of-stage-probe': { en: 'Probes', zh: '探测' },
    'name-of-stage-undo': { en: 'Undo', zh: '撤销' },
    'name-of-stage-lab': { en: 'Lab', zh: '实验环境' },

    'state-planned': { en: 'planned', zh: '已计划' },
    'state-started': { en: 'started, no outcome known', zh: '已开始，结果未知' },
    'state-running': { en: 'running', zh: '进行中' },
    'state-done': { en: 'done', zh: '完成' },
    'state-failed': { en: 'failed', zh: '失败' },
    'state-skipped': { en: 'skipped', zh: '已跳过' },

    'verdict-passed': { en: 'passed', zh: '通过' },
    'verdict-warned': { en: 'warned', zh: '警告' },
    'verdict-failed': { en: 'failed', zh: '失败' },
    'verdict-unknown': { en: 'unknown', zh: '未知' },

    'outcome-passed': { en: 'as expected', zh: '符合预期' },
    'outcome-failed': { en: 'NOT as expected', zh: '不符合预期' },
    'outcome-not-injected': { en: 'the fault did not happen', zh: '故障没有真正发生' },
    'outcome-aborted': { en: 'aborted', zh: '已中止' },

    'effect-none': { en: 'no interruption', zh: '不中断' },
    'effect-reload': { en: 'reload', zh: '重新加载' },
    'effect-rolling-restart': { en: 'rolling restart', zh: '逐台重启' },
    'effect-outage': { en: 'OUTAGE', zh: '会中断服务' },

    'phase-detected': { en: 'detected', zh: '发现故障' },
    'phase-decided': { en: 'decided', zh: '决定切换' },
    'phase-added': { en: 'address added', zh: '加上地址' },
    'phase-announced': { en: 'announced', zh: 'ARP 宣告' },
    'phase-answered': { en: 'answered', zh: '恢复应答' },

    nobody: { en: 'no node', zh: '没有节点' },
    'no-lines': { en: 'no new line', zh: '没有新行' },
    'next-steps': { en: 'Next:', zh: '下一步：' },
    'stand-in-note': {
      en: 'STAND-IN daemons: three small programs in the place of IAM. This proves the machinery, not IAM.',
      zh: '替身（STAND-IN）服务：用三个小程序代替 IAM，证明的是整套机制，而不是 IAM 本身。',
    },
    'single-point-databases': {
      en: 'Still a single point of failure: the databases, on {node}.',
      zh: '仍是单点故障：数据库，位于 {node}。',
    },
    'single-point-instead': {
      en: 'What stops with them: iam-ha-wizard drill databases-stopped. Instead: managed ones, named by databases.mariadb.host and databases.redis.host in the cluster file.',
      zh: '它们停止时哪些调用不可用：iam-ha-wizard drill databases-stopped。替代办法：使用托管数据库，在集群文件里填 databases.mariadb.host 和 databases.redis.host。',
    },
  },
  problems: {},
} as const satisfies CatalogueArea;
