import type { CatalogueArea } from '../catalogue.ts';

export const cloud = {
  messages: {
    'ha-vip-right': {
      en: 'HAVIP {address} is there ({id}); the nodes may hold it',
      zh: 'HAVIP {address} 已存在（{id}），各节点均可持有',
    },
    'ha-vip-adopted': {
      en: 'HAVIP {address} is taken as it is ({id}); it will not be released',
      zh: '沿用已有的 HAVIP {address}（{id}），不会释放它',
    },
    'ha-vip-allow': {
      en: 'let {instances} hold the HAVIP {address}',
      zh: '允许 {instances} 持有 HAVIP {address}',
    },
    'ha-vip-make': {
      en: 'make the HAVIP {address} in {subnet}',
      zh: '在 {subnet} 中申请 HAVIP {address}',
    },
    'ha-vip-make-auto': {
      en: 'make a HAVIP with a free address in {subnet}',
      zh: '在 {subnet} 中申请 HAVIP，自动分配空闲地址',
    },
    'eip-make': {
      en: 'buy a public address (EIP) of {bandwidth} Mbit/s, billed by traffic: {price} yuan a GB, and {idle} yuan an hour while it leads nowhere',
      zh: '申请弹性公网IP（EIP），带宽 {bandwidth} Mbit/s，按流量计费：每 GB {price} 元；闲置时每小时 {idle} 元',
    },
    'eip-make-unpriced': {
      en: 'buy a public address (EIP) of {bandwidth} Mbit/s, billed by traffic (its price was not told), and {idle} yuan an hour while it leads nowhere',
      zh: '申请弹性公网IP（EIP），带宽 {bandwidth} Mbit/s，按流量计费（未查到单价）；闲置时每小时 {idle} 元',
    },
    'eip-make-legacy': {
      en: 'buy a public address (EIP); traffic is billed with the instance, as of an account of the older kind, and {idle} yuan an hour while it leads nowhere',
      zh: '申请弹性公网IP（EIP）；该账号为传统账户类型，流量随实例计费；闲置时每小时 {idle} 元',
    },
    'eip-right': { en: 'EIP {address} is there ({id})', zh: 'EIP {address} 已存在（{id}）' },
    'eip-adopted': {
      en: 'EIP {address} is yours ({id}); it will not be released',
      zh: 'EIP {address} 为您已有（{id}），不会释放它',
    },
    'eip-bound': { en: 'EIP {address} leads to {vip}', zh: 'EIP {address} 已绑定到 {vip}' },
    'eip-bind': {
      en: 'bind the EIP {address} to the HAVIP {vip}',
      zh: '将 EIP {address} 绑定到 HAVIP {vip}',
    },
    'eip-bind-later': {
      en: 'bind the EIP to the HAVIP',
      zh: '将 EIP 绑定到 HAVIP',
    },
    'ha-vip-holder-awaited': {
      en: 'not before a node holds {address}: an address without a holder is billed as idle',
      zh: '须先有节点持有 {address}：无持有者的公网IP会按闲置计费',
    },
    'security-rule-there': {
      en: 'security group {group} lets {what} of {peer} through',
      zh: '安全组 {group} 已放通 {peer} 的 {what}',
    },
    'security-rule-ours': {
      en: 'the rule for {what} of {peer} is in the security group {group}',
      zh: '安全组 {group} 中已有放通 {peer} 的 {what} 的规则',
    },
    'security-rule-add-in': {
      en: 'let {what} from {peer} in: a rule on top of the security group {group}',
      zh: '在安全组 {group} 最前面添加入站规则：放通来自 {peer} 的 {what}',
    },
    'security-rule-add-out': {
      en: 'let {what} to {peer} out: a rule on top of the security group {group}',
      zh: '在安全组 {group} 最前面添加出站规则：放通到 {peer} 的 {what}',
    },
    'known-after': { en: 'known after {resource}', zh: '在 {resource} 之后得知' },
  },
  problems: {
    'cloud-machines-twice': {
      title: {
        en: "Several machines in {region} have the nodes' addresses: {ids}",
        zh: '{region} 中有多台云服务器使用节点的地址：{ids}',
      },
      cause: {
        en: 'Private networks may have the same addresses, and the nodes did not say which machines they are.',
        zh: '不同私有网络可以使用相同的地址，而节点没有说明自己是哪台云服务器。',
      },
      next: {
        en: [
          "On each node, see whether the metadata answers: timeout 2 bash -c 'exec 3<>/dev/tcp/metadata.tencentyun.com/80'",
          'Without it: cloud: { provider: console }',
        ],
        zh: [
          "在各节点检查元数据服务是否可达：timeout 2 bash -c 'exec 3<>/dev/tcp/metadata.tencentyun.com/80'",
          '若不可达，可使用：cloud: { provider: console }',
        ],
      },
    },
    'security-group-unseen': {
      title: { en: 'The security group {group} was not seen', zh: '没有查到安全组 {group}' },
      cause: {
        en: 'It has been removed, or belongs to another region.',
        zh: '它已被删除，或属于其他地域。',
      },
      next: {
        en: ['Run the same command again: it looks at the groups that the nodes have now.'],
        zh: ['重新执行同一命令：会查询各节点现在绑定的安全组。'],
      },
    },
    'security-rule-hidden': {
      title: {
        en: 'The security group {group} has a rule for {what} of {peer}, below one that drops it',
        zh: '安全组 {group} 中放通 {peer} 的 {what} 的规则位于拒绝规则之后',
      },
      cause: {
        en: 'The first rule that fits decides, and the same rule cannot be added twice.',
        zh: '规则自上而下匹配，先匹配者生效；相同的规则不能重复添加。',
      },
      next: {
        en: [
          'Move that rule to the top in the console: https://console.cloud.tencent.com/vpc/security-group',
          'Then run the same command again.',
        ],
        zh: [
          '在控制台将该规则移到最前面：https://console.cloud.tencent.com/vpc/security-group',
          '然后重新执行同一命令。',
        ],
      },
    },
    'ha-vip-without-holder': {
      title: {
        en: 'Tencent Cloud has not seen any node announce {address}',
        zh: '腾讯云尚未看到任何节点宣告 {address}',
      },
      cause: {
        en: 'Either keepalived is MASTER on no node, or its gratuitous ARP does not leave by the network card of the subnet. Until the HAVIP {id} has a holder, nothing is bought or bound.',
        zh: '可能没有节点处于 keepalived MASTER 状态，或免费ARP没有从该子网的网卡发出。HAVIP {id} 没有持有者之前，不会购买或绑定任何资源。',
      },
      next: {
        en: [
          'On each node: ip -br addr, to see who has {address} and on which interface; journalctl -u keepalived, to see whether it is MASTER',
          'Then run the same command again: it goes on from what is there.',
        ],
        zh: [
          '在各节点执行 ip -br addr，查看 {address} 在哪个节点、哪块网卡上；执行 journalctl -u keepalived，查看是否为 MASTER',
          '然后重新执行同一命令：会从现有状态继续。',
        ],
      },
    },
    'ha-vip-holders-shut': {
      title: {
        en: 'The HAVIP {address} does not listen to {shut}',
        zh: 'HAVIP {address} 不接受 {shut} 的宣告',
      },
      cause: {
        en: 'The machines that may hold the HAVIP {id} are listed, and these are not among them: what they announce is not heard.',
        zh: 'HAVIP {id} 限定了可绑定的实例，其中没有这些实例，因此它们的宣告会被忽略。',
      },
      next: {
        en: ['Run the same command again: it lets the nodes hold it.'],
        zh: ['重新执行同一命令：会将各节点加入可绑定的实例。'],
      },
    },
    'ha-vip-held-elsewhere': {
      title: {
        en: 'The HAVIP {address} is held by {holder}, which is no node of this cluster',
        zh: 'HAVIP {address} 由 {holder} 持有，而它不是本集群的节点',
      },
      cause: {
        en: 'Another machine announces the address, or did so last: traffic goes there and not to {instances}.',
        zh: '另一台云服务器正在宣告（或最后一次宣告）该地址：流量会到达那里，而不是 {instances}。',
      },
      next: {
        en: [
          'Find out what runs on {holder}, and stop its keepalived, or choose another address in the cluster file.',
        ],
        zh: ['确认 {holder} 上运行的服务，停止其 keepalived，或在集群文件中另选地址。'],
      },
    },
    'cloud-part-missing': {
      title: { en: '{resource} is not there', zh: '{resource} 不存在' },
      cause: {
        en: 'It comes first, and has not been made, or has been taken away since.',
        zh: '它应先完成，但尚未创建，或之后已被删除。',
      },
      next: {
        en: ['Run the same command again: it goes on from what is there.'],
        zh: ['重新执行同一命令：会从现有状态继续。'],
      },
    },
    'ha-vip-twice': {
      title: { en: 'There are two HAVIPs of this session: {ids}', zh: '本会话有两个 HAVIP：{ids}' },
      cause: {
        en: 'It should never have made two; which one is meant is not guessed.',
        zh: '不应出现两个；向导不会猜测应使用哪一个。',
      },
      next: {
        en: [
          'Delete the one that is not bound in the console: https://console.cloud.tencent.com/vpc/havip',
        ],
        zh: ['在控制台删除未绑定的那一个：https://console.cloud.tencent.com/vpc/havip'],
      },
    },
    'ha-vip-elsewhere': {
      title: {
        en: 'The HAVIP {id} has another address or subnet: {address} in {subnet}',
        zh: 'HAVIP {id} 的地址或子网不同：{address}，{subnet}',
      },
      cause: {
        en: 'The cluster file has changed since it was made, or the address lies in another subnet than the nodes.',
        zh: '集群文件在其创建之后有改动，或该地址与节点不在同一子网。',
      },
      next: {
        en: [
          "Write the address that it has into the cluster file, or destroy this session's HAVIP first: iam-ha-wizard destroy",
        ],
        zh: ['在集群文件中写入其现有地址；或先释放本会话的 HAVIP：iam-ha-wizard destroy'],
      },
    },
    'ha-vip-in-use': {
      title: {
        en: 'The HAVIP {address} ({id}, {name}) is in use by {by}',
        zh: 'HAVIP {address}（{id}，{name}）正被 {by} 使用',
      },
      cause: {
        en: 'It is not this session’s; taking it would break what uses it.',
        zh: '它不属于本会话；占用它会影响现有业务。',
      },
      next: { en: ['Choose another address in the cluster file.'], zh: ['在集群文件中另选地址。'] },
    },
    'ha-vip-foreign': {
      title: {
        en: 'There is a HAVIP {address} already: {id} ({name})',
        zh: '已存在 HAVIP {address}：{id}（{name}）',
      },
      cause: {
        en: 'This session did not make it. Nobody holds it and nothing is bound to it.',
        zh: '它不是本会话创建的；目前无节点持有，也未绑定公网IP。',
      },
      next: {
        en: [
          'To use it as it is, and never release it: run the same command with --adopt',
          'Or choose another address in the cluster file.',
        ],
        zh: ['若要沿用且永不释放：在同一命令后加 --adopt', '或在集群文件中另选地址。'],
      },
    },
    'ha-vip-bound-elsewhere': {
      title: {
        en: 'Another public address leads to the HAVIP {id}: {address}',
        zh: 'HAVIP {id} 已绑定其他公网IP：{address}',
      },
      cause: {
        en: 'A HAVIP has one at most; nothing is taken from it.',
        zh: '一个 HAVIP 最多绑定一个公网IP；未改动现有绑定。',
      },
      next: {
        en: [
          'Use that one: cloud: { eip: { existing: {address} } }',
          'Or unbind it in the console.',
        ],
        zh: ['使用该公网IP：cloud: { eip: { existing: {address} } }', '或在控制台将其解绑。'],
      },
    },
    'eip-twice': {
      title: { en: 'There are two EIPs of this session: {ids}', zh: '本会话有两个 EIP：{ids}' },
      cause: {
        en: 'It should never have bought two; which one is meant is not guessed.',
        zh: '不应出现两个；向导不会猜测应使用哪一个。',
      },
      next: {
        en: [
          'Release the one that is not bound in the console: https://console.cloud.tencent.com/cvm/eip',
        ],
        zh: ['在控制台释放未绑定的那一个：https://console.cloud.tencent.com/cvm/eip'],
      },
    },
    'eip-not-there': {
      title: {
        en: 'The account has no public address {address}',
        zh: '该账号没有公网IP {address}',
      },
      cause: {
        en: 'The cluster file names it; it may be of another region or account.',
        zh: '集群文件指定了它；可能属于其他地域或账号。',
      },
      next: {
        en: ['Correct cloud.eip.existing in the cluster file.'],
        zh: ['更正集群文件中的 cloud.eip.existing。'],
      },
    },
    'eip-in-use': {
      title: {
        en: 'The public address {address} is bound to {by}',
        zh: '公网IP {address} 已绑定 {by}',
      },
      cause: { en: 'Nothing was taken from what has it.', zh: '未改动其现有绑定。' },
      next: {
        en: ['Unbind it in the console, or name another one in the cluster file.'],
        zh: ['在控制台解绑，或在集群文件中指定其他公网IP。'],
      },
    },
    'cloud-endpoint-bad': {
      title: {
        en: 'TENCENTCLOUD_ENDPOINT is not an address of a server',
        zh: 'TENCENTCLOUD_ENDPOINT 不是服务器地址',
      },
      cause: {
        en: 'It has to be a URL that begins with http:// or https://.',
        zh: '它应是以 http:// 或 https:// 开头的 URL。',
      },
      next: {
        en: ['Correct the variable, or unset it to reach Tencent Cloud itself.'],
        zh: ['更正该变量；或取消设置，直接访问腾讯云。'],
      },
    },
    'cloud-proxy-bad': {
      title: {
        en: 'The proxy that the environment names is not an address of a server',
        zh: '环境变量中的代理不是服务器地址',
      },
      cause: {
        en: 'https_proxy (or all_proxy) has to be a URL that begins with http:// or https://.',
        zh: 'https_proxy（或 all_proxy）应是以 http:// 或 https:// 开头的 URL。',
      },
      next: {
        en: ['Correct https_proxy, or name tencentcloudapi.com in no_proxy.'],
        zh: ['更正 https_proxy，或在 no_proxy 中写入 tencentcloudapi.com。'],
      },
    },
    'cloud-no-credential': {
      title: { en: 'No key of a Tencent Cloud account was found', zh: '没有找到腾讯云账号的密钥' },
      cause: { en: 'Looked at: {places}.', zh: '已查找：{places}。' },
      next: {
        en: [
          'Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or run: tccli configure',
          'Without a key: cloud: { provider: console } lists the clicks in the console; { provider: none } does without a cloud.',
        ],
        zh: [
          '设置 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY，或执行：tccli configure',
          '没有密钥时：cloud: { provider: console } 会列出控制台中的操作步骤；{ provider: none } 则不使用云。',
        ],
      },
    },
    'cloud-credential-incomplete': {
      title: { en: 'A key is there only in part: {place}', zh: '密钥不完整：{place}' },
      cause: {
        en: 'Both the SecretId and the SecretKey are needed.',
        zh: 'SecretId 和 SecretKey 两者都需要。',
      },
      next: { en: ['Complete it: {place}'], zh: ['补全：{place}'] },
    },
    'cloud-credential-unreadable': {
      title: { en: '{place} cannot be read', zh: '无法读取 {place}' },
      cause: {
        en: 'Likely because the file belongs to another user.',
        zh: '可能是该文件属于其他用户。',
      },
      next: { en: ['ls -l {place}'], zh: ['ls -l {place}'] },
    },
    'cloud-clock-off': {
      title: { en: "Tencent Cloud refuses the request's time", zh: '腾讯云认为请求时间有误' },
      cause: {
        en: "This computer's clock is more than five minutes off.",
        zh: '本机时钟偏差超过五分钟。',
      },
      next: {
        en: ['Set the clock right, then run the same command again: timedatectl'],
        zh: ['校准本机时钟后，重新执行同一命令：timedatectl'],
      },
    },
    'cloud-id-unknown': {
      title: { en: 'Tencent Cloud does not know this SecretId', zh: '腾讯云不认识该 SecretId' },
      cause: {
        en: 'Likely because the key was deleted or disabled, or is of another site (international).',
        zh: '可能是密钥已被删除或禁用，或属于国际站账号。',
      },
      next: {
        en: ['Look at the keys: https://console.cloud.tencent.com/cam/capi'],
        zh: ['查看密钥：https://console.cloud.tencent.com/cam/capi'],
      },
    },
    'cloud-key-wrong': {
      title: { en: 'Tencent Cloud refuses the signature', zh: '腾讯云拒绝了签名' },
      cause: {
        en: 'The SecretKey does not belong to the SecretId. ({code})',
        zh: 'SecretKey 与 SecretId 不匹配。（{code}）',
      },
      next: {
        en: [
          'Correct the SecretKey; it is shown only once, so it may be simplest to make a new key: https://console.cloud.tencent.com/cam/capi',
        ],
        zh: [
          '更正 SecretKey；它只在创建时显示一次，最简单的办法是新建密钥：https://console.cloud.tencent.com/cam/capi',
        ],
      },
    },
    'cloud-token-expired': {
      title: { en: 'The temporary key has expired', zh: '临时密钥已过期' },
      cause: {
        en: 'A temporary key is good for a few hours, and only with its token.',
        zh: '临时密钥仅在数小时内有效，并且必须带上对应的 token。',
      },
      next: {
        en: ['Get a new one, then run the same command again.'],
        zh: ['重新获取临时密钥后，再次执行同一命令。'],
      },
    },
    'cloud-not-allowed': {
      title: { en: 'The account may not do this: {action}', zh: '该账号无权执行：{action}' },
      cause: {
        en: 'The policies of the CAM user do not allow it. ({code}; request {request})',
        zh: '该 CAM 用户的策略不允许此操作。（{code}；请求 {request}）',
      },
      next: {
        en: [
          'Let the owner of the account allow {action} for this user in CAM: iam-ha-wizard cloud policy prints all that is needed',
          'Then run the same command again.',
        ],
        zh: [
          '请账号所有者在访问管理（CAM）中为该用户授权 {action}：iam-ha-wizard cloud policy 会输出所需的全部策略',
          '然后重新执行同一命令。',
        ],
      },
    },
    'cloud-no-balance': {
      title: { en: "The account's balance is too low", zh: '账号余额不足' },
      cause: {
        en: 'Tencent Cloud sells an address by the hour only to an account with a balance. (request {request})',
        zh: '按小时计费的公网IP要求账号有余额。（请求 {request}）',
      },
      next: {
        en: [
          'Add money, then run the same command again: https://console.cloud.tencent.com/expense/recharge',
        ],
        zh: ['充值后重新执行同一命令：https://console.cloud.tencent.com/expense/recharge'],
      },
    },
    'cloud-quota-full': {
      title: {
        en: 'The quota in {region} is used up: {action}',
        zh: '{region} 的配额已用完：{action}',
      },
      cause: {
        en: 'The account has as many of these as it may. ({code})',
        zh: '该账号的此类资源已达上限。（{code}）',
      },
      next: {
        en: [
          'Release one that nobody needs, or ask for a higher quota: https://console.cloud.tencent.com/workorder',
        ],
        zh: ['释放不再需要的资源，或申请提高配额：https://console.cloud.tencent.com/workorder'],
      },
    },
    'cloud-rules-full': {
      title: { en: 'The security group takes no more rules', zh: '安全组的规则数已达上限' },
      cause: {
        en: 'A group has some 100 rules a direction at most. ({code}; request {request})',
        zh: '每个安全组每个方向约有 100 条规则的上限。（{code}；请求 {request}）',
      },
      next: {
        en: [
          'Delete rules that nobody needs: https://console.cloud.tencent.com/vpc/security-group',
          'Then run the same command again.',
        ],
        zh: [
          '删除不再需要的规则：https://console.cloud.tencent.com/vpc/security-group',
          '然后重新执行同一命令。',
        ],
      },
    },
    'cloud-approval-needed': {
      title: {
        en: '{action} waits for an approval in this account',
        zh: '在该账号中，{action} 需要审批',
      },
      cause: {
        en: "The account's owner has changes of this kind approved first. ({code}; request {request})",
        zh: '该账号要求此类变更先经过审批。（{code}；请求 {request}）',
      },
      next: {
        en: ['Have it approved, then run the same command again.'],
        zh: ['完成审批后，重新执行同一命令。'],
      },
    },
    'cloud-quota-today': {
      title: {
        en: 'No more addresses are sold to this account in {region} today',
        zh: '今天在 {region} 不能再申请公网IP',
      },
      cause: {
        en: 'Tencent Cloud limits how many are bought a day to twice the quota.',
        zh: '每日申请次数上限为配额的两倍。',
      },
      next: {
        en: ['Try again tomorrow, or use one that exists: cloud: { eip: { existing: ADDRESS } }'],
        zh: ['明天再试，或使用已有的弹性公网IP：cloud: { eip: { existing: ADDRESS } }'],
      },
    },
    'cloud-address-in-use': {
      title: { en: 'The address of the VIP is in use already', zh: 'VIP 地址已被占用' },
      cause: {
        en: 'Another machine, network interface or HAVIP of this VPC has it. (request {request})',
        zh: '该私有网络中的其他云服务器、网卡或 HAVIP 正在使用它。（请求 {request}）',
      },
      next: {
        en: ['Choose another one in the cluster file: vip: { address: auto } finds a free one.'],
        zh: ['在集群文件中另选地址：vip: { address: auto } 会自动选择空闲地址。'],
      },
    },
    'cloud-address-unfit': {
      title: { en: 'The address of the VIP cannot be a HAVIP', zh: 'VIP 地址不能用作 HAVIP' },
      cause: {
        en: "It lies outside the subnet, or is its network's, gateway's or broadcast address. ({code})",
        zh: '它不在子网内，或是子网的网络地址、网关地址或广播地址。（{code}）',
      },
      next: {
        en: ["Choose another address of the nodes' own subnet in the cluster file."],
        zh: ['在集群文件中改用节点所在子网内的其他地址。'],
      },
    },
    'cloud-sold-out': {
      title: { en: 'Tencent Cloud has none left: {action}', zh: '资源不足：{action}' },
      cause: {
        en: 'The subnet has no free address, or the region no public one. (request {request})',
        zh: '子网没有空闲地址，或该地域没有可用的公网IP。（请求 {request}）',
      },
      next: { en: ['Try again later, or use another subnet.'], zh: ['稍后重试，或换用其他子网。'] },
    },
    'cloud-bound-elsewhere': {
      title: {
        en: 'The EIP or the HAVIP is bound to something else',
        zh: '弹性公网IP（EIP）或 HAVIP 已绑定其他资源',
      },
      cause: {
        en: 'Nothing was taken from what has it. (request {request})',
        zh: '未改动其现有绑定。（请求 {request}）',
      },
      next: {
        en: ['Unbind it in the console, then run the same command again.'],
        zh: ['在控制台解绑后，重新执行同一命令。'],
      },
    },
    'cloud-region-unknown': {
      title: { en: 'There is no region {region}', zh: '不存在地域 {region}' },
      cause: {
        en: 'The cluster file or TENCENTCLOUD_REGION names it.',
        zh: '集群文件或 TENCENTCLOUD_REGION 指定了该地域。',
      },
      next: {
        en: ['Correct it; a region is named as ap-guangzhou.'],
        zh: ['更正地域名称，例如 ap-guangzhou。'],
      },
    },
    'cloud-refused': {
      title: { en: 'Tencent Cloud refuses {action}: {code}', zh: '腾讯云拒绝了 {action}：{code}' },
      cause: {
        en: 'Nothing was changed by this call. (request {request})',
        zh: '此次调用未改动任何内容。（请求 {request}）',
      },
      next: {
        en: ['Look at the details below, then run the same command again.'],
        zh: ['查看下方详情后，重新执行同一命令。'],
      },
    },
    'cloud-throttled': {
      title: {
        en: 'Tencent Cloud takes no more calls of {action} for now',
        zh: '腾讯云暂不接受更多 {action} 调用',
      },
      cause: {
        en: 'It allows some 20 a second for the whole account; something else is calling it, too. ({code})',
        zh: '整个账号每秒约允许 20 次；可能有其他程序也在调用。（{code}）',
      },
      next: { en: ['Run the same command again in a minute.'], zh: ['一分钟后重新执行同一命令。'] },
    },
    'cloud-busy': {
      title: {
        en: '{action} is held up by something that does not end',
        zh: '{action} 一直被其他操作阻塞',
      },
      cause: {
        en: 'Another task has the resource in hand, or a node still announces the address. ({code}; request {request})',
        zh: '该资源正被另一任务占用，或仍有节点在宣告该地址。（{code}；请求 {request}）',
      },
      next: {
        en: [
          'See that keepalived is stopped where the HAVIP is to go, then run the same command again.',
        ],
        zh: ['若要删除 HAVIP，请确认 keepalived 已停止，然后重新执行同一命令。'],
      },
    },
    'cloud-task-failed': {
      title: { en: '{action} was accepted, and then failed', zh: '{action} 已受理，但执行失败' },
      cause: {
        en: "Tencent Cloud's own task failed; everything is as it was before. (request {request})",
        zh: '腾讯云后台任务失败；一切保持原状。（请求 {request}）',
      },
      next: {
        en: ['Run the same command again; if it fails again, give the request id to the support.'],
        zh: ['重新执行同一命令；若再次失败，请向腾讯云客服提供请求 ID。'],
      },
    },
    'cloud-answer-lost': {
      title: {
        en: 'It is not known whether {action} was done',
        zh: '无法确定 {action} 是否已执行',
      },
      cause: {
        en: 'The answer was lost on the way, and nothing of it is to be seen yet. (request {request})',
        zh: '应答在途中丢失，目前也查不到结果。（请求 {request}）',
      },
      next: {
        en: ['Run the same command again: it looks first, and makes nothing twice.'],
        zh: ['重新执行同一命令：会先查询，不会重复创建。'],
      },
    },
    'cloud-not-seen': {
      title: {
        en: '{action} was accepted, and is not to be seen',
        zh: '{action} 已受理，但查不到结果',
      },
      cause: {
        en: 'Tencent Cloud has taken longer than it ever should. (request {request})',
        zh: '腾讯云处理时间超出预期。（请求 {request}）',
      },
      next: {
        en: ['Run the same command again: it goes on from what is there.'],
        zh: ['重新执行同一命令：会从现有状态继续。'],
      },
    },
    'cloud-interrupted': {
      title: { en: '{action} was interrupted', zh: '{action} 已中断' },
      cause: {
        en: 'What was under way may have been done; the next run looks first.',
        zh: '正在进行的操作可能已经生效；下次运行会先查询。',
      },
      next: {
        en: ['Run the same command again: it goes on from what is there.'],
        zh: ['重新执行同一命令：会从现有状态继续。'],
      },
    },
    'cloud-unreachable': {
      title: { en: 'Tencent Cloud is not reached from here', zh: '无法访问腾讯云' },
      cause: {
        en: 'No connection to its API in {region} could be made, or no answer came.',
        zh: '无法连接 {region} 的 API，或没有收到应答。',
      },
      next: {
        en: [
          'Look at the network, https_proxy and no_proxy: curl -sS https://vpc.tencentcloudapi.com',
        ],
        zh: ['检查网络、https_proxy 和 no_proxy：curl -sS https://vpc.tencentcloudapi.com'],
      },
    },
  },
} as const satisfies CatalogueArea;
