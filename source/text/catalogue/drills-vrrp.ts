import type { CatalogueArea } from '../catalogue.ts';

/** The drills beside the lecture's three in which the VIP is at stake. */
export const drillsVrrp = {
  messages: {
    'drill-nginx-hung': { en: 'nginx hangs', zh: 'Nginx 挂起' },
    'drill-keepalived-killed': { en: 'keepalived killed', zh: 'Keepalived 被杀' },
    'drill-vrrp-blocked': { en: 'VRRP blocked', zh: 'VRRP 被阻断' },
    'drill-nginx-hung-description': {
      en: 'nginx hangs on {victim} (SIGSTOP): port 80 is open, and nobody answers. Expected: keepalived’s check finds out, and the VIP moves to {taker}; outage {min}–{max} ms, and what is asked in that time fails; {victim} logs notify_fault, {taker} notify_master, nothing else.',
      zh: '在 {victim} 上挂起 Nginx（SIGSTOP）：80 端口仍然打开，但没有应答。预期：Keepalived 的检查脚本发现故障，VIP 漂移到 {taker}；中断 {min}–{max} 毫秒，期间的请求失败；{victim} 新增 notify_fault，{taker} 新增 notify_master，再无其他日志。',
    },
    'drill-keepalived-killed-description': {
      en: 'All processes of keepalived on {victim} are killed (kill -9). Expected: {victim} keeps answering at the VIP until {taker} has it, too; then systemd starts keepalived again, which takes the stale address away; outage {min}–{max} ms (usually 0; more only if keepalived gets its goodbye out before it dies); {taker} logs notify_master, {victim} notify_backup, perhaps notify_stop before it, nothing else.',
      zh: '在 {victim} 上杀掉 Keepalived 的所有进程（kill -9）。预期：{victim} 继续在 VIP 上应答，直到 {taker} 也持有 VIP；随后 systemd 重新拉起 Keepalived，清除残留地址；中断 {min}–{max} 毫秒（通常为 0；只有 Keepalived 死前发出了告别通告才会更长）；{taker} 新增 notify_master，{victim} 新增 notify_backup，之前可能还有 notify_stop，再无其他日志。',
    },
    'drill-vrrp-blocked-description': {
      en: 'VRRP (IP protocol 112) is dropped both ways on {victim} for {seconds} s. Expected: {taker} takes the VIP, too, and logs notify_master; both have it, and clients lose nothing; when they hear each other again {loser} lets go and logs notify_backup, and {winner} has it alone, because its priority is higher; at most what {loser} has in hand just then is lost (outage {min}–{max} ms); nothing else is logged.',
      zh: '在 {victim} 上双向丢弃 VRRP（IP 协议 112）{seconds} 秒。预期：{taker} 也接管 VIP，新增 notify_master；两台同时持有，客户端不丢请求；恢复通信后 {loser} 放弃 VIP，新增 notify_backup，只有优先级较高的 {winner} 持有 VIP；最多只会丢失 {loser} 此刻正在处理的请求（中断 {min}–{max} 毫秒）；再无其他日志。',
    },
    'drill-healing': {
      en: 'ending the fault on {node}; still watching',
      zh: '正在结束 {node} 上的故障；继续观察',
    },
  },
  problems: {
    'drill-fault-refused': {
      title: {
        en: '{node}: the fault was refused, so nothing was proven',
        zh: '{node}：拒绝执行故障操作，因此什么也没有证明',
      },
      cause: {
        en: 'The command that breaks it failed: its program is missing, or something on the node forbids it.',
        zh: '制造故障的命令执行失败：程序不存在，或者该服务器上有设置禁止这样做。',
      },
      next: {
        en: ['See what it said (above).', 'VRRP is blocked with nft: apt-get install nftables'],
        zh: ['查看上面的命令输出。', '阻断 VRRP 需要 nft：apt-get install nftables'],
      },
    },
    'drill-too-many-lost': {
      title: {
        en: '{found} requests were late or failed; {max} were expected at most',
        zh: '{found} 个请求迟到或失败；预期最多 {max} 个',
      },
      cause: {
        en: 'Likely because a node let the VIP go before the other one had announced it, or a node was slow.',
        zh: '可能一台服务器在另一台宣告 VIP 之前就放弃了它，或者某台服务器太慢。',
      },
      next: {
        en: ['iam-ha-wizard drill', 'journalctl -u keepalived -n 50'],
        zh: ['iam-ha-wizard drill', 'journalctl -u keepalived -n 50'],
      },
    },
    'drill-not-healed': {
      title: {
        en: '{node}: the fault has ended, and the pair has not come to rest',
        zh: '{node}：故障已经结束，但系统没有恢复稳定',
      },
      cause: {
        en: 'Likely because keepalived on a node has not become MASTER or BACKUP as it should have.',
        zh: '可能某台服务器上的 Keepalived 没有进入应有的 MASTER 或 BACKUP 状态。',
      },
      next: {
        en: ['iam-ha-wizard check', 'journalctl -u keepalived -n 50'],
        zh: ['iam-ha-wizard check', 'journalctl -u keepalived -n 50'],
      },
    },
  },
} as const satisfies CatalogueArea;
