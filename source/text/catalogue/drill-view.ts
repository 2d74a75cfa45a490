import type { CatalogueArea, Text } from '../catalogue.ts';

const t = (en: string, zh: string): Text => ({ en, zh });

/** The drill screens, and `watch`. */
export const drillView = {
  messages: {
    'key-stop-drill': t('stop', '停止'),
    'key-stop-drill-help': t('put back what was broken, then stop', '恢复所制造的故障，然后停止'),
    'key-move-home': t('move the VIP home', 'VIP 移回原处'),
    'key-move-home-help': t(
      'planned switch-over: the VIP goes back to where you want it',
      '计划内切换：把 VIP 移回您希望的服务器',
    ),
    'key-again-ten': t('10 times', '连续 10 次'),
    'key-again-ten-help': t('run it ten times, and see the spread', '连续运行十次，观察分布'),
    'key-drill-menu': t('all drills', '全部演练'),
    'key-drill-menu-help': t('back to the menu of drills', '返回演练菜单'),

    'dv-title': t('Drill', '演练'),
    'dv-menu-title': t('Drills', '演练'),
    'dv-menu-what': t(
      'Something is broken on purpose, clients ask all the while, and everything is put back. What should happen is said beforehand, by the arithmetic of the timers.',
      '故意制造故障，期间客户端持续请求，最后全部恢复。应当发生什么，事先按定时器推算说明。',
    ),
    'dv-place': t('profile {profile} · {rate} / s', '方案 {profile} · 每秒 {rate} 次'),
    'dv-on': t('{drill} on {node}', '{node} 上的{drill}'),
    'dv-run-of': t('run {run} of {times}', '第 {run}/{times} 次'),
    'dv-expected': t('outage {predicted}', '中断 {predicted}'),
    'dv-moves': t('VIP {from} → {to}', 'VIP {from} → {to}'),
    'dv-stays': t('VIP stays', 'VIP 不动'),
    'dv-impossible': t('not now', '暂不可用'),
    'dv-undoes-within': t(
      'It undoes itself on {node} within {seconds} s, even if this program dies.',
      '即使本程序崩溃，{node} 也会在 {seconds} 秒内自行恢复。',
    ),
    'dv-undoes-at': t(
      'Undoes itself on {node} at {time}, even if this program dies.',
      '即使本程序崩溃，{node} 也会在 {time} 自行恢复。',
    ),
    'dv-last': t('Last time:', '上一次：'),

    'dv-fault': t('fault', '故障'),
    'dv-before-fault': t('before the fault', '故障之前'),
    'dv-cell': t('each cell {ms} ms', '每格 {ms} ms'),
    'dv-ok': t('ok', '正常'),
    'dv-late': t('late', '迟到'),
    'dv-failed': t('failed', '失败'),
    'dv-holds': t('has the VIP', '持有 VIP'),

    'dv-phases': t('phases', '各阶段'),
    'dv-after-fault': t('ms after the fault', '毫秒（故障之后）'),
    'dv-no-phases': t('nothing seen yet', '尚未观察到'),
    'dv-no-failover': t('the VIP did not move', 'VIP 没有移动'),
    'dv-outage': t('outage', '中断'),
    'dv-measured': t('{ms} ms, expected {predicted}', '{ms} ms，预期 {predicted}'),
    'dv-requests': t('requests', '请求'),
    'dv-counts': t(
      '{sent} sent · {ok} ok · {late} late · {failed} failed',
      '发出 {sent} · 正常 {ok} · 迟到 {late} · 失败 {failed}',
    ),

    'dv-step-prepare': t('prepare', '准备'),
    'dv-step-baseline': t('baseline', '基线'),
    'dv-step-break': t('break', '制造故障'),
    'dv-step-watch': t('watch', '观察'),
    'dv-step-restore': t('restore', '恢复'),
    'dv-step-settle': t('settle', '稳定'),
    'dv-starting': t('Looking at the nodes …', '正在查看服务器……'),
    'dv-stopping': t(
      'Stopping: what was broken is put back first.',
      '正在停止：先恢复所制造的故障。',
    ),
    'dv-moving': t('moving the VIP to {node}', '正在把 VIP 移到 {node}'),
    'dv-checking': t(
      'checking that the pair is whole: nothing is broken on top of a fault',
      '正在检查系统是否完整：绝不在已有故障上再制造故障',
    ),

    'dv-headline': t(
      'outage {outage} ms, expected {predicted}',
      '中断 {outage} ms，预期 {predicted}',
    ),
    'dv-lost': t('{lost} of {sent} not ok', '{sent} 个请求中 {lost} 个不正常'),
    'dv-vip': t('VIP', 'VIP'),
    'dv-no': t('no', '无'),
    'dv-running': t('running', '运行中'),
    'dv-not-running': t('not running', '未运行'),
    'dv-unknown': t('not known', '未知'),
    'dv-new-lines': t('new log lines', '新增日志'),
    'dv-next': t('Next: {drill}', '下一个：{drill}'),
    'dv-runs': t(
      '{count} runs, {passed} as expected: outage min {min} · median {median} · p95 {p95} · max {max} ms',
      '共 {count} 次，{passed} 次符合预期：中断 最小 {min} · 中位 {median} · p95 {p95} · 最大 {max} ms',
    ),
    'dv-still-broken': t('not whole again', '没有完全恢复'),

    'watch-title': t('Watch', '监视'),
    'watch-clients': t('clients', '客户端'),
    'watch-vip': t('VIP', 'VIP'),
    'watch-held-by': t('{vip} → {node}', '{vip} → {node}'),
    'watch-nobody': t('nobody has it', '无人持有'),
    'watch-several': t('SEVERAL have it: {nodes}', '多台同时持有：{nodes}'),
    'watch-unknown': t(
      'not known: {node} had it, and is silent',
      '未知：{node} 曾持有它，现在没有应答',
    ),
    'watch-unknown-nobody': t('not known yet', '尚不清楚'),
    'watch-since': t('since {time}', '自 {time}'),
    'watch-requests': t('last {seconds} s, {rate} / s', '最近 {seconds} 秒，每秒 {rate} 次'),
    'watch-none-lost': t('none failed', '无失败'),
    'watch-lost': t('{failed} failed, {late} late', '失败 {failed}，迟到 {late}'),
    'watch-no-requests': t('no requests yet', '尚无请求'),
    'watch-from': t('from {vantage}', '自 {vantage}'),
    'watch-slowest': t('up to {ms} ms', '最慢 {ms} ms'),
    'watch-heard': t('heard {age} ago', '{age}前应答'),
    'watch-silent': t('silent for {age}', '已 {age}没有应答'),
    'watch-never': t('not heard yet', '尚未应答'),
    'watch-was': t('was {state}', '曾为 {state}'),
    'watch-single-copy': t('one copy: single point', '单份：单点'),
    'watch-all-well': t('Nothing wrong for {age}.', '已 {age}无异常。'),
    'watch-wrong': t('Wrong now: {what}.', '当前异常：{what}。'),
    'watch-moved': t(
      'Last move: {from} → {to}, {age} ago.',
      '最近一次移动：{from} → {to}，{age}前。',
    ),
    'watch-not-moved': t('The VIP has not moved since we look.', '开始监视以来 VIP 没有移动。'),
    'watch-unit-broken': t('{unit} on {node}', '{node} 的 {unit}'),
    'watch-node-silent': t('{node} is silent', '{node} 没有应答'),
    'watch-requests-lost': t('requests fail', '请求失败'),
    'watch-plain-node': t('{node}  {what}', '{node}  {what}'),
  },
  problems: {
    'watch-needs-terminal': {
      title: {
        en: 'watch draws a full screen, and there is no terminal here',
        zh: 'watch 需要整个屏幕，而这里没有终端',
      },
      cause: {
        en: 'Standard input or output is not a terminal, or CI is set.',
        zh: '标准输入或输出不是终端，或者设置了 CI。',
      },
      next: {
        en: ['iam-ha-wizard watch --plain', 'iam-ha-wizard watch --json'],
        zh: ['iam-ha-wizard watch --plain', 'iam-ha-wizard watch --json'],
      },
    },
  },
} as const satisfies CatalogueArea;
