import type { CatalogueArea, Text } from '../catalogue.ts';

const t = (en: string, zh: string): Text => ({ en, zh });

/** The report as a page: its summary, the way of a request, captions, and what pictures say in words. */
export const reportPage = {
  messages: {
    'report-contents': t('Contents', '目录'),
    'report-list-comma': t(', ', '、'),
    'report-two': t('{one} and {other}', '{one} 和 {other}'),
    'report-heading-drill': t('{drill}, run {run}', '{drill}，第 {run} 次'),
    'report-heading-drill-outcome': t(
      '{drill}, run {run}: {outcome}',
      '{drill}，第 {run} 次：{outcome}',
    ),

    'report-section-summary': t('Summary', '摘要'),
    'report-section-path': t('The path of a request', '一个请求的路径'),
    'report-section-dns': t('DNS records', 'DNS 记录'),
    'report-section-diffs': t('The changes as diffs', '各项变更的差异'),

    'report-verdict-good': t(
      'It holds: no check has failed, and every drill that was run came out as predicted.',
      '成立：没有失败的检查，做过的每项演练结果都符合预期。',
    ),
    'report-verdict-bad': t(
      'It does NOT hold: see the checks and drills that did not come out well.',
      '不成立：请看没有通过的检查和演练。',
    ),
    'report-verdict-open': t(
      'Not proven yet: nothing was checked, or nothing was broken on purpose.',
      '尚未证明：还没有做检查，或者还没有做演练。',
    ),
    'report-fact-vip': t('Address (VIP)', '地址（VIP）'),
    'report-fact-public': t('Public address', '公网地址'),
    'report-fact-domains': t('Domains', '域名'),
    'report-fact-iam': t('IAM', 'IAM 服务'),
    'report-fact-checks': t('Checks', '检查'),
    'report-fact-drills': t('Drills, the last run of each', '演练（各取最近一次）'),
    'report-fact-applied': t('Last applied', '最近一次执行'),
    'report-iam-real': t('{iam}, real daemons', '{iam}，真正的 IAM 服务'),
    'report-iam-stand-in': t('STAND-IN daemons ({iam})', '替身（STAND-IN）服务（{iam}）'),
    'report-checks-count': t(
      '{passed} passed, {warned} warned, {failed} failed, {unknown} unknown',
      '通过 {passed}，警告 {warned}，失败 {failed}，未知 {unknown}',
    ),
    'report-drills-count': t(
      '{passed} as expected, {failed} not, {notRun} never run',
      '符合预期 {passed}，不符合 {failed}，从未演练 {notRun}',
    ),
    'report-applied': t('{at} UTC, in {time}', '{at} UTC，用时 {time}'),

    'report-caption-nodes': t('The machines', '服务器'),
    'report-caption-runs': t(
      'Commands that were run, each as long as what it wrote down',
      '运行过的命令，时长按其留下的记录计算',
    ),
    'report-caption-changes': t('What was changed by: {stage}', '“{stage}”所做的变更'),
    'report-caption-checks': t('Each check with its last verdict', '每项检查的最近结论'),
    'report-caption-drills': t('All drills, predicted against measured', '全部演练：预期与实测'),
    'report-caption-repeated': t('Drills that were repeated', '重复做过的演练'),
    'report-caption-views': t('What clients saw, and from where', '客户端从各处看到的情况'),
    'report-caption-calls': t('Calls that were made meanwhile', '期间发出的调用'),
    'report-caption-side-by-side': t('The nodes, side by side', '各节点对照'),

    'report-column-type': t('type', '类型'),
    'report-column-command': t('command', '命令'),
    'report-column-time': t('took', '用时'),
    'report-column-of': t('what', '内容（中断或云平台）'),
    'report-column-runs': t('runs', '次数（有效）'),
    'report-column-as-expected': t('as expected', '符合预期'),
    'report-column-min': t('min', '最小'),
    'report-column-median': t('median', '中位'),
    'report-column-p95': t('p95', 'p95'),
    'report-column-max': t('max', '最大'),

    'report-row-before': t('had the VIP before the fault', '故障前持有 VIP'),
    'report-row-after': t('had the VIP after the fault', '故障后持有 VIP'),
    'report-row-states': t('states of keepalived', 'Keepalived 状态'),
    'report-row-notify': t('new notify lines', 'notify 日志新行'),

    'report-dns-inside': t(
      'There is no public address: these records are of use inside the subnet only.',
      '没有公网地址：这些记录只在子网内有用。',
    ),
    'report-no-money': t(
      'No public address was bought by this session: it is billed for nothing beside the machines.',
      '本会话没有购买公网地址：除服务器外没有产生费用。',
    ),
    'report-path-dns': t(
      'A client looks up {api} or {authz}, and finds {address}.',
      '客户端查询 {api} 或 {authz}，得到 {address}。',
    ),
    'report-path-cloud': t(
      'The cloud leads {public} to {vip}, at the machine that it believes has it.',
      '云平台把 {public} 转到 {vip}，即它认为持有该地址的服务器。',
    ),
    'report-path-vip': t(
      'One of {nodes} has {vip}; keepalived gives it to another when that one, its nginx or its network fails.',
      '{nodes} 中有一台持有 {vip}；当它本身、它的 nginx 或网络出故障时，keepalived 让另一台接管。',
    ),
    'report-path-nginx': t(
      'nginx on that node takes the request on port 80, and tells {api} from {authz} by the Host header.',
      '该节点上的 nginx 在 80 端口接收请求，按 Host 头区分 {api} 与 {authz}。',
    ),
    'report-path-nginx-tls': t(
      'nginx on that node takes the request on port 80 or, with TLS, 443, and tells {api} from {authz} by the name.',
      '该节点上的 nginx 在 80 端口或（TLS）443 端口接收请求，按域名区分 {api} 与 {authz}。',
    ),
    'report-path-backends': t(
      'It hands it in turn to iam-apiserver (port {apiPort}) or iam-authz-server (port {authzPort}) on {nodes}; one that does not answer is passed over.',
      '它依次转给 {nodes} 上的 iam-apiserver（端口 {apiPort}）或 iam-authz-server（端口 {authzPort}）；不应答的会被跳过。',
    ),
    'report-path-databases': t(
      'The service asks its databases: {databases}.',
      '服务访问数据库：{databases}。',
    ),
    'report-database-at': t('{name} at {where}', '{name}（{where}）'),

    'report-clients': t('clients', '客户端'),
    'report-picture-topology': t('What stands where', '部署结构'),
    'report-topology-vip': t(
      'VIP {address}, on one node at a time',
      'VIP {address}，同一时刻只在一台上',
    ),
    'report-topology-public': t('public address {address}', '公网地址 {address}'),
    'report-topology-node': t('{node} ({address}): {parts}.', '{node}（{address}）：{parts}。'),

    'report-picture-drill': t('{drill}, as it happened', '{drill}：演练过程'),
    'report-picture-drill-whole': t(
      '{drill}, for as long as clients outside the subnet felt it',
      '{drill}：直到子网外的客户端恢复',
    ),
    'report-no-picture': t(
      'There is no picture: what it is drawn from was not kept (an older version ran this drill, or nothing was broken).',
      '没有图：绘图所需的数据没有保留（由旧版本演练，或故障没有发生）。',
    ),
    'report-measured': t(
      'Outage measured {ms} ms, predicted {predicted}.',
      '实测中断 {ms} ms，预期 {predicted}。',
    ),
    'report-phases': t('After the fault: {phases}.', '故障之后：{phases}。'),
    'report-no-failover': t(
      'The VIP did not move: there are no phases.',
      'VIP 没有移动：没有各阶段。',
    ),
    'report-bar-predicted': t('predicted {predicted}', '预期 {predicted}'),
    'report-bar-measured': t('measured {ms} ms', '实测 {ms} ms'),
    'report-legend-predicted': t('outage predicted', '预期中断'),
    'report-legend-measured': t('outage measured', '实测中断'),
    'report-desc-gained': t(
      '{node} has the VIP {ms} ms after the fault.',
      '故障后 {ms} ms，{node} 持有 VIP。',
    ),
    'report-desc-left': t(
      '{node} gives up the VIP {ms} ms after the fault.',
      '故障后 {ms} ms，{node} 放弃 VIP。',
    ),
    'report-desc-state': t(
      '{node} is {state} {ms} ms after the fault.',
      '故障后 {ms} ms，{node} 为 {state}。',
    ),
    'report-desc-lane': t(
      '{lane}: {late} late, {failed} failed.',
      '{lane}：迟到 {late}，失败 {failed}。',
    ),
  },
  problems: {},
} as const satisfies CatalogueArea;
