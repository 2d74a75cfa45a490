import type { CatalogueArea } from '../catalogue.ts';

/** What is looked at in a cloud before anything is made, and what its witnesses say afterwards. */
export const cloudStages = {
  messages: {
    'check-cloud-account': { en: 'whose account it is', zh: '使用的账号' },
    'cloud-account': {
      en: 'account {account}, as {caller}, in {region}',
      zh: '账号 {account}，身份 {caller}，地域 {region}',
    },
    'check-cloud-price': { en: 'what a public address costs', zh: '公网IP的价格' },
    'cloud-price': {
      en: '{perGigabyte} yuan a gigabyte of traffic; {idle} yuan an hour while it is idle',
      zh: '流量 ¥{perGigabyte}/GB；闲置时 ¥{idle}/小时',
    },
    'cloud-price-not-told': {
      en: 'the price of traffic was not told; {idle} yuan an hour while it is idle',
      zh: '未查询到流量价格；闲置时 ¥{idle}/小时',
    },
    'check-cloud-balance': { en: 'the account can pay', zh: '账号余额' },
    'cloud-balance': { en: 'balance {balance} yuan', zh: '余额 ¥{balance}' },
    'cloud-balance-not-told': { en: 'the balance was not told', zh: '未查询到余额' },
    'check-cloud-room': { en: 'the quotas leave room', zh: '配额充足' },
    'cloud-room': {
      en: 'HAVIPs {haVips}, public addresses {publicAddresses}',
      zh: 'HAVIP {haVips}，公网IP {publicAddresses}',
    },
    'check-cloud-apart': {
      en: 'the front ends are on different computers of the cloud',
      zh: '各前端节点位于不同的物理机',
    },
    'cloud-apart': { en: '{instances}', zh: '{instances}' },
    'check-cloud-acl': { en: "the subnet's network ACL", zh: '子网的网络ACL' },
    'cloud-no-network-acl': { en: 'the subnet has none', zh: '该子网未绑定网络ACL' },
    'check-cloud-vip': { en: '{vip} is free in the cloud', zh: '{vip} 在云上未被占用' },
    'cloud-vip-free': { en: 'nobody has {vip}', zh: '{vip} 未被占用' },
    'cloud-vip-is-ha-vip': {
      en: '{vip} is a HAVIP already ({id}); the plan says what is made of it',
      zh: '{vip} 已是 HAVIP（{id}）；如何处理见计划',
    },
    'check-cloud-peers': {
      en: 'the security groups let the nodes reach each other',
      zh: '安全组放通节点之间的流量',
    },
    'cloud-peers-admitted': {
      en: 'VRRP, services and databases are let through',
      zh: 'VRRP、服务和数据库均已放通',
    },
    'check-cloud-clients': {
      en: 'the security groups let clients in',
      zh: '安全组放通客户端访问',
    },
    'cloud-clients-admitted': { en: 'everybody is let in', zh: '已对所有来源放通' },
    'cloud-rules-to-come': {
      en: '{count} missing; the rules are a part of the plan',
      zh: '缺少 {count} 项；所需规则已列入计划',
    },
    'cloud-not-looked': { en: 'the cloud was not asked', zh: '未查询云平台' },

    'check-witnesses': {
      en: 'nodes, ARP, cloud and clients agree on who has {vip}',
      zh: '节点、ARP、云平台和客户端对 {vip} 的持有者看法一致',
    },
    'witnesses-agree': {
      en: '{vip}: held by {node}; ARP: {arp}; cloud: {cloud} (moved {moved}); public address: {outside}',
      zh: '{vip}：{node} 持有；ARP：{arp}；云平台：{cloud}（变更于 {moved}）；公网IP：{outside}',
    },
    'cloud-not-followed-yet': {
      en: '{node} has {vip} for {seconds} s; the cloud still shows {shown} (moved {moved}), and may take {limit} s',
      zh: '{node} 持有 {vip} 已 {seconds} 秒；云平台仍显示 {shown}（变更于 {moved}），最长可能需要 {limit} 秒',
    },
    'cloud-no-ha-vip': { en: 'the cloud has no HAVIP {vip}', zh: '云上没有 HAVIP {vip}' },

    'password-guard': {
      en: 'before anything is public: nobody who can read is administrator',
      zh: '公网开放之前：确认管理员密码不是公开的密码',
    },
    'password-not-published': {
      en: "IAM's administrator has a password of their own",
      zh: 'IAM 管理员密码不是公开的密码',
    },
    'check-public-health': {
      en: '{domain} answers through the public address',
      zh: '{domain} 经公网IP应答',
    },
    'public-answered': {
      en: '{domain} answers at {address}, asked from {from}',
      zh: '{domain} 经 {address} 应答（访问自 {from}）',
    },
    'public-address-none': { en: 'there is no public address yet', zh: '尚无公网IP' },
    'check-public-idle': {
      en: 'nothing is paid for an idle address',
      zh: '没有产生闲置费用',
    },
    'public-address-used': {
      en: '{address} leads to {vip}, which has a holder: only traffic is billed',
      zh: '{address} 已绑定 {vip}，且有节点持有：仅收取流量费用',
    },
    'check-clear-text': { en: 'logins are encrypted on their way', zh: '登录信息加密传输' },
    'logins-encrypted': {
      en: 'nginx serves TLS with your certificate',
      zh: 'nginx 使用您的证书提供 TLS',
    },
  },
  problems: {
    'cloud-instance-missing': {
      title: {
        en: 'The account has no machine with the address of {node}: {address}',
        zh: '账号中没有地址为 {address} 的云服务器（{node}）',
      },
      cause: {
        en: 'Asked was account {account} in {region}. Likely because the machine is in another region, or the key belongs to another account.',
        zh: '查询的是账号 {account}、地域 {region}。可能是云服务器在其他地域，或密钥属于其他账号。',
      },
      next: {
        en: [
          'Look where it is: https://console.cloud.tencent.com/cvm/instance',
          'Name the region: cloud: { provider: tencent, region: ap-guangzhou }, or use a key of the account that has it.',
        ],
        zh: [
          '查看它所在的地域：https://console.cloud.tencent.com/cvm/instance',
          '指定地域：cloud: { provider: tencent, region: ap-guangzhou }，或换用其所属账号的密钥。',
        ],
      },
    },
    'cloud-instance-not-running': {
      title: {
        en: 'The machine that the cloud has for {node} does not run: {id} is {state}',
        zh: '云平台中 {node} 对应的云服务器未运行：{id} 状态为 {state}',
      },
      cause: {
        en: 'The node that we speak to runs, so this is likely another one that has the same private address, in another network.',
        zh: '当前连接的节点正在运行，因此它很可能是另一私有网络中内网IP相同的云服务器。',
      },
      next: {
        en: ['Look at it: https://console.cloud.tencent.com/cvm/instance'],
        zh: ['查看该云服务器：https://console.cloud.tencent.com/cvm/instance'],
      },
    },
    'cloud-not-one-subnet': {
      title: {
        en: '{node} is in another network or subnet than {other}',
        zh: '{node} 与 {other} 不在同一私有网络或子网',
      },
      cause: {
        en: '{node} is in {place}, {other} in {otherPlace}. A HAVIP is heard only in its own subnet, so all front ends have to be there.',
        zh: '{node} 位于 {place}，{other} 位于 {otherPlace}。HAVIP 只在其所在子网内有效，所有前端节点必须在同一子网。',
      },
      next: {
        en: [
          'Use machines of one subnet: {file}, line {line}.',
          'A node of another subnet of the same network may have the services only: roles: [backend].',
        ],
        zh: [
          '使用同一子网的云服务器：{file} 第 {line} 行。',
          '同一私有网络中其他子网的节点可以只运行服务：roles: [backend]。',
        ],
      },
    },
    'cloud-vip-outside-subnet': {
      title: {
        en: '{vip} cannot be a HAVIP of the subnet {subnet}',
        zh: '{vip} 不能作为子网 {subnet} 的 HAVIP',
      },
      cause: {
        en: "It lies outside, or is the network's, the router's (the first one) or the broadcast address.",
        zh: '它不在该子网内，或是网络地址、网关地址（第一个地址）或广播地址。',
      },
      next: {
        en: ['Choose another address in {file}, line {line}; `auto` finds a free one.'],
        zh: ['在 {file} 第 {line} 行改用其他地址；`auto` 会自动选择空闲地址。'],
      },
    },
    'cloud-vip-taken': {
      title: {
        en: '{vip} is in use in the cloud: {kind} {id}',
        zh: '{vip} 在云上已被占用：{kind} {id}',
      },
      cause: {
        en: 'Something else in this network has the address, also if it does not answer now.',
        zh: '该私有网络中的其他资源正在使用该地址，即使它现在没有应答。',
      },
      next: {
        en: ['Choose another address in {file}, line {line}; `auto` finds a free one.'],
        zh: ['在 {file} 第 {line} 行改用其他地址；`auto` 会自动选择空闲地址。'],
      },
    },
    'cloud-balance-spent': {
      title: {
        en: "The account's balance is {balance} yuan",
        zh: '账号余额为 ¥{balance}',
      },
      cause: {
        en: 'An address by the hour is sold only to an account with a balance, and what an account in arrears has is shut off.',
        zh: '按小时计费的公网IP要求账号有余额；欠费账号的资源会被停用。',
      },
      next: {
        en: ['Add money: https://console.cloud.tencent.com/expense/recharge'],
        zh: ['充值：https://console.cloud.tencent.com/expense/recharge'],
      },
    },
    'cloud-ha-vips-full': {
      title: {
        en: 'There is no room for another HAVIP in this network: {used} of {limit}',
        zh: '该私有网络的 HAVIP 配额已用完：{used}/{limit}',
      },
      cause: {
        en: 'A network may have so many HAVIPs in {region}; this one has them already.',
        zh: '{region} 每个私有网络的 HAVIP 数量有上限，现已达到。',
      },
      next: {
        en: [
          'Delete one that nobody needs: https://console.cloud.tencent.com/vpc/havip',
          'Or ask for a higher quota: https://console.cloud.tencent.com/workorder',
        ],
        zh: [
          '删除不再需要的 HAVIP：https://console.cloud.tencent.com/vpc/havip',
          '或申请提高配额：https://console.cloud.tencent.com/workorder',
        ],
      },
    },
    'cloud-addresses-full': {
      title: {
        en: 'There is no room for another public address in {region}: {used} of {limit}',
        zh: '{region} 的公网IP配额已用完：{used}/{limit}',
      },
      cause: {
        en: 'An account may have so many in a region; this one has them already.',
        zh: '每个地域的公网IP数量有上限，现已达到。',
      },
      next: {
        en: [
          'Use one that exists: cloud: { eip: { existing: ADDRESS } }',
          'Or release one that nobody needs: https://console.cloud.tencent.com/cvm/eip',
        ],
        zh: [
          '使用已有的公网IP：cloud: { eip: { existing: 公网IP } }',
          '或释放不再需要的公网IP：https://console.cloud.tencent.com/cvm/eip',
        ],
      },
    },
    'cloud-bought-enough': {
      title: {
        en: 'No more public addresses are sold to this account in {region} today: {used} of {limit}',
        zh: '今天在 {region} 不能再申请公网IP：{used}/{limit}',
      },
      cause: {
        en: 'How many an account buys a day is limited, also if it has given them back.',
        zh: '每日申请次数有上限，已释放的也计算在内。',
      },
      next: {
        en: ['Try again tomorrow, or use one that exists: cloud: { eip: { existing: ADDRESS } }'],
        zh: ['明天再试，或使用已有的公网IP：cloud: { eip: { existing: 公网IP } }'],
      },
    },
    'cloud-one-host': {
      title: {
        en: '{node} and {other} run on one computer of the cloud: {host}',
        zh: '{node} 与 {other} 位于同一台物理机：{host}',
      },
      cause: {
        en: 'When it fails, both front ends are gone at once, and no VIP helps.',
        zh: '该物理机故障时两个前端节点会同时失效，VIP 也无能为力。',
      },
      next: {
        en: [
          'Put both into a placement group that spreads machines: https://console.cloud.tencent.com/cvm/ps',
        ],
        zh: ['将两者加入分散置放群组：https://console.cloud.tencent.com/cvm/ps'],
      },
    },
    'cloud-host-not-told': {
      title: {
        en: 'Whether {node} and {other} run on different computers is not known',
        zh: '无法确认 {node} 与 {other} 是否位于不同的物理机',
      },
      cause: {
        en: 'The cloud does not tell, and no placement group keeps them apart.',
        zh: '云平台没有提供该信息，两者也不在同一分散置放群组中。',
      },
      next: {
        en: [
          'Put both into a placement group that spreads machines: https://console.cloud.tencent.com/cvm/ps',
        ],
        zh: ['将两者加入分散置放群组：https://console.cloud.tencent.com/cvm/ps'],
      },
    },
    'cloud-network-acl': {
      title: {
        en: 'The subnet {subnet} has a network ACL, whose rules were not read: {acl}',
        zh: '子网 {subnet} 绑定了网络ACL，其规则未检查：{acl}',
      },
      cause: {
        en: 'It is asked before the security groups, and knows no connections: it has to let through TCP 80 and its answers, and everything between the nodes.',
        zh: '它先于安全组生效，且无状态：须放通 TCP 80 及其应答，以及节点之间的所有流量。',
      },
      next: {
        en: ['Look at its rules: https://console.cloud.tencent.com/vpc/acl'],
        zh: ['查看其规则：https://console.cloud.tencent.com/vpc/acl'],
      },
    },
    'cloud-peers-closed': {
      title: {
        en: 'The security group {group} of {node} does not let in {what} from {peer}',
        zh: '{node} 的安全组 {group} 没有放通来自 {peer} 的 {what}（入站）',
      },
      cause: {
        en: 'The nodes need each other: VRRP, services, databases. A group has no word for VRRP, so only ALL lets it through. ({more} more like this)',
        zh: '节点之间需要互通：VRRP、服务、数据库。安全组中没有 VRRP 协议，只有 ALL 能放通。（另有 {more} 项类似）',
      },
      next: {
        en: [
          'In the console, add to {group}, in: {what} from {peer}: https://console.cloud.tencent.com/vpc/security-group',
          'Or have the wizard add what is missing, and take it away again: cloud: { securityGroups: open }',
        ],
        zh: [
          '在控制台为 {group} 添加入站规则：来源 {peer}，{what}：https://console.cloud.tencent.com/vpc/security-group',
          '或由向导添加所缺规则（撤销时会删除）：cloud: { securityGroups: open }',
        ],
      },
    },
    'cloud-peers-shut-in': {
      title: {
        en: 'The security group {group} of {node} does not let out {what} to {peer}',
        zh: '{node} 的安全组 {group} 没有放通去往 {peer} 的 {what}（出站）',
      },
      cause: {
        en: 'The nodes need each other: VRRP, services, databases. A group has no word for VRRP, so only ALL lets it through. ({more} more like this)',
        zh: '节点之间需要互通：VRRP、服务、数据库。安全组中没有 VRRP 协议，只有 ALL 能放通。（另有 {more} 项类似）',
      },
      next: {
        en: [
          'In the console, add to {group}, out: {what} to {peer}: https://console.cloud.tencent.com/vpc/security-group',
          'Or have the wizard add what is missing, and take it away again: cloud: { securityGroups: open }',
        ],
        zh: [
          '在控制台为 {group} 添加出站规则：目标 {peer}，{what}：https://console.cloud.tencent.com/vpc/security-group',
          '或由向导添加所缺规则（撤销时会删除）：cloud: { securityGroups: open }',
        ],
      },
    },
    'cloud-clients-closed': {
      title: {
        en: 'The security group {group} of {node} does not let clients in: {what}',
        zh: '{node} 的安全组 {group} 没有对客户端放通 {what}',
      },
      cause: {
        en: 'Without a rule that accepts {what} from {peer} the public address answers nobody. ({more} more like this)',
        zh: '没有接受来自 {peer} 的 {what} 的规则，公网IP不会应答任何人。（另有 {more} 项类似）',
      },
      next: {
        en: [
          'In the console, add to {group}, in: {what} from {peer}: https://console.cloud.tencent.com/vpc/security-group',
          'Or have the wizard add it, and take it away again: cloud: { securityGroups: open }',
        ],
        zh: [
          '在控制台为 {group} 添加入站规则：来源 {peer}，{what}：https://console.cloud.tencent.com/vpc/security-group',
          '或由向导添加（撤销时会删除）：cloud: { securityGroups: open }',
        ],
      },
    },
    'peer-not-admitted-yet': {
      title: {
        en: '{node} does not reach {peer} yet ({address})',
        zh: '{node} 暂时无法访问 {peer}（{address}）',
      },
      cause: {
        en: 'A security group keeps them apart; the rules that open it are a part of the plan.',
        zh: '安全组隔开了它们；放通所需的规则已列入计划。',
      },
      next: {
        en: ['Nothing to do now: the stages after it measure again.'],
        zh: ['现在无需操作：之后的阶段会重新测量。'],
      },
    },
    'vip-answered-in-cloud': {
      title: {
        en: '{seenFrom}: {vip} is answered for by a card that is none of our nodes’: {mac}',
        zh: '{seenFrom}：应答 {vip} 的网卡不属于我们的节点：{mac}',
      },
      cause: {
        en: 'The network of a cloud may answer ARP in its machines’ place; then this says nothing. Who has the address there, the cloud itself says.',
        zh: '云上的网络可能代替云服务器应答 ARP，此时该现象不说明问题。地址由谁持有，以云平台为准。',
      },
      next: {
        en: [
          'On {seenFrom}: ip neigh (the nodes’ own addresses have the same one, if it is the network)',
        ],
        zh: ['在 {seenFrom} 上执行：ip neigh（若是网络代答，各节点地址的 MAC 也与此相同）'],
      },
    },
    'cloud-set-lacks-node': {
      title: {
        en: 'The HAVIP {vip} does not listen to {node}: {instance} is not among its instances',
        zh: 'HAVIP {vip} 不接受 {node} 的宣告：绑定的实例中没有 {instance}',
      },
      cause: {
        en: 'The list of instances of {id} lacks it, so what {node} announces is not heard: when the VIP is there, no client from outside reaches it.',
        zh: '{id} 的实例列表中缺少它，因此 {node} 的 ARP 宣告不会生效：VIP 在该节点时，外部客户端无法访问。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --stage virtual-ip lets it hold the HAVIP.',
          'Or add {instance} in the console: https://console.cloud.tencent.com/vpc/havip',
        ],
        zh: [
          'iam-ha-wizard apply --stage virtual-ip 会将其加入。',
          '或在控制台添加 {instance}：https://console.cloud.tencent.com/vpc/havip',
        ],
      },
    },
    'cloud-announced-elsewhere': {
      title: {
        en: '{node} has {vip}, and the cloud has not noticed: it shows {shown}',
        zh: '{node} 持有 {vip}，但云平台没有察觉：仍显示 {shown}',
      },
      cause: {
        en: '{vip} is on {device} of {node}, for {seconds} s; the cloud follows within {limit} s when it hears gratuitous ARP from {nic}. So none leaves by {nic}: keepalived announces by another interface, or something on the node drops it. Clients from outside still go to where the cloud believes it is.',
        zh: '{vip} 位于 {node} 的 {device} 上，已 {seconds} 秒；云平台收到 {nic} 发出的 gratuitous ARP 后应在 {limit} 秒内更新。因此 {nic} 没有发出 ARP：可能 keepalived 从其他网卡宣告，或被节点上的规则丢弃。外部客户端仍会被送到云平台认定的位置。',
      },
      next: {
        en: [
          'On {node}: ip -4 addr | grep -F {vip} (it belongs on {nic})',
          'On {node}: grep -n interface /etc/keepalived/keepalived.conf',
          'On {node}: tcpdump -c 3 -nei {nic} arp and host {vip}; nft list ruleset',
        ],
        zh: [
          '在 {node} 上执行：ip -4 addr | grep -F {vip}（应位于 {nic}）',
          '在 {node} 上执行：grep -n interface /etc/keepalived/keepalived.conf',
          '在 {node} 上执行：tcpdump -c 3 -nei {nic} arp and host {vip}；nft list ruleset',
        ],
      },
    },
    'vrrp-one-way': {
      title: {
        en: '{node} does not hear {from}, which hears {node}: VRRP is dropped one way',
        zh: '{node} 收不到 {from} 的通告，而 {from} 能收到 {node} 的：VRRP 单向被丢弃',
      },
      cause: {
        en: 'Both have the VIP, because {node} takes {from} ({address}) for dead. Likely a firewall on {node}, or a security group that lets ALL in on one side only.',
        zh: '{node} 认为 {from}（{address}）已失效，因此两者都持有 VIP。可能是 {node} 的防火墙，或安全组只在一侧放通了 ALL。',
      },
      next: {
        en: [
          'On {node}: tcpdump -ni any ip proto 112 and src {address}',
          'On {node}: nft list ruleset; iptables -S',
          'In the security group of {node}, in: ALL from {address}/32',
        ],
        zh: [
          '在 {node} 上执行：tcpdump -ni any ip proto 112 and src {address}',
          '在 {node} 上执行：nft list ruleset；iptables -S',
          '在 {node} 的安全组中添加入站规则：来源 {address}/32，ALL',
        ],
      },
    },
    'security-group-closes-80': {
      title: {
        en: 'The security group {group} of {node} keeps clients out: {what}',
        zh: '{node} 的安全组 {group} 挡住了客户端：{what}',
      },
      cause: {
        en: 'No rule of it accepts {what} from {peer}: whoever comes by the public address is not let in while {node} has the VIP. ({more} more like this)',
        zh: '其中没有接受来自 {peer} 的 {what} 的规则：VIP 在 {node} 上时，经公网IP访问的客户端会被拒绝。（另有 {more} 项类似）',
      },
      next: {
        en: [
          'In the console, add to {group}, in: {what} from {peer}: https://console.cloud.tencent.com/vpc/security-group',
          'Or have the wizard add it, and take it away again: cloud: { securityGroups: open }, then iam-ha-wizard apply',
        ],
        zh: [
          '在控制台为 {group} 添加入站规则：来源 {peer}，{what}：https://console.cloud.tencent.com/vpc/security-group',
          '或由向导添加（撤销时会删除）：cloud: { securityGroups: open }，然后执行 iam-ha-wizard apply',
        ],
      },
    },
    'public-password-published': {
      title: {
        en: "IAM's administrator has the published password: nothing is put on the Internet",
        zh: 'IAM 管理员仍使用公开的密码：不会开放公网访问',
      },
      cause: {
        en: 'A log-in with the password that is printed in IAM’s documentation succeeded on {node}. On a public address anybody could do the same.',
        zh: '在 {node} 上用 IAM 文档中公开的密码登录成功。开放公网之后任何人都能这样登录。',
      },
      next: {
        en: [
          'Have it changed: iam: { adminPassword: generate } in the cluster file, then iam-ha-wizard apply',
          'Or change it yourself, and run the same command again.',
        ],
        zh: [
          '由向导修改：在集群文件中写 iam: { adminPassword: generate }，然后执行 iam-ha-wizard apply',
          '或自行修改后，重新执行同一命令。',
        ],
      },
    },
    'public-no-health': {
      title: {
        en: '{domain} does not answer at {address} ({status}; asked from {from})',
        zh: '{domain} 经 {address} 没有正常应答（{status}；访问自 {from}）',
      },
      cause: {
        en: 'Likely because something in the cloud keeps TCP 80 out: a security group, a network ACL (0: no answer at all). A name without an ICP filing is answered by the provider itself in regions of mainland China.',
        zh: '可能是云上的安全组或网络ACL没有放通 TCP 80（0：完全没有应答）。在中国大陆地域，未备案的域名会被服务商拦截并代为应答。',
      },
      next: {
        en: [
          "From outside: curl -v -H 'Host: {domain}' http://{address}/healthz",
          'iam-ha-wizard check says whether the nodes and the cloud agree.',
        ],
        zh: [
          "在外部执行：curl -v -H 'Host: {domain}' http://{address}/healthz",
          'iam-ha-wizard check 会说明节点与云平台是否一致。',
        ],
      },
    },
    'public-address-unbound': {
      title: {
        en: 'The public address {address} does not lead to {vip}: it costs {yuan} yuan an hour',
        zh: '公网IP {address} 没有绑定 {vip}：按 ¥{yuan}/小时 收取闲置费用',
      },
      cause: {
        en: 'Somebody has unbound it, or it was never bound.',
        zh: '有人将其解绑，或从未绑定。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --stage public-access binds it.',
          'iam-ha-wizard destroy gives back what nobody needs.',
        ],
        zh: [
          'iam-ha-wizard apply --stage public-access 会将其绑定。',
          'iam-ha-wizard destroy 会释放不再需要的资源。',
        ],
      },
    },
    'public-address-without-holder': {
      title: {
        en: 'No node holds {vip} in the cloud: {address} costs {yuan} yuan an hour',
        zh: '云平台显示没有节点持有 {vip}：{address} 按 ¥{yuan}/小时 收取闲置费用',
      },
      cause: {
        en: 'An address that is bound to a HAVIP without a holder counts as idle.',
        zh: '绑定到无持有者的 HAVIP 的公网IP按闲置计费。',
      },
      next: {
        en: ['On each node: systemctl status keepalived', 'iam-ha-wizard check'],
        zh: ['在每个节点上执行：systemctl status keepalived', 'iam-ha-wizard check'],
      },
    },
    'logins-in-clear-text': {
      title: {
        en: 'Logins cross the Internet in clear text',
        zh: '登录信息以明文经过公网',
      },
      cause: {
        en: 'nginx serves plain HTTP, as in the lecture: whoever is on the way can read names, passwords and tokens.',
        zh: '与课程一致，nginx 只提供 HTTP：传输途中的任何人都能看到用户名、密码和令牌。',
      },
      next: {
        en: [
          'Have nginx serve TLS, too: tls: { certificate: ./fullchain.pem, key: ./key.pem } in the cluster file',
        ],
        zh: [
          '让 nginx 同时提供 TLS：在集群文件中写 tls: { certificate: ./fullchain.pem, key: ./key.pem }',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
