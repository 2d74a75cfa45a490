import type { ProblemText } from '../catalogue.ts';

/** Why an answer does not do, and why there is nothing to ask. */
export const initProblems = {
  'init-one-server': {
    title: { en: '{found} alone is no pair', zh: '只有 {found} 一台服务器' },
    cause: {
      en: 'High availability needs a second server that takes over.',
      zh: '高可用需要第二台服务器来接替。',
    },
    next: {
      en: ['Name both, with a blank between them.'],
      zh: ['两台都要填写，用空格隔开。'],
    },
  },
  'init-same-machine': {
    title: {
      en: '{found} and {other} are one machine ({hostname})',
      zh: '{found} 和 {other} 是同一台机器（{hostname}）',
    },
    cause: {
      en: 'Both show the same hardware addresses. A pair of one machine survives nothing.',
      zh: '两者的网卡硬件地址相同。同一台机器组不成高可用。',
    },
    next: {
      en: ['Name two different machines.'],
      zh: ['请填写两台不同的机器。'],
    },
  },
  'init-no-shared-subnet': {
    title: {
      en: '{found} shares no subnet with {other}',
      zh: '{found} 与 {other} 不在同一子网',
    },
    cause: {
      en: '{found} has {has}; {other} has {otherHas}. The VIP can only move within one subnet: ARP does not cross a router.',
      zh: '{found} 的地址是 {has}；{other} 的地址是 {otherHas}。VIP 只能在同一子网内漂移：ARP 不能跨越路由器。',
    },
    next: {
      en: ['Name machines of one subnet.'],
      zh: ['请填写同一子网内的机器。'],
    },
  },
  'init-peer-silent': {
    title: {
      en: '{other} does not find {found} in its subnet',
      zh: '{other} 在自己的子网里找不到 {found}',
    },
    cause: {
      en: 'Nobody answers ARP for {address} there: the two are in networks of their own that happen to use the same addresses.',
      zh: '那里没有人应答 {address} 的 ARP 请求：两台机器在不同的网络里，只是地址段恰好相同。',
    },
    next: {
      en: ['Name machines of one network.'],
      zh: ['请填写同一网络内的机器。'],
    },
  },
  'init-vip-outside': {
    title: {
      en: "{vip} is not a host address of the servers' subnet {subnet}",
      zh: '{vip} 不是服务器所在子网 {subnet} 的主机地址',
    },
    cause: {
      en: '{node} is in it by its {nic}. From elsewhere no router would send traffic for {vip} to the servers.',
      zh: '{node} 的 {nic} 在这个子网里。路由器不会把发往 {vip} 的流量送到这些服务器。',
    },
    next: {
      en: ['Choose a free address of {subnet}.'],
      zh: ['请在 {subnet} 中选一个空闲地址。'],
    },
  },
  'init-vip-taken-stranger': {
    title: { en: '{vip} is in use', zh: '{vip} 已被占用' },
    cause: {
      en: 'Another machine answers ARP for it, as {node} sees it.',
      zh: '从 {node} 上看，另一台机器应答了它的 ARP 请求。',
    },
    next: {
      en: ['Choose another address. Who it is: ip neigh show {vip} (on {node})'],
      zh: ['请换一个地址。查看是谁：在 {node} 上执行 ip neigh show {vip}'],
    },
  },
  'init-vip-taken-node': {
    title: {
      en: '{vip} is on one of the servers already',
      zh: '{vip} 已经在其中一台服务器上',
    },
    cause: {
      en: 'It was added by hand, or by another cluster manager, and is not held by a keepalived of ours.',
      zh: '它是手工添加的，或由其他集群软件添加，不是由本向导的 Keepalived 持有。',
    },
    next: {
      en: ['Choose another address, or remove it there first: ip addr del {vip} dev NIC'],
      zh: ['请换一个地址，或者先在服务器上移除它：ip addr del {vip} dev 网卡'],
    },
  },
  'vip-none-free': {
    title: {
      en: 'vip.address: auto found no free address',
      zh: 'vip.address: auto 没有找到空闲地址',
    },
    cause: {
      en: "Each of the likely ones of {node}'s subnet is taken: somebody answers ARP for it, or the cloud says that something has it. In some clouds a gateway answers for all.",
      zh: '在 {node} 的子网里试过的地址都已被占用：有人应答 ARP，或云平台显示已分配。有些云上由网关替所有地址应答。',
    },
    next: {
      en: ['Write an address into {file}, line {line}: one that nobody has.'],
      zh: ['在 {file} 第 {line} 行写一个没有人使用的地址。'],
    },
  },
  'init-no-file': {
    title: { en: 'There is no file {found}', zh: '没有文件 {found}' },
    cause: { en: 'The path may be misspelt.', zh: '路径可能拼写有误。' },
    next: { en: ["ls -l '{found}'"], zh: ["ls -l '{found}'"] },
  },
  'init-no-directory': {
    title: { en: 'There is no folder {found}', zh: '没有目录 {found}' },
    cause: { en: 'The path may be misspelt.', zh: '路径可能拼写有误。' },
    next: { en: ["ls -ld '{found}'"], zh: ["ls -ld '{found}'"] },
  },
  'init-answer-missing': {
    title: { en: 'An answer is needed', zh: '需要一个回答' },
    cause: { en: 'There is nothing that could be assumed here.', zh: '这里没有可以采用的默认值。' },
    next: {
      en: ['Ctrl-C leaves; nothing is written.'],
      zh: ['按 Ctrl-C 离开，不会写入任何文件。'],
    },
  },
  'init-not-a-choice': {
    title: { en: '{found} is not among the choices', zh: '{found} 不在选项之中' },
    cause: { en: 'Only what is listed can be chosen.', zh: '只能选择列出的项目。' },
    next: { en: ['Choose one of those.'], zh: ['请从中选择一个。'] },
  },
  'init-node-lost': {
    title: { en: '{found} did not answer in time', zh: '{found} 没有及时应答' },
    cause: {
      en: 'The connection was lost while the machine was looked at, or it is very busy.',
      zh: '查看机器时连接断开，或者机器非常繁忙。',
    },
    next: { en: ['Press Enter to try again.'], zh: ['按回车再试一次。'] },
  },
  'unknown-shell': {
    title: { en: 'There is no completion for {found}', zh: '没有用于 {found} 的自动补全' },
    cause: { en: 'There is one for: {known}.', zh: '现有：{known}。' },
    next: {
      en: ['source <(iam-ha-wizard completion bash)'],
      zh: ['source <(iam-ha-wizard completion bash)'],
    },
  },
  'init-needs-terminal': {
    title: {
      en: 'init asks, and nobody can answer here',
      zh: 'init 需要提问，而这里没有人可以回答',
    },
    cause: {
      en: 'There is no terminal, or --json or CI is set.',
      zh: '没有终端，或者设置了 --json 或 CI。',
    },
    next: {
      en: [
        'Run it in a terminal: iam-ha-wizard init',
        'Or write the cluster file yourself (README.md shows one), then: iam-ha-wizard plan',
      ],
      zh: [
        '在终端里运行：iam-ha-wizard init',
        '或者自己写集群文件（README.zh.md 中有例子），然后执行：iam-ha-wizard plan',
      ],
    },
  },
  'init-file-unwritable': {
    title: { en: '{file} cannot be written ({reason})', zh: '{file} 无法写入（{reason}）' },
    cause: {
      en: 'The folder is missing or may not be written, or a folder has that name.',
      zh: '目录不存在、没有写权限，或者同名的是一个目录。',
    },
    next: {
      en: ['Name another file: iam-ha-wizard init FILE'],
      zh: ['换一个文件：iam-ha-wizard init 文件'],
    },
  },
} as const satisfies Readonly<Record<string, ProblemText>>;
