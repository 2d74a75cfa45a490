import type { CatalogueArea } from '../catalogue.ts';

/** The planned switch-over: the command, and the drill that measures it. */
export const moveVip = {
  messages: {
    'drill-switch-over': { en: 'planned switch-over', zh: '计划内切换' },
    'drill-switch-over-description': {
      en: 'The VIP is moved from {from} to {to} on purpose. {from} goes on answering what has begun there, {to} sends it the packets of those connections. Expected: no request is lost or late (outage 0 ms); {from} logs notify_stop and, when keepalived starts again, notify_backup; {to} logs notify_master.',
      zh: '按计划把 VIP 从 {from} 切换到 {to}。{from} 继续处理已经开始的请求，{to} 把这些连接的报文转回给它。预期：没有请求丢失或迟到（中断 0 毫秒）；{from} 新增 notify_stop，Keepalived 重新启动后再新增 notify_backup；{to} 新增 notify_master。',
    },
    'drill-switch-over-kept-description': {
      en: 'The VIP is moved from {from} to {to} on purpose. {from} goes on answering new requests that still come there. Packets of open connections are not sent back to it, because a cloud may drop what does not come from the machine’s own address: long requests and idle connections are cut. Expected: no new request is lost or late (outage 0 ms); {from} logs notify_stop and, when keepalived starts again, notify_backup; {to} logs notify_master.',
      zh: '按计划把 VIP 从 {from} 切换到 {to}。仍到达 {from} 的新请求由它继续应答。云网络可能丢弃源地址不属于本机的报文，因此不把已有连接的报文转回给它：耗时较长的请求和空闲连接会断开。预期：没有新请求丢失或迟到（中断 0 毫秒）；{from} 新增 notify_stop，Keepalived 重新启动后再新增 notify_backup；{to} 新增 notify_master。',
    },
    'move-vip-how-sent-back': {
      en: 'No request is lost: {from} finishes what has begun there, for 30 s at most, and {to} sends it the packets of those connections. Idle connections are closed.',
      zh: '不丢请求：{from} 把已经开始的请求处理完（最多 30 秒），{to} 把这些连接的报文转回给它。空闲连接会被关闭。',
    },
    'move-vip-how-no-nft': {
      en: 'New connections lose nothing. Connections that are open now are cut, because {to} has no nft to send their packets back to {from}. With the package nftables on {to} they would be finished first.',
      zh: '新连接不受影响。但 {to} 上没有 nft，无法把已有连接的报文转回给 {from}，这些连接会断开。在 {to} 上安装软件包 nftables 后，可先把它们处理完。',
    },
    'move-vip-how-no-dup': {
      en: 'New connections lose nothing. Connections that are open now are cut, because the kernel of {to} does not take the rule that sends their packets back to {from} (nft: dup to).',
      zh: '新连接不受影响。但 {to} 的内核不支持转回报文的规则（nft：dup to），无法把已有连接的报文转回给 {from}，这些连接会断开。',
    },
    'move-vip-how-fabric': {
      en: 'New connections lose nothing on the nodes; the cloud has its own time to follow. Connections that are open now are cut: {to} does not send their packets back to {from}, because a cloud may drop what does not come from the machine’s own address.',
      zh: '就节点而言，新连接不受影响；云侧切换另需时间。已有连接会断开：云网络可能丢弃源地址不属于本机的报文，因此 {to} 不把它们转回给 {from}。',
    },
    'move-vip-done-sent-back': {
      en: 'The VIP has moved from {from} to {to} in {seconds} s; what had begun on {from} was finished there, its packets sent back by {to}',
      zh: 'VIP 已从 {from} 切换到 {to}，用时 {seconds} 秒；{from} 上已经开始的请求由它处理完毕，报文由 {to} 转回',
    },
    'move-vip-done-kept': {
      en: 'The VIP has moved from {from} to {to} in {seconds} s; {from} answered new requests that still came there, nothing was sent back to it',
      zh: 'VIP 已从 {from} 切换到 {to}，用时 {seconds} 秒；期间仍到达 {from} 的新请求由它应答，没有报文转回给它',
    },
    'move-vip-cut': {
      en: 'Connections to {from} that were still open after 30 s have been cut',
      zh: '30 秒后仍未结束的 {from} 上的连接已断开',
    },
  },
  problems: {
    'move-vip-not-taken': {
      title: {
        en: '{to} did not take the VIP within 2 s: everything was put back',
        zh: '{to} 在 2 秒内没有接管 VIP：已全部恢复',
      },
      cause: {
        en: 'Likely because its keepalived does not hear the others, or is in FAULT by now. Clients were answered by the old holder meanwhile.',
        zh: '可能它的 Keepalived 收不到其他节点的通告，或者已进入 FAULT 状态。期间由原持有者应答客户端。',
      },
      next: {
        en: ['iam-ha-wizard check', 'On {to}: journalctl -u keepalived -n 50'],
        zh: ['iam-ha-wizard check', '在 {to} 上执行：journalctl -u keepalived -n 50'],
      },
    },
    'move-vip-no-nft': {
      title: {
        en: '{node} has no nft: connections that were open were cut',
        zh: '{node} 上没有 nft：已有连接被断开',
      },
      cause: {
        en: 'Without it the packets of those connections cannot be sent back to the old holder. New connections are not concerned.',
        zh: '没有它就无法把这些连接的报文转回给原持有者。新连接不受影响。',
      },
      next: {
        en: ['On {node}: install the package nftables'],
        zh: ['在 {node} 上安装软件包 nftables'],
      },
    },
    'move-vip-no-dup': {
      title: {
        en: 'The kernel of {node} cannot send packets back: connections that were open were cut',
        zh: '{node} 的内核无法转回报文：已有连接被断开',
      },
      cause: {
        en: 'It does not take the rule “dup to” (the kernel’s module nft_dup_ipv4). New connections are not concerned.',
        zh: '它不支持 “dup to” 规则（内核模块 nft_dup_ipv4）。新连接不受影响。',
      },
      next: {
        en: ['On {node}: modprobe nft_dup_ipv4'],
        zh: ['在 {node} 上执行：modprobe nft_dup_ipv4'],
      },
    },
    'drill-move-not-restored': {
      title: {
        en: '{node}: something of the switch-over is left',
        zh: '{node}：切换留下了未清除的内容',
      },
      cause: {
        en: 'Likely because keepalived has not started again on one of the nodes. Each node undoes its part by itself within two minutes.',
        zh: '可能某个节点上的 Keepalived 没有重新启动。各节点会在两分钟内自行恢复。',
      },
      next: {
        en: ['iam-ha-wizard check', 'systemctl status keepalived; ls /run/iam-ha-move'],
        zh: ['iam-ha-wizard check', 'systemctl status keepalived; ls /run/iam-ha-move'],
      },
    },
  },
} as const satisfies CatalogueArea;
