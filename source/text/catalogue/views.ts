import type { CatalogueArea, Text } from '../catalogue.ts';

const t = (en: string, zh: string): Text => ({ en, zh });

/** Where clients stand: several views of one drill, and the cloud's share of what they see. */
export const views = {
  messages: {
    'drill-outside': t(
      'from outside ({vantage} → {target}): outage {outage} ms',
      '从外部看（{vantage} → {target}）：中断 {outage} 毫秒',
    ),
    'drill-outside-cloud': t(
      'from outside ({vantage} → {target}): outage {outage} ms; the cloud’s share: it followed {cloud} ms after the address was added',
      '从外部看（{vantage} → {target}）：中断 {outage} 毫秒；云平台所占：地址添加后 {cloud} 毫秒才跟上',
    ),
    'drill-view-absent': t(
      'not measured from {vantage} ({target}): {why}',
      '未能从 {vantage}（{target}）测量：{why}',
    ),
    'dv-outside': t('outside', '外部'),
    'dv-outside-figures': t('{ms} ms', '{ms} ms'),
    'dv-outside-cloud': t(
      '{ms} ms, the cloud’s share {cloud} ms',
      '{ms} ms；云平台跟上用了 {cloud} ms',
    ),
    'dv-outside-from': t('from {vantage}', '从 {vantage}'),
    'dv-outside-absent': t(
      'not measured: nobody can ask from {vantage}',
      '未测量：无法从 {vantage} 请求',
    ),
    'dv-runs-cloud': t(
      'the cloud’s share: min {min} · median {median} · p95 {p95} · max {max} ms',
      '云平台所占：最小 {min} · 中位 {median} · p95 {p95} · 最大 {max} ms',
    ),
    'watch-outside': t('outside', '外部'),
    'watch-requests-lost-outside': t('requests from outside fail', '来自外部的请求失败'),
    'watch-outside-unseen': t('not measured: {why}', '未测量：{why}'),
    'report-column-cloud-share': t("the cloud's share", '云平台所占'),
    'report-column-asked-at': t('address', '地址'),
    'report-cloud-share': t(
      "The cloud's share of the outage, seen from {vantage}: {cloud} ms. It begins when the new holder has the address and ends with the first good answer through the public address.",
      '从 {vantage} 看，中断中云平台所占：{cloud} 毫秒。从新的持有者加上地址时算起，到公网地址首次正常应答为止。',
    ),
  },
  problems: {
    'vantage-not-entered': {
      title: t('A vantage cannot be entered', '无法进入观测点'),
      cause: t(
        'Something unexpected went wrong on the way to it.',
        '连接途中发生了意料之外的错误。',
      ),
      next: {
        en: ['ssh -v HOST, with the host of `vantages` in the cluster file'],
        zh: ['ssh -v HOST（HOST 即集群文件 `vantages` 中的主机）'],
      },
    },
    'drill-baseline-bad-outside': {
      title: t(
        '{address} does not answer well from {vantage} even before the fault ({reason})',
        '故障之前，从 {vantage} 访问 {address} 就没有正常应答（{reason}）',
      ),
      cause: t(
        'Likely because the cloud does not lead the public address to the node that has the VIP, or a security group does not let TCP 80 in; or because {vantage} has no way to it.',
        '可能云平台没有把公网地址引到持有 VIP 的服务器，或者安全组没有放行 TCP 80；也可能 {vantage} 到不了该地址。',
      ),
      next: {
        en: [
          'iam-ha-wizard check --stage public-access',
          'Set vantages: { outside: … } in the cluster file to a place that reaches the Internet.',
        ],
        zh: [
          'iam-ha-wizard check --stage public-access',
          '在集群文件里把 vantages: { outside: … } 设为能访问公网的位置。',
        ],
      },
    },
    'drill-outside-outage': {
      title: t(
        'Seen from outside ({vantage}): outage {found} ms, {rest} ms of it not the cloud’s; the timers allow {max} ms',
        '从外部（{vantage}）看：中断 {found} 毫秒，其中 {rest} 毫秒不是云平台造成的；按定时器推算最多 {max} 毫秒',
      ),
      cause: t(
        'The cloud’s share was {cloud} ms. The rest is longer than a failover takes: likely something on the way from there to the public address.',
        '云平台占 {cloud} 毫秒，其余部分超过了一次漂移所需的时间：可能是从那里到公网地址的途中有问题。',
      ),
      next: {
        en: ['iam-ha-wizard drill', 'iam-ha-wizard check --stage public-access'],
        zh: ['iam-ha-wizard drill', 'iam-ha-wizard check --stage public-access'],
      },
    },
    'drill-outside-lost': {
      title: t(
        'Seen from outside ({vantage}): outage {found} ms at {target}; expected at most {max} ms',
        '从外部（{vantage}）看：{target} 中断 {found} 毫秒；预期最多 {max} 毫秒',
      ),
      cause: t(
        'The cloud’s share in it is not known: the public address did not answer again while it was watched, or the nodes did not say when the VIP moved.',
        '其中云平台所占无法得知：观察期间公网地址没有恢复应答，或者服务器没有说明 VIP 何时移动。',
      ),
      next: {
        en: ['iam-ha-wizard check --stage public-access', 'iam-ha-wizard drill'],
        zh: ['iam-ha-wizard check --stage public-access', 'iam-ha-wizard drill'],
      },
    },
    'cloud-share-long': {
      title: t(
        'The cloud took {cloud} ms to follow the VIP',
        '云平台用了 {cloud} 毫秒才跟上 VIP 的漂移',
      ),
      cause: t(
        'The pair did its part in time: from there on clients outside waited for the cloud.',
        '这对服务器按时完成了切换；此后外部客户端等待的是云平台。',
      ),
      next: {
        en: [
          'Run the drill again: clouds vary.',
          'If it stays like this, ask the cloud’s support, with the HAVIP’s id and the time of the drill.',
        ],
        zh: [
          '再演练一次：云平台的快慢有波动。',
          '如果一直如此，请带上 HAVIP 的编号和演练时间向云平台客服咨询。',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
