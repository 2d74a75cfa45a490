import type { CatalogueArea } from '../catalogue.ts';

/** What front ends must have alike, how it is changed on a pair that runs, and what a profile leaves behind. */
export const vrrpChange = {
  messages: {
    'vrrp-settings-right': {
      en: 'as the other front ends have them',
      zh: '与其他前端节点一致',
    },
    'vrrp-settings-test': {
      en: 'test the new keepalived.conf before anything stops',
      zh: '在停止任何东西之前先检查新的 keepalived.conf',
    },
    'vrrp-settings-aside': {
      en: 'stop keepalived on this standby until the holder has the new settings, then start it with them: no request is lost, but for these seconds there is no failover',
      zh: '在此备用节点上停止 keepalived，待持有者换上新参数后再以新参数启动：不丢请求，但这几秒内没有故障切换',
    },
    'vrrp-settings-still-aside': {
      en: 'keep keepalived stopped on this standby until the holder has the new settings, then start it with them: for these seconds there is no failover',
      zh: '此备用节点的 keepalived 保持停止，待持有者换上新参数后再以新参数启动：这几秒内没有故障切换',
    },
    'unit-retire': {
      en: 'stop {unit} and switch it off: this profile does without it (the VIP stays)',
      zh: '停止并禁用 {unit}：该方案不需要它（VIP 不动）',
    },
    'unit-retired': { en: 'switched off', zh: '已禁用' },
    'tmpfiles-retire': { en: 'remove {folder}', zh: '删除 {folder}' },
    'nothing-left-over': { en: 'nothing is left of it', zh: '没有残留' },
    'set-empty': { en: 'none are needed', zh: '不需要任何文件' },
    'check-vrrp-settings': {
      en: '{node}: the adverts of the VIP’s holder are as they should be',
      zh: '{node}：VIP 持有者的通告符合要求',
    },
    'check-standby-aside': {
      en: '{node}: no interrupted change has left keepalived stopped',
      zh: '{node}：没有被中断的修改使 keepalived 停在停止状态',
    },
    'standby-not-aside': { en: 'none has', zh: '没有' },
    'adverts-sent': {
      en: '{node} has the VIP: it sends them',
      zh: '{node} 持有 VIP：通告由它发出',
    },
    'adverts-right': {
      en: 'version {version}, each {seconds} s, VRID {vrid}',
      zh: '版本 {version}，每 {seconds} 秒一次，VRID {vrid}',
    },
  },
  problems: {
    'vrrp-settings-differ': {
      title: {
        en: '{node}: keepalived runs with other settings than cluster.yaml asks for (VRRP version, interval, password or VRID)',
        zh: '{node}：keepalived 的参数与 cluster.yaml 不同（VRRP 版本、间隔、密码或 VRID）',
      },
      cause: {
        en: 'Likely because vip.profile or vip.vrid was changed since, or a run that changed them was interrupted. Front ends that disagree about these do not hear each other, and both take the VIP.',
        zh: '可能是此后修改了 vip.profile 或 vip.vrid，或修改它们的运行被中断。参数不一致的前端节点收不到彼此的通告，会同时持有 VIP。',
      },
      next: {
        en: ['iam-ha-wizard apply: it changes them one after the other, and no request is lost'],
        zh: ['iam-ha-wizard apply：它会逐个修改，不丢请求'],
      },
    },
    'standby-aside': {
      title: {
        en: '{node}: keepalived is stopped: a change of its settings was interrupted; there is no failover',
        zh: '{node}：keepalived 已停止：修改其参数的运行被中断；当前没有故障切换',
      },
      cause: {
        en: 'A standby is stopped while the holder gets new settings, and nobody has started it since. It starts by itself within a minute and a few seconds.',
        zh: '持有者更换参数时备用节点会停止，此后没有人启动它。它会在一分多钟内自行启动。',
      },
      next: {
        en: ['iam-ha-wizard apply: it finishes the change'],
        zh: ['iam-ha-wizard apply：它会完成修改'],
      },
    },
    'adverts-differ': {
      title: {
        en: '{node}: the adverts of the VIP’s holder are not as they should be (heard: version {version}, {seconds} s, VRID {vrid})',
        zh: '{node}：VIP 持有者的通告不符合要求（收到：版本 {version}，{seconds} 秒，VRID {vrid}）',
      },
      cause: {
        en: 'The holder’s keepalived has not loaded its file, or has another password: then this node does not hear it, and takes the VIP beside it.',
        zh: '持有者的 keepalived 没有加载其配置文件，或密码不同：此时本节点收不到通告，会同时持有 VIP。',
      },
      next: {
        en: ['On the node that has the VIP: systemctl reload keepalived', 'iam-ha-wizard check'],
        zh: ['在持有 VIP 的节点上执行：systemctl reload keepalived', 'iam-ha-wizard check'],
      },
    },
    'adverts-silent': {
      title: {
        en: '{node}: no advert of the VIP’s holder is heard',
        zh: '{node}：收不到 VIP 持有者的通告',
      },
      cause: {
        en: 'Likely because something between the front ends drops VRRP (IP protocol 112), or the holder’s keepalived does not name this node as its peer.',
        zh: '可能是前端节点之间的 VRRP（IP 协议 112）被丢弃，或持有者的 keepalived 没有把本节点列为对端。',
      },
      next: {
        en: ['On {node}: tcpdump -ni any ip proto 112', 'On the node that has the VIP: the same'],
        zh: ['在 {node} 上执行：tcpdump -ni any ip proto 112', '在持有 VIP 的节点上执行同样的命令'],
      },
    },
    'unit-needless': {
      title: {
        en: '{node}: {unit} is still switched on',
        zh: '{node}：{unit} 仍处于启用状态',
      },
      cause: {
        en: 'The profile does without it: likely cluster.yaml was changed since.',
        zh: '该方案不需要它：可能此后修改了 cluster.yaml。',
      },
      next: { en: ['iam-ha-wizard apply'], zh: ['iam-ha-wizard apply'] },
    },
    'left-over': {
      title: {
        en: '{node}: {resource} is still there',
        zh: '{node}：{resource} 仍然存在',
      },
      cause: {
        en: 'The profile does without it: likely cluster.yaml was changed since.',
        zh: '该方案不需要它：可能此后修改了 cluster.yaml。',
      },
      next: { en: ['iam-ha-wizard apply'], zh: ['iam-ha-wizard apply'] },
    },
  },
} as const satisfies CatalogueArea;
