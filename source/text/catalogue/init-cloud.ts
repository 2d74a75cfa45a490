import type { Text } from '../catalogue.ts';

/** The questions about the cloud, and what the file says above their answers. */
export const initCloud = {
  'init-offered': { en: 'Offered: {value} ({because})', zh: '建议：{value}（{because}）' },

  'init-ask-cloud': { en: 'Who moves the address?', zh: '由谁来移动 VIP？' },
  'init-why-cloud': {
    en: 'In a cloud an address that is only announced by ARP does not move: the cloud must know it as a HAVIP. From outside it is reached by an EIP.',
    zh: '云上仅靠 ARP 宣告的地址不会漂移：必须在云平台上申请为高可用虚拟IP（HAVIP）。外部通过弹性公网IP（EIP）访问它。',
  },
  'init-because-cloud-instance': {
    en: '{node} says that it is {instance} in {region}',
    zh: '{node} 的元数据表明它是 {region} 的 {instance}',
  },
  'init-because-cloud-vendor': {
    en: '{node} is a machine of {vendor}',
    zh: '{node} 是 {vendor} 的机器',
  },
  'init-because-cloud-none': {
    en: 'no server says that it is in Tencent Cloud',
    zh: '没有服务器表明自己在腾讯云上',
  },
  'init-row-cloud': { en: 'VIP moved by', zh: 'VIP 漂移方式' },
  'init-choice-cloud-tencent': { en: 'Tencent Cloud, by its API', zh: '腾讯云，调用 API' },
  'init-about-cloud-tencent': {
    en: 'HAVIP and EIP are made, and given back',
    zh: '自动申请 HAVIP 和 EIP，也能释放',
  },
  'init-choice-cloud-console': { en: 'Tencent Cloud, by hand', zh: '腾讯云，手工操作' },
  'init-about-cloud-console': {
    en: 'you click, each step is told and checked',
    zh: '在控制台操作，每一步都有说明和检查',
  },
  'init-choice-cloud-none': { en: 'keepalived alone', zh: '仅 Keepalived' },
  'init-about-cloud-none': {
    en: 'by ARP, in a network of your own',
    zh: '通过 ARP，用于自己的网络',
  },

  'init-ask-region': { en: 'The region of the servers', zh: '服务器所在地域' },
  'init-why-region': {
    en: 'None of them says it. Its identifier, as in ap-guangzhou.',
    zh: '服务器没有给出地域。请填写地域标识，例如 ap-guangzhou。',
  },
  'init-because-region': {
    en: 'named where the keys are, or in TENCENTCLOUD_REGION',
    zh: '来自密钥所在之处或 TENCENTCLOUD_REGION',
  },
  'init-row-region': { en: 'Region', zh: '地域' },

  'init-ask-eip': {
    en: 'Which public address (EIP) leads to the VIP?',
    zh: '用哪个公网 IP（EIP）访问 VIP？',
  },
  'init-why-eip': {
    en: 'Clients outside use it, and the DNS records of both domains point to it.',
    zh: '外部客户端通过它访问，两个域名的 DNS 记录都指向它。',
  },
  'init-because-eip': { en: 'nothing has to be prepared', zh: '无需事先准备' },
  'init-row-eip': { en: 'Public address', zh: '公网 IP' },
  'init-choice-eip-new': {
    en: 'A new one, {bandwidth} Mbit/s',
    zh: '申请一个新的，{bandwidth} Mbps',
  },
  'init-about-eip-new': {
    en: 'paid by traffic; {yuan} yuan an hour while idle',
    zh: '按流量计费；闲置时每小时 {yuan} 元',
  },
  'init-choice-eip-by-hand': {
    en: 'A new one, {bandwidth} Mbit/s',
    zh: '申请一个新的，{bandwidth} Mbps',
  },
  'init-about-eip-by-hand': {
    en: 'you buy it in the console, when it is due',
    zh: '到这一步时，由您在控制台申请',
  },
  'init-choice-eip-existing': { en: 'One that you have', zh: '使用已有的' },
  'init-about-eip-existing': {
    en: 'it is bound, and stays yours',
    zh: '只做绑定，始终归您所有',
  },

  'init-ask-bandwidth': { en: 'Its bandwidth, in Mbit/s', zh: '带宽上限（Mbps）' },
  'init-why-bandwidth': {
    en: 'The most that it lets through, 1 to 100. It is paid by traffic: more of it costs no more.',
    zh: '公网带宽的上限，1 到 100。按流量计费，上限本身不额外收费。',
  },
  'init-because-bandwidth': { en: 'enough to begin with', zh: '起步足够' },
  'init-row-bandwidth': { en: 'Bandwidth, Mbit/s', zh: '带宽（Mbps）' },

  'init-ask-eipaddress': { en: 'The address', zh: '该公网 IP 地址' },
  'init-why-eipaddress': {
    en: 'An EIP of the same account and region, bound to nothing else.',
    zh: '同一账号、同一地域的 EIP，且未绑定其他资源。',
  },
  'init-row-eipaddress': { en: 'EIP', zh: 'EIP' },

  'init-ask-securitygroups': {
    en: 'If the security groups lack a rule that is needed?',
    zh: '安全组缺少必要的规则时怎么办？',
  },
  'init-why-securitygroups': {
    en: 'VRRP and the services between the servers, port 80 for clients.',
    zh: '服务器之间的 VRRP 和各服务端口，以及供客户端访问的 80 端口。',
  },
  'init-because-securitygroups': {
    en: 'what others use, too, is not changed unasked',
    zh: '可能被其他机器共用，不擅自修改',
  },
  'init-row-securitygroups': { en: 'Security groups', zh: '安全组' },
  'init-choice-groups-leave': { en: 'Tell me', zh: '只提示' },
  'init-about-groups-leave': {
    en: 'the rule is named, you add it',
    zh: '指出缺少的规则，由您添加',
  },
  'init-choice-groups-open': { en: 'Add it', zh: '自动添加' },
  'init-about-groups-open': {
    en: 'and take it away again with everything else',
    zh: '撤销时一并删除',
  },

  'init-seen-keys': { en: 'Keys for Tencent Cloud: {place}', zh: '腾讯云密钥：{place}' },
  'init-seen-keys-role': {
    en: 'Keys for Tencent Cloud: the role of this machine ({place})',
    zh: '腾讯云密钥：本机的 CVM 角色（{place}）',
  },
  'init-note-keys': {
    en: 'No keys for Tencent Cloud here (looked at: {places}). A plan needs them; at a terminal it asks. What they must allow: iam-ha-wizard cloud policy',
    zh: '本机没有腾讯云密钥（已查找：{places}）。执行计划时需要，在终端里会询问。所需权限：iam-ha-wizard cloud policy',
  },
  'init-note-cloud': {
    en: '{node} is in Tencent Cloud: an address that is only announced by ARP does not move there, unless it is a HAVIP already that both servers may hold.',
    zh: '{node} 在腾讯云上：仅靠 ARP 宣告的地址不会漂移，除非它已经是两台服务器都可以持有的 HAVIP。',
  },
  'init-note-cloud-other': {
    en: "{vendor}: in a cloud an address that is only announced by ARP does not move. Make it a movable one in that cloud's console first, and let both servers hold it.",
    zh: '{vendor}：云上仅靠 ARP 宣告的地址不会漂移。请先在该云的控制台把它申请为可漂移的虚拟 IP，并允许两台服务器持有它。',
  },

  'init-comment-cloud-none': {
    en: 'none: keepalived announces the VIP by ARP. In Tencent Cloud: provider: tencent, or console (HAVIP and EIP made by hand).',
    zh: 'none：由 Keepalived 通过 ARP 宣告 VIP。在腾讯云上：provider: tencent，或 console（手工申请 HAVIP 和 EIP）。',
  },
  'init-comment-cloud-console': {
    en: 'console: you make HAVIP and EIP in the console; each step is told and checked. eip: { bandwidth: Mbit/s } for a new one, { existing: ADDRESS } for one that you have.',
    zh: 'console：由您在控制台申请 HAVIP 和 EIP，每一步都有说明和检查。eip：新申请写 { bandwidth: Mbps }，已有的写 { existing: 地址 }。',
  },
  'init-comment-cloud-tencent': {
    en: 'tencent: HAVIP and EIP are made with your API keys, which are in no file of ours. region: absent, the servers say it. eip: { bandwidth: Mbit/s } for a new one, { existing: ADDRESS } for one that you have. securityGroups: open adds rules that are missing, leave names them.',
    zh: 'tencent：用您的 API 密钥申请 HAVIP 和 EIP，密钥不写入本向导的任何文件。region：不写时由服务器给出。eip：新申请写 { bandwidth: Mbps }，已有的写 { existing: 地址 }。securityGroups：open 自动添加缺少的规则，leave 只指出缺少的规则。',
  },
} as const satisfies Readonly<Record<string, Text>>;
