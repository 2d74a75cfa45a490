import type { CatalogueArea } from '../catalogue.ts';

export const preflight = {
  messages: {
    'check-disk': { en: '{node}: room on the disks', zh: '{node}：磁盘空间' },
    'disk-free': { en: '{freeMiB} MiB free on {path}', zh: '{path} 剩余 {freeMiB} MiB' },
    'disk-not-known': { en: 'no disk was reported', zh: '没有取得磁盘信息' },
    'check-clock': { en: 'the clocks of the nodes agree', zh: '各节点时钟一致' },
    'clock-agrees': { en: 'less than a second apart', zh: '相差不到一秒' },
    'check-guard': {
      en: '{node}: no firewall or SELinux in the way',
      zh: '{node}：没有防火墙或 SELinux 阻挡',
    },
    'no-guard': { en: 'none active', zh: '均未启用' },
    'check-cloud': {
      en: 'the VIP can move on this network',
      zh: '此网络允许 VIP 漂移',
    },
    'no-cloud-seen': { en: 'no public cloud recognised', zh: '未识别到公有云' },
    'check-peers': { en: '{node} reaches the other nodes', zh: '{node} 能访问其他节点' },
    'peers-reached': { en: '{count} reached', zh: '已连通 {count} 个' },
    'check-vrrp': {
      en: 'VRRP (IP protocol 112) passes between the nodes, both ways',
      zh: 'VRRP（IP 协议 112）在节点之间双向可达',
    },
    'vrrp-passes': { en: '{count} nodes hear each other', zh: '{count} 个节点互相能收到' },
    'vrrp-running': {
      en: 'keepalived runs on every node; who holds the VIP shows whether they hear each other',
      zh: '各节点的 keepalived 均在运行；VIP 的持有情况能反映它们是否互相收到通告',
    },
    'vrrp-adverts-heard': {
      en: 'adverts of a running keepalived are heard',
      zh: '能收到正在运行的 keepalived 的通告',
    },
    'vrrp-no-adverts': {
      en: 'no advert heard from the keepalived that runs',
      zh: '没有收到正在运行的 keepalived 的通告',
    },
    'check-package-sources': {
      en: '{node}: the package sources have what is needed',
      zh: '{node}：软件源提供所需的软件包',
    },
    'packages-there': { en: 'all installed already', zh: '均已安装' },
    'packages-available': { en: 'available: {packages}', zh: '可安装：{packages}' },
  },
  problems: {
    'unknown-distribution': {
      title: {
        en: '{node}: {found} is not a distribution that the wizard knows',
        zh: '{node}：向导不认识此发行版：{found}',
      },
      cause: {
        en: 'Its package, unit and path names would be guesses. Known: {known}.',
        zh: '其软件包、单元和路径名称只能靠猜。已知的有：{known}。',
      },
      next: {
        en: ['Use a server with one of these.', 'On {node}: cat /etc/os-release'],
        zh: ['请使用上述发行版之一。', '在 {node} 上执行：cat /etc/os-release'],
      },
    },
    'unknown-architecture': {
      title: {
        en: '{node}: IAM is not built for {found}',
        zh: '{node}：IAM 没有 {found} 架构的版本',
      },
      cause: { en: 'Known: {known}.', zh: '支持：{known}。' },
      next: {
        en: ['Use a server with one of these processors.'],
        zh: ['请使用上述架构的服务器。'],
      },
    },
    'address-not-on-node': {
      title: {
        en: '{node}: {address} is on none of its interfaces',
        zh: '{node}：没有任何网卡使用 {address}',
      },
      cause: {
        en: 'It has: {found}. Likely because the address belongs to another node, or is a public address that the cloud translates: here the private one is needed.',
        zh: '它有：{found}。可能该地址属于其他节点，或是云上转换的公网 IP：这里需要内网 IP。',
      },
      next: {
        en: ['Correct {field} in {file}, line {line}.'],
        zh: ['改正 {file} 第 {line} 行的 {field}。'],
      },
    },
    'interface-without-address': {
      title: {
        en: '{node}: {address} is not on interface {interface}',
        zh: '{node}：网卡 {interface} 上没有 {address}',
      },
      cause: {
        en: 'It has: {found}. Without `interface` the wizard finds it itself.',
        zh: '它有：{found}。不写 interface 时，向导会自行查找。',
      },
      next: {
        en: ['Correct or remove {field} in {file}, line {line}.'],
        zh: ['改正或删除 {file} 第 {line} 行的 {field}。'],
      },
    },
    'not-one-subnet': {
      title: {
        en: '{node} reaches {peer} ({address}) through the router {via}, not directly',
        zh: '{node} 经路由器 {via} 访问 {peer}（{address}），而不是直接访问',
      },
      cause: {
        en: 'The VIP can only move between nodes of one subnet: ARP does not cross a router.',
        zh: 'VIP 只能在同一子网的节点之间漂移：ARP 不能跨越路由器。',
      },
      next: {
        en: [
          'Put the nodes into one subnet, or correct {field} in {file}, line {line}.',
          'On {node}: ip route get {address}',
        ],
        zh: [
          '把节点放进同一子网，或改正 {file} 第 {line} 行的 {field}。',
          '在 {node} 上执行：ip route get {address}',
        ],
      },
    },
    'port-taken': {
      title: {
        en: '{node}: port {port} is used by {process}; {wanted} needs it',
        zh: '{node}：端口 {port} 被 {process} 占用；{wanted} 需要它',
      },
      cause: {
        en: 'Nothing that works is stopped for us.',
        zh: '向导不会停止正在工作的程序。',
      },
      next: {
        en: ["On {node}: ss -ltnp 'sport = :{port}'", 'Stop {process} or move it to another port.'],
        zh: ["在 {node} 上执行：ss -ltnp 'sport = :{port}'", '停止 {process} 或让它使用其他端口。'],
      },
    },
    'vip-outside-subnet': {
      title: {
        en: "{vip} is not a host address of the nodes' subnet {subnet}",
        zh: '{vip} 不是节点所在子网 {subnet} 的主机地址',
      },
      cause: {
        en: 'No router would send its traffic to the nodes.',
        zh: '路由器不会把它的流量送到这些节点。',
      },
      next: {
        en: ['Choose a free address of {subnet} in {file}, line {line}.'],
        zh: ['在 {file} 第 {line} 行改用 {subnet} 中的空闲地址。'],
      },
    },
    'vip-held-already': {
      title: {
        en: '{node} has {vip} on {device} already, and not from us',
        zh: '{node} 的 {device} 上已有 {vip}，且不是本向导添加的',
      },
      cause: {
        en: 'Likely because it was added by hand, or by another cluster manager.',
        zh: '可能是手工添加，或由其他集群软件添加。',
      },
      next: {
        en: [
          'On {node}: ip addr show dev {device}',
          'Choose another address in {file}, line {line}, or take this one over: --adopt',
        ],
        zh: [
          '在 {node} 上执行：ip addr show dev {device}',
          '在 {file} 第 {line} 行改用其他地址，或用 --adopt 接管。',
        ],
      },
    },
    'other-session': {
      title: {
        en: '{node} was set up by another session: {other}',
        zh: '{node} 由另一个会话部署：{other}',
      },
      cause: {
        en: "Two sessions would undo each other's work.",
        zh: '两个会话会互相撤销对方的改动。',
      },
      next: {
        en: ['Use that session: --session {other}', 'Or take the node over: --adopt'],
        zh: ['使用那个会话：--session {other}', '或接管该节点：--adopt'],
      },
    },
    'disk-nearly-full': {
      title: {
        en: '{node}: little room on {path}: {freeMiB} MiB, {inodes} inodes',
        zh: '{node}：{path} 空间不足：剩余 {freeMiB} MiB，{inodes} 个 inode',
      },
      cause: {
        en: 'Packages, databases and logs need about 1 GiB.',
        zh: '软件包、数据库和日志约需 1 GiB。',
      },
      next: { en: ['On {node}: df -h; df -i'], zh: ['在 {node} 上执行：df -h; df -i'] },
    },
    'clocks-disagree': {
      title: {
        en: 'The clocks of {node} and {other} are {ms} ms apart',
        zh: '{node} 与 {other} 的时钟相差 {ms} 毫秒',
      },
      cause: {
        en: 'Tokens that one node issues would be refused by the other, and logs cannot be compared. Likely because nothing sets the clock of {node}.',
        zh: '一个节点签发的令牌会被另一个拒绝，日志也无法对照。可能是 {node} 没有时间同步。',
      },
      next: {
        en: ['On {node}: timedatectl', 'On {node}: apt-get install chrony (or dnf install chrony)'],
        zh: [
          '在 {node} 上执行：timedatectl',
          '在 {node} 上执行：apt-get install chrony（或 dnf install chrony）',
        ],
      },
    },
    'guard-active': {
      title: { en: '{node}: {what} is active', zh: '{node}：{what} 处于启用状态' },
      cause: {
        en: 'The cluster file says firewall: none, so nothing is opened in it for you. Needed: tcp 80 from clients; VRRP (protocol 112), tcp 8080 and 9090 from the other nodes; tcp 3306 and 6379 from them to the data node.',
        zh: '集群文件写明 firewall: none，向导不会替您放行。需要：客户端到 tcp 80；其他节点的 VRRP（协议 112）、tcp 8080 和 9090；其他节点到数据节点的 tcp 3306 和 6379。',
      },
      next: {
        en: [
          'Write firewall: nodes-only in the cluster file; or on {node}: allow these, or turn it off.',
        ],
        zh: ['在集群文件中写 firewall: nodes-only；或在 {node} 上放行上述流量，或将其关闭。'],
      },
    },
    'cloud-without-provider': {
      title: {
        en: '{node} is a machine of a public cloud: {vendor}',
        zh: '{node} 是公有云主机：{vendor}',
      },
      cause: {
        en: 'With `provider: none` the VIP is announced by ARP alone. Most clouds ignore that: the address would move on the host and not in the cloud.',
        zh: '使用 provider: none 时，VIP 仅通过 ARP 宣告。多数云平台不予理会：主机上漂移了，云上并没有。',
      },
      next: {
        en: [
          'On Tencent Cloud: cloud: { provider: tencent } in the cluster file; without an API key { provider: console }',
          'On another cloud: allocate its kind of HAVIP and use that address',
        ],
        zh: [
          '腾讯云：在集群文件中写 cloud: { provider: tencent }；没有 API 密钥则写 { provider: console }',
          '其他云平台：申请同类的高可用虚拟IP，并使用其地址',
        ],
      },
    },
    'peer-unreachable': {
      title: {
        en: '{node} does not reach {peer} at {address}',
        zh: '{node} 无法访问 {peer}（{address}）',
      },
      cause: {
        en: 'Likely because a firewall or security group lies between them, or the private address is wrong.',
        zh: '可能是两者之间有防火墙或安全组，或内网 IP 有误。',
      },
      next: {
        en: ['On {node}: ping -c 3 {address}', 'On {node}: ip route get {address}'],
        zh: ['在 {node} 上执行：ping -c 3 {address}', '在 {node} 上执行：ip route get {address}'],
      },
    },
    'vrrp-blocked': {
      title: {
        en: '{node} hears no VRRP (IP protocol 112) from {from}',
        zh: '{node} 收不到 {from} 的 VRRP（IP 协议 112）',
      },
      cause: {
        en: 'Likely because a firewall or security group lets only TCP, UDP and ICMP through. Both nodes would take the VIP: split brain.',
        zh: '可能是防火墙或安全组只放行 TCP、UDP 和 ICMP。这样两个节点都会占用 VIP：脑裂。',
      },
      next: {
        en: [
          'Allow protocol 112 from {address} on {node}, in its firewall and in the security group.',
          'On {node}: tcpdump -ni any ip proto 112',
        ],
        zh: [
          '在 {node} 的防火墙和安全组中放行来自 {address} 的协议 112。',
          '在 {node} 上执行：tcpdump -ni any ip proto 112',
        ],
      },
    },
    'vrrp-not-measured': {
      title: {
        en: '{node}: whether VRRP passes was not measured',
        zh: '{node}：未能测量 VRRP 是否可达',
      },
      cause: {
        en: 'It has neither perl nor python3, or they may not open a raw socket.',
        zh: '该节点没有 perl 或 python3，或它们不能打开原始套接字。',
      },
      next: {
        en: ['See to it that protocol 112 is allowed between the nodes.'],
        zh: ['请确认节点之间放行协议 112。'],
      },
    },
    'packages-unavailable': {
      title: {
        en: '{node}: its package sources do not offer {packages}',
        zh: '{node}：软件源没有提供 {packages}',
      },
      cause: {
        en: 'Likely because the sources do not answer, or do not belong to this distribution.',
        zh: '可能是软件源没有应答，或与该发行版不符。',
      },
      next: {
        en: ['On {node}: apt-get update (or dnf makecache)'],
        zh: ['在 {node} 上执行：apt-get update（或 dnf makecache）'],
      },
    },
  },
} as const satisfies CatalogueArea;
