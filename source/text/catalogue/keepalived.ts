import type { CatalogueArea } from '../catalogue.ts';

/** virtual-ip and keepalived. */
export const keepalived = {
  messages: {
    'check-vip-unused': {
      en: '{node}: nobody else uses {vip}',
      zh: '{node}：{vip} 没有被别人使用',
    },
    'check-vip-arp': {
      en: '{node}: nobody but our nodes answers ARP for {vip}',
      zh: '{node}：除我们的节点外，无人应答 {vip} 的 ARP',
    },
    'check-vip-holder': { en: 'exactly one node has {vip}', zh: '恰好一个节点持有 {vip}' },
    'check-vip-health': {
      en: '{domain} answers through {vip}',
      zh: '{domain} 经 {vip} 应答',
    },
    'check-keepalived-config': {
      en: '{node}: keepalived accepts its configuration',
      zh: '{node}：keepalived 接受其配置',
    },
    'check-check-script': {
      en: '{node}: the check script tells a good nginx from a bad one',
      zh: '{node}：检测脚本能分辨 nginx 是否正常',
    },
    'vip-held-here': { en: '{node} has {vip} itself', zh: '{node} 自己持有 {vip}' },
    'vip-nobody-answers': { en: 'nobody answers for {vip}', zh: '无人应答 {vip}' },
    'vip-answered-by-node': { en: '{node} answers for {vip}', zh: '{node} 应答 {vip}' },
    'vip-held-by': { en: '{node} has {vip}', zh: '{node} 持有 {vip}' },
    'truth-table-holds': {
      en: '{script} as {user}, exit codes: {table}',
      zh: '以 {user} 运行 {script}，退出码：{table}',
    },
    'waiting-for-vip': {
      en: 'waiting until {vip} has a holder',
      zh: '等待 {vip} 被某个节点持有',
    },
    'sysctl-right': { en: 'set already', zh: '已设置' },
    'sysctl-set': { en: 'set {names}', zh: '设置 {names}' },
    'strays-load': {
      en: 'load the table that sends packets of the other node’s connections back to it, while the VIP moves',
      zh: '加载规则表：VIP 漂移期间，把属于对端连接的报文送回对端',
    },
    'tmpfiles-there': { en: 'there already', zh: '已存在' },
    'tmpfiles-make': { en: 'make {folder}', zh: '创建 {folder}' },
  },
  problems: {
    'vip-answered-by-other': {
      title: {
        en: '{vip} is used by a machine that is none of ours: {mac}',
        zh: '{vip} 正被别的机器使用：{mac}',
      },
      cause: {
        en: 'It answered ARP for {vip}, seen from {seenFrom}. Likely a router, another server, or another cluster has this address.',
        zh: '从 {seenFrom} 看到它应答了 {vip} 的 ARP。可能是路由器、其他服务器或另一套集群使用了该地址。',
      },
      next: {
        en: ['On {seenFrom}: ip neigh show {vip}', 'Choose a free address in {file}, line {line}.'],
        zh: ['在 {seenFrom} 上执行：ip neigh show {vip}', '在 {file} 第 {line} 行改用空闲地址。'],
      },
    },
    'vip-on-several-nodes': {
      title: {
        en: '{vip} is on several nodes: {nodes}; {node} must give it up',
        zh: '{vip} 同时在多个节点上：{nodes}；{node} 应当放弃它',
      },
      cause: {
        en: 'Likely because it was added by hand, keepalived was killed there, or the nodes do not hear each other (VRRP blocked). Clients reach whichever answered ARP last.',
        zh: '可能是手工添加、该节点的 keepalived 被杀死，或节点之间收不到通告（VRRP 被拦截）。客户端会到达最后应答 ARP 的节点。',
      },
      next: {
        en: [
          'On {node}: ip addr del {address} dev {device}',
          'On {node}: systemctl status keepalived',
          'On {node}: journalctl -u keepalived -n 30',
        ],
        zh: [
          '在 {node} 上执行：ip addr del {address} dev {device}',
          '在 {node} 上执行：systemctl status keepalived',
          '在 {node} 上执行：journalctl -u keepalived -n 30',
        ],
      },
    },
    'keepalived-not-running': {
      title: { en: '{node}: keepalived is not running', zh: '{node}：keepalived 未运行' },
      cause: {
        en: 'Somebody stopped it, or it cannot start. Until it runs, the VIP has one node fewer to go to.',
        zh: '可能被人停止，或无法启动。在它恢复之前，VIP 少了一个可去的节点。',
      },
      next: {
        en: [
          'On {node}: journalctl -u keepalived -n 30',
          'On {node}: systemctl start keepalived (the VIP stays where it is)',
        ],
        zh: [
          '在 {node} 上执行：journalctl -u keepalived -n 30',
          '在 {node} 上执行：systemctl start keepalived（VIP 保持不动）',
        ],
      },
    },
    'vip-on-no-node': {
      title: { en: '{vip} is on none of {nodes}', zh: '{nodes} 都没有持有 {vip}' },
      cause: {
        en: 'Likely because keepalived does not run, or every node is in FAULT: nginx does not answer there.',
        zh: '可能是 keepalived 未运行，或所有节点都处于 FAULT 状态：nginx 没有应答。',
      },
      next: {
        en: [
          'On each node: systemctl status keepalived nginx',
          'On each node: tail /var/log/keepalived.log',
        ],
        zh: [
          '在每个节点上执行：systemctl status keepalived nginx',
          '在每个节点上执行：tail /var/log/keepalived.log',
        ],
      },
    },
    'vip-no-health': {
      title: {
        en: '{domain} does not answer through {vip} ({status}; asked from {from})',
        zh: '{domain} 经 {vip} 没有正常应答（{status}；访问自 {from}）',
      },
      cause: {
        en: 'Likely because no backend on port {port} answers (502), or something between the client and the VIP drops the traffic (0: no answer at all).',
        zh: '可能是 {port} 端口的后端都没有应答（502），或客户端与 VIP 之间的流量被丢弃（0：完全没有应答）。',
      },
      next: {
        en: ["curl -i -H 'Host: {domain}' http://{vip}/healthz"],
        zh: ["curl -i -H 'Host: {domain}' http://{vip}/healthz"],
      },
    },
    'keepalived-config-missing': {
      title: { en: '{node}: {path} is missing or empty', zh: '{node}：{path} 不存在或为空' },
      cause: {
        en: 'Likely because it was removed. keepalived does not start without it.',
        zh: '可能已被删除。没有它 keepalived 无法启动。',
      },
      next: { en: ['iam-ha-wizard plan'], zh: ['iam-ha-wizard plan'] },
    },
    'keepalived-config-refused': {
      title: {
        en: '{node}: keepalived complains about its configuration (exit {code})',
        zh: '{node}：keepalived 对其配置有意见（退出码 {code}）',
      },
      cause: {
        en: 'Likely because keepalived.conf was edited, or a script of it can be changed by others than root. keepalived ignores what it complains about.',
        zh: '可能是 keepalived.conf 被改动，或其脚本可被 root 以外的用户修改。keepalived 会忽略有问题的内容。',
      },
      next: {
        en: ['On {node}: keepalived -t; echo $?'],
        zh: ['在 {node} 上执行：keepalived -t; echo $?'],
      },
    },
    'check-script-wrong': {
      title: {
        en: '{node}: the check script is wrong about: {states}',
        zh: '{node}：检测脚本对以下情况判断错误：{states}',
      },
      cause: {
        en: 'Exit codes: {table}. It must be 0 for a healthy nginx and with the backends of one domain down, and anything else for one that is stopped or hangs. Run as {user}. Likely because it was edited.',
        zh: '退出码：{table}（以 {user} 运行）。nginx 正常、或仅某域名的后端全部停止时必须为 0；nginx 停止或挂起时必须不为 0。可能是脚本被改动。',
      },
      next: {
        en: ['On {node}: {script}; echo $?', 'iam-ha-wizard plan'],
        zh: ['在 {node} 上执行：{script}; echo $?', 'iam-ha-wizard plan'],
      },
    },
    'check-script-blind': {
      title: {
        en: '{node}: the check script always says that nginx is well: it calls {tools}, which is not installed',
        zh: '{node}：检测脚本总是认为 nginx 正常：它调用了未安装的 {tools}',
      },
      cause: {
        en: 'Exit codes: {table}. The script looks for a word in the output of {tools} ("refused"), and nothing is written where there is no such program: the VIP stays on a node whose nginx is dead. This is so with the script of the lecture, as most servers have no telnet.',
        zh: '退出码：{table}。脚本在 {tools} 的输出中查找某个词（“refused”），而该程序不存在时没有输出：nginx 已停止的节点仍会保留 VIP。讲义中的脚本就是如此，因为多数服务器没有 telnet。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --overwrite FILE: our own script needs bash alone',
          'To see it, on {node}: {script}; echo $?',
        ],
        zh: [
          'iam-ha-wizard apply --overwrite FILE：我们的脚本只需要 bash',
          '在 {node} 上查看：{script}; echo $?',
        ],
      },
    },
    'check-script-lacks': {
      title: {
        en: '{node}: the check script calls {tools}, which is not installed, and is wrong about: {states}',
        zh: '{node}：检测脚本调用了未安装的 {tools}，并对以下情况判断错误：{states}',
      },
      cause: {
        en: 'Exit codes: {table}. What it calls fails whatever nginx does, so its word means nothing.',
        zh: '退出码：{table}。无论 nginx 状态如何它调用的程序都会失败，因此它的判断没有意义。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --overwrite FILE: our own script needs bash alone',
          'To see it, on {node}: {script}; echo $?',
        ],
        zh: [
          'iam-ha-wizard apply --overwrite FILE：我们的脚本只需要 bash',
          '在 {node} 上查看：{script}; echo $?',
        ],
      },
    },
    'check-script-none': {
      title: {
        en: '{node}: {path} names no check script: nobody would find an nginx that hangs',
        zh: '{node}：{path} 没有指定检测脚本：nginx 卡死时无人发现',
      },
      cause: {
        en: 'Likely because track_script or vrrp_script was removed from it.',
        zh: '可能是其中的 track_script 或 vrrp_script 被删除。',
      },
      next: { en: ['iam-ha-wizard plan'], zh: ['iam-ha-wizard plan'] },
    },
    'check-script-stranger': {
      title: {
        en: '{node}: the check script is to run as {user}, and there is no such user',
        zh: '{node}：检测脚本应以 {user} 运行，但没有这个用户',
      },
      cause: {
        en: 'keepalived then does not run {script} at all. Likely because keepalived.conf was edited.',
        zh: '此时 keepalived 根本不会运行 {script}。可能是 keepalived.conf 被改动。',
      },
      next: { en: ['iam-ha-wizard plan'], zh: ['iam-ha-wizard plan'] },
    },
    'sysctl-changed': {
      title: {
        en: '{node}: kernel settings have changed: {names}',
        zh: '{node}：内核参数已改变：{names}',
      },
      cause: {
        en: 'Likely because another file under /etc/sysctl.d sets them. While nginx stops, this node could then answer ARP for a VIP that has moved.',
        zh: '可能是 /etc/sysctl.d 下的其他文件设置了它们。这样在 nginx 停止期间，该节点可能应答已漂移 VIP 的 ARP。',
      },
      next: {
        en: ['On {node}: sysctl -a | grep -E "arp_(ignore|announce)"', 'iam-ha-wizard apply'],
        zh: [
          '在 {node} 上执行：sysctl -a | grep -E "arp_(ignore|announce)"',
          'iam-ha-wizard apply',
        ],
      },
    },
    'strays-missing': {
      title: {
        en: '{node}: the table ip iam_ha_strays is not in force',
        zh: '{node}：表 ip iam_ha_strays 未生效',
      },
      cause: {
        en: 'Likely because other rules were loaded by flushing everything (nft flush ruleset). A few requests in hand may be lost when the VIP moves; nothing else depends on it.',
        zh: '可能是加载其他规则时清空了全部规则（nft flush ruleset）。VIP 漂移时可能丢失少量进行中的请求，其他功能不受影响。',
      },
      next: {
        en: ['On {node}: systemctl reload iam-ha-strays', 'iam-ha-wizard apply'],
        zh: ['在 {node} 上执行：systemctl reload iam-ha-strays', 'iam-ha-wizard apply'],
      },
    },
    'tmpfiles-missing': {
      title: { en: '{node}: {folder} is missing', zh: '{node}：{folder} 不存在' },
      cause: {
        en: 'Likely because it was removed. keepalived then no longer sees at once that nginx has stopped, until it is restarted.',
        zh: '可能已被删除。此后 keepalived 无法立即得知 nginx 停止，直到它被重启。',
      },
      next: {
        en: [
          'iam-ha-wizard apply',
          'Then, on a node without the VIP: systemctl restart keepalived',
        ],
        zh: ['iam-ha-wizard apply', '然后在不持有 VIP 的节点上执行：systemctl restart keepalived'],
      },
    },
  },
} as const satisfies CatalogueArea;
