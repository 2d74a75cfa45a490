import type { CatalogueArea } from '../catalogue.ts';

/** Who may reach which port, and the firewalls that see to it. */
export const firewall = {
  messages: {
    'check-nodes-only': {
      en: '{node}: ports {ports} are reachable by the nodes only',
      zh: '{node}：端口 {ports} 只有集群内的节点能访问',
    },
    'nodes-only-held': {
      en: 'none of them of {node} accepts a connection from {vantages}',
      zh: '从 {vantages} 连接 {node} 的这些端口，均无法建立连接',
    },
    'nodes-only-nothing-seen': {
      en: 'nothing of {node} answers {vantages}, SSH neither',
      zh: '从 {vantages} 访问 {node} 没有任何应答，SSH 也没有',
    },
    'vantage-not-measured': {
      en: 'not measured from {vantage}: {why}',
      zh: '未能从 {vantage} 测量：{why}',
    },
    'firewall-table-load': {
      en: 'nftables: load our table inet iam_ha again',
      zh: 'nftables：重新加载我们的表 inet iam_ha',
    },
    'firewall-rules-there': {
      en: '{manager} has all {count} rules',
      zh: '{manager} 中 {count} 条规则均已存在',
    },
    'firewall-rules-change': {
      en: '{manager}: {added} rules added, {removed} removed',
      zh: '{manager}：添加 {added} 条规则，删除 {removed} 条',
    },
    'selinux-boolean-on': { en: '{name} is on', zh: '{name} 已开启' },
    'selinux-boolean-unknown': {
      en: 'the policy has no boolean {name}',
      zh: '当前策略没有布尔值 {name}',
    },
    'selinux-boolean-set': {
      en: 'SELinux: turn the boolean {name} on, for good',
      zh: 'SELinux：永久开启布尔值 {name}',
    },
    'guard-handled': {
      en: '{what} is active: each stage adds what it needs, and undo takes it back',
      zh: '{what} 已启用：各阶段会自行添加所需的规则，undo 时撤回',
    },
    'report-unmeasured-nodes-only': {
      en: 'Whether the ports of the services and databases are closed to others: asked from no machine that is not a node.',
      zh: '服务与数据库的端口是否对其他机器关闭：没有从集群以外的机器上测试过。',
    },
  },
  problems: {
    'port-open-to-others': {
      title: {
        en: '{node}: {address} accepts connections from {vantage}, which is not a node',
        zh: '{node}：{address} 接受来自 {vantage} 的连接，而它不是集群节点',
      },
      cause: {
        en: 'A rule of the firewall lets everybody in, its policy lets in what no rule names, or our table is not loaded.',
        zh: '防火墙中有规则对所有人放行，或者默认策略是放行，或者我们的表没有加载。',
      },
      next: {
        en: [
          'On {node}: nft list ruleset; ufw status verbose; firewall-cmd --list-all',
          'Remove the rule that opens port {port} to everybody.',
          'iam-ha-wizard apply',
        ],
        zh: [
          '在 {node} 上执行：nft list ruleset; ufw status verbose; firewall-cmd --list-all',
          '删除对所有人开放端口 {port} 的规则。',
          'iam-ha-wizard apply',
        ],
      },
    },
    'firewall-table-missing': {
      title: {
        en: '{node}: our table inet iam_ha is not in force as we loaded it',
        zh: '{node}：我们的表 inet iam_ha 没有按加载时的内容生效',
      },
      cause: {
        en: 'Somebody flushed the rules of nftables, or changed the table by hand. The ports of the services are open to others meanwhile.',
        zh: '有人清空了 nftables 规则，或手工改动了这张表。在此期间，服务的端口对其他机器开放。',
      },
      next: {
        en: ['On {node}: nft list table inet iam_ha', 'iam-ha-wizard apply --stage database'],
        zh: [
          '在 {node} 上执行：nft list table inet iam_ha',
          'iam-ha-wizard apply --stage database',
        ],
      },
    },
    'firewall-rules-changed': {
      title: {
        en: '{node}: rules that we had added to {manager} are gone',
        zh: '{node}：我们在 {manager} 中添加的规则不见了',
      },
      cause: {
        en: 'Somebody removed them, or {manager} was reset. The other nodes cannot reach this one on those ports.',
        zh: '有人删除了这些规则，或者 {manager} 被重置。其他节点无法访问本节点的相应端口。',
      },
      next: {
        en: ['On {node}: ufw status; firewall-cmd --list-all', 'iam-ha-wizard apply'],
        zh: ['在 {node} 上执行：ufw status; firewall-cmd --list-all', 'iam-ha-wizard apply'],
      },
    },
    'selinux-boolean-off': {
      title: {
        en: '{node}: the boolean {name} of SELinux is off',
        zh: '{node}：SELinux 布尔值 {name} 处于关闭状态',
      },
      cause: {
        en: 'It was turned off after we had turned it on, or it is new here. SELinux then denies connections to the services, and nginx answers 502.',
        zh: '它在我们开启之后又被关闭，或者此前从未开启。此时 SELinux 会拒绝到服务的连接，nginx 返回 502。',
      },
      next: {
        en: ['On {node}: getsebool {name}; ausearch -m avc -ts recent', 'iam-ha-wizard apply'],
        zh: [
          '在 {node} 上执行：getsebool {name}; ausearch -m avc -ts recent',
          'iam-ha-wizard apply',
        ],
      },
    },
    'vrrp-not-admitted-yet': {
      title: {
        en: '{node}: the firewall does not let VRRP in yet',
        zh: '{node}：防火墙尚未放行 VRRP',
      },
      cause: {
        en: 'Protocol 112 from the other nodes does not arrive. A later stage adds the rule; whether something else between the nodes blocks it too cannot be told before.',
        zh: '收不到其他节点的协议 112。后面的阶段会添加放行规则；节点之间是否还有别的设备拦截，在此之前无法判断。',
      },
      next: {
        en: ['Nothing to do now; the checks after the stage keepalived tell.'],
        zh: ['现在无需处理；keepalived 阶段之后的检查会给出结果。'],
      },
    },
  },
} as const satisfies CatalogueArea;
