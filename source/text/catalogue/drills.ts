import type { CatalogueArea } from '../catalogue.ts';

export const drills = {
  messages: {
    'drill-keepalived-stopped': { en: 'keepalived stopped', zh: 'Keepalived 停止' },
    'drill-nginx-stopped': { en: 'nginx stopped', zh: 'Nginx 停止' },
    'drill-nginx-recovers': { en: 'nginx recovers', zh: 'Nginx 恢复' },
    'drill-keepalived-stopped-description': {
      en: 'keepalived stops on {victim}. Expected: the VIP moves to {taker}, outage {min}–{max} ms; {victim} logs notify_stop, {taker} notify_master, nothing else.',
      zh: '在 {victim} 上停止 Keepalived。预期：VIP 漂移到 {taker}，中断 {min}–{max} 毫秒；{victim} 新增 notify_stop，{taker} 新增 notify_master，再无其他日志。',
    },
    'drill-nginx-stopped-description': {
      en: 'nginx stops on {victim}. Expected: the VIP moves to {taker}, outage {min}–{max} ms; {victim} logs notify_fault, {taker} notify_master, nothing else.',
      zh: '在 {victim} 上停止 Nginx。预期：VIP 漂移到 {taker}，中断 {min}–{max} 毫秒；{victim} 新增 notify_fault，{taker} 新增 notify_master，再无其他日志。',
    },
    'drill-nginx-recovers-description': {
      en: 'nginx comes back on {victim} after the VIP has moved to {taker}. Expected: the VIP stays, outage {min}–{max} ms; {victim} logs notify_backup, {taker} nothing.',
      zh: 'VIP 漂移到 {taker} 之后，恢复 {victim} 上的 Nginx。预期：VIP 不动，中断 {min}–{max} 毫秒；{victim} 新增 notify_backup，{taker} 没有新增日志。',
    },
    'drill-breaking': { en: 'breaking {node} now', zh: '现在在 {node} 上制造故障' },
    'drill-vip-home': { en: 'the VIP goes back to {node}', zh: 'VIP 移回 {node}' },
    'drill-restoring': { en: 'restoring {node}', zh: '正在恢复 {node}' },
  },
  problems: {
    'drill-no-holder': {
      title: {
        en: 'No drill without exactly one holder of the VIP',
        zh: '必须恰好有一台服务器持有 VIP，才能演练',
      },
      cause: {
        en: 'Likely because keepalived is down on all nodes, or two of them have the address.',
        zh: '可能所有服务器上的 Keepalived 都停了，或者有两台同时持有该地址。',
      },
      next: {
        en: ['iam-ha-wizard check --stage keepalived'],
        zh: ['iam-ha-wizard check --stage keepalived'],
      },
    },
    'drill-not-ready': {
      title: {
        en: 'No drill: the check {check} has not passed',
        zh: '不能演练：检查 {check} 没有通过',
      },
      cause: {
        en: 'A drill on a pair that is not whole would break it for real.',
        zh: '在不完整的系统上演练，会造成真正的故障。',
      },
      next: {
        en: ['iam-ha-wizard check', 'iam-ha-wizard apply'],
        zh: ['iam-ha-wizard check', 'iam-ha-wizard apply'],
      },
    },
    'drill-unknown': {
      title: { en: 'There is no drill {drill} here', zh: '这里没有名为 {drill} 的演练' },
      cause: {
        en: 'The drills of this cluster and of the chosen stages are: {known}. Databases that the wizard did not install are never stopped by it.',
        zh: '该集群及所选阶段可用的演练：{known}。不是本向导安装的数据库，本向导绝不会停止。',
      },
      next: { en: ['iam-ha-wizard drill --all'], zh: ['iam-ha-wizard drill --all'] },
    },
    'drill-baseline-bad': {
      title: {
        en: 'The VIP does not answer well even before the fault ({reason})',
        zh: '故障之前 VIP 就没有正常应答（{reason}）',
      },
      cause: {
        en: 'Likely because the place that measures cannot reach the VIP, or a service is down.',
        zh: '可能测量的位置到不了 VIP，或者某个服务没有运行。',
      },
      next: {
        en: [
          'iam-ha-wizard check',
          'Set vantages: { inside: … } in the cluster file to a place in the subnet.',
        ],
        zh: ['iam-ha-wizard check', '在集群文件里把 vantages: { inside: … } 设为子网内的位置。'],
      },
    },
    'drill-step-failed': {
      title: { en: '{node}: a step of the drill failed', zh: '{node}：演练的一个步骤失败' },
      cause: {
        en: 'Likely because the node did not answer, or systemd refused. The fault undoes itself within a minute.',
        zh: '可能该服务器没有应答，或者 systemd 拒绝了操作。故障会在一分钟内自行恢复。',
      },
      next: { en: ['iam-ha-wizard check'], zh: ['iam-ha-wizard check'] },
    },
    'drill-not-injected': {
      title: {
        en: '{node}: the fault did not happen, so nothing was proven',
        zh: '{node}：故障没有真正发生，因此什么也没有证明',
      },
      cause: {
        en: 'Likely because something on the node starts the service again at once.',
        zh: '可能该服务器上有别的程序立即重启了服务。',
      },
      next: {
        en: ['systemctl status nginx keepalived'],
        zh: ['systemctl status nginx keepalived'],
      },
    },
    'drill-not-restored': {
      title: { en: '{node}: not whole again after the drill', zh: '{node}：演练之后没有完全恢复' },
      cause: {
        en: 'The service was started again, but keepalived has not said that it is BACKUP.',
        zh: '服务已经重新启动，但 Keepalived 没有进入 BACKUP 状态。',
      },
      next: {
        en: ['iam-ha-wizard check', 'journalctl -u keepalived -n 50'],
        zh: ['iam-ha-wizard check', 'journalctl -u keepalived -n 50'],
      },
    },
    'drill-prober-late': {
      title: {
        en: 'The run is thrown away: the prober itself was late',
        zh: '本次结果作废：探测程序自己迟到了',
      },
      cause: { en: 'Likely because this computer is overloaded.', zh: '可能本机负载过高。' },
      next: {
        en: ['Run the drill again when the computer is quiet.'],
        zh: ['等本机空闲后再次演练。'],
      },
    },
    'drill-wrong-holder': {
      title: {
        en: 'The VIP should be on {expected}; it is on {found}',
        zh: 'VIP 应在 {expected} 上，实际在 {found} 上',
      },
      cause: {
        en: 'Likely because keepalived on the other node was not ready to take over.',
        zh: '可能另一台服务器上的 Keepalived 没有准备好接管。',
      },
      next: { en: ['journalctl -u keepalived -n 50'], zh: ['journalctl -u keepalived -n 50'] },
    },
    'drill-outage-unexpected': {
      title: {
        en: 'Outage {found} ms; the timers allow {min}–{max} ms',
        zh: '中断 {found} 毫秒；按定时器推算应为 {min}–{max} 毫秒',
      },
      cause: {
        en: 'Likely because a node was slow, or its configuration has other timers than ours.',
        zh: '可能某台服务器太慢，或者它的配置用了别的定时器。',
      },
      next: {
        en: ['iam-ha-wizard drill', 'iam-ha-wizard check'],
        zh: ['iam-ha-wizard drill', 'iam-ha-wizard check'],
      },
    },
    'drill-phase-detected': {
      title: {
        en: 'noticing the fault took {took} ms; the timers allow {min}–{max} ms',
        zh: '发现故障用了 {took} 毫秒；按定时器推算应为 {min}–{max} 毫秒',
      },
      cause: {
        en: 'Likely because the check script or keepalived had to wait for the processor, or runs at another interval than ours.',
        zh: '可能检查脚本或 Keepalived 没有及时得到处理器，或者它的间隔与我们的配置不同。',
      },
      next: {
        en: ['journalctl -u keepalived -o short-precise -n 50'],
        zh: ['journalctl -u keepalived -o short-precise -n 50'],
      },
    },
    'drill-phase-decided': {
      title: {
        en: 'the decision to take over took {took} ms; the timers allow {min}–{max} ms',
        zh: '决定接管用了 {took} 毫秒；按定时器推算应为 {min}–{max} 毫秒',
      },
      cause: {
        en: 'Likely because the other node has another priority or advert interval than ours, or adverts were lost or late.',
        zh: '可能另一台服务器的优先级或通告间隔与我们的配置不同，或者 VRRP 通告丢失、迟到。',
      },
      next: {
        en: ["grep -E 'priority|advert_int|interval' /etc/keepalived/keepalived.conf"],
        zh: ["grep -E 'priority|advert_int|interval' /etc/keepalived/keepalived.conf"],
      },
    },
    'drill-phase-added': {
      title: {
        en: 'adding the address took {took} ms; the timers allow {min}–{max} ms',
        zh: '加上地址用了 {took} 毫秒；按定时器推算应为 {min}–{max} 毫秒',
      },
      cause: {
        en: 'Likely because the node that took over had no processor time just then.',
        zh: '可能接管的服务器当时没有得到处理器。',
      },
      next: {
        en: ['uptime; journalctl -u keepalived -o short-precise -n 50'],
        zh: ['uptime; journalctl -u keepalived -o short-precise -n 50'],
      },
    },
    'drill-phase-announced': {
      title: {
        en: 'announcing the address took {took} ms; the timers allow {min}–{max} ms',
        zh: '宣告地址用了 {took} 毫秒；按定时器推算应为 {min}–{max} 毫秒',
      },
      cause: {
        en: 'Likely because the gratuitous ARP left late, or a firewall or switch held it back.',
        zh: '可能免费 ARP 发出得晚，或者被防火墙、交换机拦下。',
      },
      next: {
        en: ['journalctl -u keepalived -o short-precise | grep -i arp'],
        zh: ['journalctl -u keepalived -o short-precise | grep -i arp'],
      },
    },
    'drill-phase-answered': {
      title: {
        en: 'the first good answer took {took} ms; the timers allow {min}–{max} ms',
        zh: '首次正常应答用了 {took} 毫秒；按定时器推算应为 {min}–{max} 毫秒',
      },
      cause: {
        en: 'The address was there, and nobody answered: likely because clients or the network kept the old way to it, or nginx there was slow.',
        zh: '地址已经就位但没有应答：可能客户端或网络仍走旧路径，或者该机的 Nginx 太慢。',
      },
      next: {
        en: ['iam-ha-wizard check --stage keepalived'],
        zh: ['iam-ha-wizard check --stage keepalived'],
      },
    },
    'drill-wrong-lines': {
      title: {
        en: '{node}: the notify log should have gained {expected}; it gained {found}',
        zh: '{node}：通知日志应新增 {expected}，实际新增 {found}',
      },
      cause: {
        en: 'Likely because keepalived changed state more often than the fault explains.',
        zh: '可能 Keepalived 的状态切换次数超出了该故障的解释。',
      },
      next: {
        en: ['tail /var/log/keepalived.log', 'journalctl -u keepalived -n 50'],
        zh: ['tail /var/log/keepalived.log', 'journalctl -u keepalived -n 50'],
      },
    },
  },
} as const satisfies CatalogueArea;
