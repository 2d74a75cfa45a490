import type { CatalogueArea } from '../catalogue.ts';

const OTHERS = {
  en: [
    'The other drills need no such thing: iam-ha-wizard drill keepalived-stopped nginx-stopped',
    'To see it all the same, cut the node off in the console of its provider, and look on: iam-ha-wizard watch',
  ],
  zh: [
    '其他演练没有这个要求：iam-ha-wizard drill keepalived-stopped nginx-stopped',
    '仍想看到效果：在服务商的控制台断开该服务器，同时观察：iam-ha-wizard watch',
  ],
} as const;

/** The drills of a whole node: unplugged, rebooted. */
export const drillsNode = {
  messages: {
    'drill-node-unplugged': { en: 'node unplugged', zh: '服务器断网' },
    'drill-node-rebooted': { en: 'node rebooted', zh: '服务器重启' },
    'drill-node-unplugged-description': {
      en: 'The NIC of {victim} goes down, and comes back after {seconds} s by a timer on the node itself. Expected: nobody reaches {victim} meanwhile; the VIP moves to {taker}, outage {min}–{max} ms; {victim} logs notify_fault, and notify_backup when it is back, {taker} notify_master, nothing else; addresses and routes of {victim} are as before.',
      zh: '断开 {victim} 的网卡，{seconds} 秒后由该服务器自己的定时器恢复。预期：期间无法访问 {victim}；VIP 漂移到 {taker}，中断 {min}–{max} 毫秒；{victim} 新增 notify_fault，恢复后新增 notify_backup，{taker} 新增 notify_master，再无其他日志；{victim} 的地址和路由与之前一致。',
    },
    'drill-node-rebooted-description': {
      en: '{victim} reboots. Nothing is armed: the boot itself undoes it, within {minutes} minutes. Expected: the VIP moves to {taker}, outage {min}–{max} ms; {taker} logs notify_master, {victim} notify_stop and, when it is back, notify_backup (notify_fault wherever nginx stops first or starts last); every unit that ran before runs again.',
      zh: '重启 {victim}。无需预设撤销：启动本身就是恢复，应在 {minutes} 分钟内完成。预期：VIP 漂移到 {taker}，中断 {min}–{max} 毫秒；{taker} 新增 notify_master，{victim} 新增 notify_stop，恢复后新增 notify_backup（Nginx 先停或后启时还有 notify_fault）；之前运行的服务全部恢复运行。',
    },
    'drill-late-afterwards': {
      en: 'late although the VIP already answered from its new node: {late}',
      zh: 'VIP 已在新服务器上应答之后仍迟到的请求：{late} 个',
    },
  },
  problems: {
    'unplug-manager': {
      title: {
        en: '{node} is not unplugged: {manager} manages its network',
        zh: '不对 {node} 断网：它的网络由 {manager} 管理',
      },
      cause: {
        en: 'Whether {manager} brings all addresses and routes back after the link was down is not known. systemd-networkd with fixed addresses, and a network without a manager, are known to come back.',
        zh: '不能确定链路断开之后 {manager} 会恢复全部地址和路由。已确认可以恢复的：systemd-networkd 加静态地址，或者没有网络管理程序。',
      },
      next: OTHERS,
    },
    'unplug-dynamic': {
      title: {
        en: '{node} is not unplugged: an address or a route of {nic} is lent (DHCP, router advertisements)',
        zh: '不对 {node} 断网：{nic} 上有租用的地址或路由（DHCP 或路由器通告）',
      },
      cause: {
        en: 'Somebody else decides whether and when it comes back.',
        zh: '它是否恢复、何时恢复，由别的服务器决定。',
      },
      next: OTHERS,
    },
    'unplug-stacked': {
      title: {
        en: '{node} is not unplugged: {nic} belongs together with another interface ({other})',
        zh: '不对 {node} 断网：{nic} 与另一个网络接口（{other}）相关联',
      },
      cause: {
        en: 'What a bond, a bridge, a VLAN or a tunnel loses with it is not recorded, so it would not be put back.',
        zh: '绑定、网桥、VLAN 或隧道会随之失去的东西没有记录，也就无法补回。',
      },
      next: OTHERS,
    },
    'unplug-tool': {
      title: {
        en: '{node} is not unplugged: it has no {tool}',
        zh: '不对 {node} 断网：该服务器没有 {tool}',
      },
      cause: {
        en: 'The node has to record its network, and to bring it back by itself.',
        zh: '该服务器必须自己记录网络配置，并自己恢复。',
      },
      next: {
        en: [
          'Install it on {node} (packages systemd, iproute2, diffutils, coreutils).',
          OTHERS.en[0],
        ],
        zh: ['在 {node} 上安装（软件包 systemd、iproute2、diffutils、coreutils）。', OTHERS.zh[0]],
      },
    },
    'unplug-no-nic': {
      title: {
        en: '{node} is not unplugged: it has no NIC that is up with the address {address}',
        zh: '不对 {node} 断网：它没有已启用且地址为 {address} 的网卡',
      },
      cause: {
        en: 'The address in the cluster file is not the one that the node has in its subnet, or somebody takes the NIC down.',
        zh: '集群文件里的地址不是该服务器在子网中的地址，或者有人正在关闭这块网卡。',
      },
      next: {
        en: ['On {node}: ip -4 -br addr', 'iam-ha-wizard check --stage preflight'],
        zh: ['在 {node} 上：ip -4 -br addr', 'iam-ha-wizard check --stage preflight'],
      },
    },
    'unplug-record': {
      title: {
        en: '{node} is not unplugged: a part of its network cannot be put back ({entry})',
        zh: '不对 {node} 断网：它的网络配置中有无法补回的内容（{entry}）',
      },
      cause: {
        en: 'The kernel does not take it again as it prints it; so it is with a route that has several next hops (multipath).',
        zh: '内核打印出来的形式无法原样再次写入；有多个下一跳的路由（multipath）就是这样。',
      },
      next: OTHERS,
    },
    'drill-late-after': {
      title: {
        en: '{found} requests were late after the takeover; {most} at most were expected',
        zh: 'VIP 接管之后仍有 {found} 个请求迟到；预期最多 {most} 个',
      },
      cause: {
        en: 'Likely because nginx on the new node waited too long for the backend that had gone.',
        zh: '可能新服务器上的 Nginx 等待已断开的后端太久。',
      },
      next: {
        en: [
          'grep -r proxy_connect_timeout /etc/nginx',
          'iam-ha-wizard plan --stage reverse-proxy',
        ],
        zh: [
          'grep -r proxy_connect_timeout /etc/nginx',
          'iam-ha-wizard plan --stage reverse-proxy',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
