import type { CatalogueArea } from '../catalogue.ts';

const same = (text: string) => ({ en: text, zh: text });

/** What the commands say of a cloud: keys, regions, giving back, sweeping, money. */
export const cloudDesk = {
  messages: {
    'help-destroy': {
      en: 'undo everything, give HAVIP and EIP back, prove that nothing is left that costs money',
      zh: '撤销全部变更，释放 HAVIP 和 EIP，并证明没有遗留任何计费资源',
    },
    'help-example-destroy': same('iam-ha-wizard destroy'),
    'help-cloud': { en: 'what a cloud needs to know', zh: '云平台所需的信息' },
    'help-example-cloud': same('iam-ha-wizard cloud policy'),
    'help-cloud-policy': {
      en: 'the access policy (CAM) that a session needs, to paste into the console',
      zh: '会话所需的访问策略（CAM），可粘贴到控制台',
    },
    'help-example-cloud-policy': same('iam-ha-wizard cloud policy --security-groups'),
    'help-option-security-groups': {
      en: 'with what cloud.securityGroups: open needs',
      zh: '包含 cloud.securityGroups: open 所需的权限',
    },
    'help-sessions-sweep': {
      en: 'find, and remove, what lost sessions have left in the cloud',
      zh: '查找并清除丢失的会话遗留在云上的资源',
    },
    'help-example-sessions-sweep': same('iam-ha-wizard sessions sweep --region ap-guangzhou'),
    'help-option-region': {
      en: 'look here, too, beside the regions that the journals name (repeatable)',
      zh: '除日志中记录的地域外，也查找该地域（可重复）',
    },

    'cd-ask-secret-id': {
      en: 'SecretId of your Tencent Cloud key (it is not kept):',
      zh: '腾讯云密钥的 SecretId（不会保存）：',
    },
    'cd-ask-secret-key': {
      en: 'SecretKey (not shown, not kept):',
      zh: 'SecretKey（不显示，也不保存）：',
    },
    'cd-yuan-per-hour': { en: '{yuan} yuan/h', zh: '{yuan} 元/小时' },

    'cd-sweep-asking': { en: 'asking the cloud in {regions}', zh: '正在查询云平台：{regions}' },
    'cd-sweep-accounts': {
      en: 'These keys are of the account {own}. Journals here also name {others}: what is there is not seen. Run it again with its keys.',
      zh: '当前密钥属于账号 {own}。本机日志还记录了账号 {others}，其中的资源无法看到；请换用该账号的密钥再执行一次。',
    },
    'cd-sweep-nothing': {
      en: 'Nothing that a lost session has left in {regions}.',
      zh: '在 {regions} 中没有丢失的会话遗留的资源。',
    },
    'cd-sweep-found': {
      en: 'Marked by sessions that no journal on this computer will give back (another computer may have theirs):',
      zh: '以下资源带有会话标记，但本机没有日志会释放它们（其日志可能在另一台计算机上）：',
    },
    'cd-ask-sweep': {
      en: 'Remove these {count} for good? What uses them loses its address.',
      zh: '永久删除这 {count} 项吗？正在使用它们的服务会失去地址。',
    },
    'cd-sweep-removing': { en: 'removing {name}', zh: '正在删除 {name}' },
    'cd-used-by': { en: 'in use: {by}', zh: '使用中：{by}' },
    'cd-sweep-proven': {
      en: 'Asked the cloud again: none of them is left.',
      zh: '已再次查询云平台：均已清除。',
    },

    'cd-ask-destroy': {
      en: 'Take back {changes} changes on the nodes, and {cloud} in the cloud?',
      zh: '撤销节点上的 {changes} 处变更和云上的 {cloud} 项资源吗？',
    },
    'cd-destroy-silent': {
      en: '{node} does not answer: what was changed there stays. The cloud is given back all the same; run destroy again when it answers.',
      zh: '{node} 没有应答：其上的变更保留。云上的资源照常释放；节点恢复后请再次执行 destroy。',
    },
    'cd-undo-keeps': {
      en: 'In the cloud stays: {things}. An EIP costs {yuan} yuan an hour as soon as no node holds what it leads to. To give it back: iam-ha-wizard destroy',
      zh: '云上保留：{things}。一旦没有节点持有对应地址，EIP 每小时 {yuan} 元。释放：iam-ha-wizard destroy',
    },
    'cd-left-over': {
      en: 'The cluster file names no cloud any more, but this session still has there: {things}. An idle EIP costs {yuan} yuan an hour. To give it back: iam-ha-wizard destroy',
      zh: '集群文件已不再使用云平台，但本会话在云上仍有：{things}。闲置的 EIP 每小时 {yuan} 元。释放：iam-ha-wizard destroy',
    },
    'cd-destroy-proven': {
      en: 'Asked the cloud: nothing of this session is left.',
      zh: '已查询云平台：本会话的资源已全部释放。',
    },

    'cd-meter-bound': {
      en: 'EIP {address}: bought {bought}, bound {bound}; idle for {idle}, {cost} yuan. Now only its traffic costs; idle it is {yuan} yuan an hour.',
      zh: 'EIP {address}：{bought} 申请，{bound} 绑定；闲置 {idle}，共 {cost} 元。现在只按流量计费；闲置时每小时 {yuan} 元。',
    },
    'cd-meter-idle': {
      en: 'EIP {address}: bought {bought}, bound to nothing; idle for {idle}, {cost} yuan so far, {yuan} yuan an hour.',
      zh: 'EIP {address}：{bought} 申请，未绑定；已闲置 {idle}，至今 {cost} 元，每小时 {yuan} 元。',
    },
    'cd-meter-released': {
      en: 'EIP {address}: bought {bought}, given back {released}; idle for {idle}, {cost} yuan.',
      zh: 'EIP {address}：{bought} 申请，{released} 释放；共闲置 {idle}，{cost} 元。',
    },
    'cd-meter-price': {
      en: 'The price of an idle address is the one of Tencent’s price page; no API tells it.',
      zh: '闲置价格取自腾讯云价格页；没有 API 提供该价格。',
    },
    'report-section-money': { en: 'What it costs', zh: '费用' },
    'report-back-destroy': {
      en: 'All of it, with what was made in the cloud:',
      zh: '全部撤销，连同云上创建的资源：',
    },
    'dns-records': {
      en: 'Set these two DNS records (A):',
      zh: '请设置这两条 DNS 记录（A）：',
    },

    'cd-watch-holder': { en: 'cloud: {node}', zh: '云平台：{node}' },
    'cd-watch-holder-since': { en: 'cloud: {node} since {at}', zh: '云平台：{node}，自 {at} 起' },
    'cd-watch-nobody': { en: 'cloud: nobody', zh: '云平台：无持有者' },
    'cd-watch-stranger': { en: 'cloud: {instance}, no node', zh: '云平台：{instance}，不是节点' },
    'cd-watch-age': { en: 'asked {age} ago', zh: '{age}前查询' },
    'cd-watch-differs': {
      en: 'the cloud still has the VIP at {node}',
      zh: '云平台上 VIP 仍在 {node}',
    },
    'cd-watch-unseen': { en: 'cloud: does not say ({why})', zh: '云平台：未告知（{why}）' },
    'cd-watch-public': { en: 'EIP {address}', zh: 'EIP {address}' },
  },
  problems: {
    'cd-bad-region': {
      title: { en: 'There is no region {found}', zh: '没有地域 {found}' },
      cause: {
        en: 'A region’s identifier is needed, not its name.',
        zh: '需要地域的标识，而不是名称。',
      },
      next: { en: ['Write it as in ap-guangzhou.'], zh: ['按 ap-guangzhou 的形式书写。'] },
    },
    'cd-region-missing': {
      title: {
        en: 'It is not known in which region the nodes are',
        zh: '不知道节点在哪个地域',
      },
      cause: {
        en: 'The cluster file names none, the nodes’ metadata service says nothing, and neither the keys’ place nor TENCENTCLOUD_REGION names one.',
        zh: '集群文件未写明，节点的元数据服务没有应答，密钥所在之处和 TENCENTCLOUD_REGION 也未指定。',
      },
      next: {
        en: ['Write it into the cluster file: cloud: { provider: tencent, region: ap-guangzhou }'],
        zh: ['写入集群文件：cloud: { provider: tencent, region: ap-guangzhou }'],
      },
    },
    'cd-region-other': {
      title: {
        en: '{node} is in {found}, not in {region}',
        zh: '{node} 位于 {found}，而不是 {region}',
      },
      cause: {
        en: 'So its own metadata service says. All nodes must be in one subnet, and the region is where the HAVIP is made.',
        zh: '其元数据服务如此告知。所有节点须在同一子网，HAVIP 也在该地域创建。',
      },
      next: {
        en: ['Correct cloud.region, or leave it out; or take nodes of one region.'],
        zh: ['更正 cloud.region 或删去该项；或使用同一地域的节点。'],
      },
    },
    'cd-no-region': {
      title: { en: 'There is no region to look in', zh: '没有可查找的地域' },
      cause: {
        en: 'No journal on this computer names one.',
        zh: '本机的日志中没有记录任何地域。',
      },
      next: {
        en: ['Name it: iam-ha-wizard sessions sweep --region ap-guangzhou'],
        zh: ['请指定：iam-ha-wizard sessions sweep --region ap-guangzhou'],
      },
    },
    'cd-sweep-unread': {
      title: {
        en: 'Nothing is removed: a journal on this computer cannot be read',
        zh: '未删除任何资源：本机有日志无法读取',
      },
      cause: {
        en: 'What its session owns is not known; it may be what was found.',
        zh: '无法得知该会话拥有哪些资源，上面列出的可能正是它的。',
      },
      next: {
        en: ['Mend or remove that session’s folder (named above), then try again.'],
        zh: ['修复或移除该会话的文件夹（见上），然后重试。'],
      },
    },
    'cd-account-other': {
      title: {
        en: 'These keys ({key}) are of another account: {now}, not {was}',
        zh: '当前密钥（{key}）属于另一个账号：{now}，而不是 {was}',
      },
      cause: {
        en: 'The session made its things in the account {was}. With these keys none of them would be found, and all would look given back.',
        zh: '本会话的资源在账号 {was} 下。用当前密钥一项也查不到，会误以为已全部释放。',
      },
      next: {
        en: ['Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY of the account {was}.'],
        zh: ['请设置账号 {was} 的 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY。'],
      },
    },
    'cd-place-other': {
      title: {
        en: 'This session has its HAVIP and EIP elsewhere: in {was}, not in {now}',
        zh: '本会话的 HAVIP 和 EIP 在别处：{was}，而不是 {now}',
      },
      cause: {
        en: 'The nodes, the region or the keys have changed since they were made. Here they would be made again, and those there would go on costing.',
        zh: '创建之后，节点、地域或密钥有了变化。在这里会重新创建一份，而原来的会继续计费。',
      },
      next: {
        en: [
          'Give those back first: iam-ha-wizard destroy',
          'Or go back to the region and keys that the session had.',
        ],
        zh: ['请先释放原有资源：iam-ha-wizard destroy', '或恢复本会话原来的地域和密钥。'],
      },
    },
    'cd-session-in-cloud': {
      title: {
        en: 'The session {name} still has things in the cloud: {things}',
        zh: '会话 {name} 在云上仍有资源：{things}',
      },
      cause: {
        en: 'Forgotten, they would go on costing, and nobody would give them back.',
        zh: '忘记会话后它们会继续计费，且无人释放。',
      },
      next: {
        en: ['Give them back first: iam-ha-wizard destroy --session {name}'],
        zh: ['请先释放：iam-ha-wizard destroy --session {name}'],
      },
    },
    'cd-destroy-stage': {
      title: { en: 'destroy takes no --stage', zh: 'destroy 不接受 --stage' },
      cause: {
        en: 'It gives everything back, the cloud in an order of its own.',
        zh: '它会释放全部资源，云上的部分有固定顺序。',
      },
      next: {
        en: ['Of some stages, on the nodes: iam-ha-wizard undo --stage …'],
        zh: ['只撤销节点上的某些阶段：iam-ha-wizard undo --stage …'],
      },
    },
    'cd-destroy-left': {
      title: {
        en: 'Still in the cloud: {what}',
        zh: '云上仍有：{what}',
      },
      cause: {
        en: 'It carries this session’s mark. An EIP that leads nowhere costs {yuan} yuan an hour.',
        zh: '带有本会话的标记。闲置的 EIP 每小时 {yuan} 元。',
      },
      next: {
        en: [
          'Try again: iam-ha-wizard destroy',
          'Or in the console: https://console.cloud.tencent.com/cvm/eip and https://console.cloud.tencent.com/vpc/havip',
        ],
        zh: [
          '再试一次：iam-ha-wizard destroy',
          '或在控制台处理：https://console.cloud.tencent.com/cvm/eip 和 https://console.cloud.tencent.com/vpc/havip',
        ],
      },
    },
    'cd-destroy-vip-answers': {
      title: { en: 'Somebody still answers at {vip}', zh: '{vip} 仍有应答' },
      cause: {
        en: 'Asked from {node}. keepalived runs somewhere, or the address is still on a network card.',
        zh: '从 {node} 查询得知。某处仍在运行 keepalived，或该地址仍在网卡上。',
      },
      next: {
        en: ['See who it is: ip neigh show {vip}', 'Then try again: iam-ha-wizard destroy'],
        zh: ['查看是谁：ip neigh show {vip}', '然后再试：iam-ha-wizard destroy'],
      },
    },
  },
} as const satisfies CatalogueArea;
