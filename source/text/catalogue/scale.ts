import type { CatalogueArea } from '../catalogue.ts';

/** Nodes that join a running cluster, and nodes that leave it. */
export const scale = {
  messages: {
    'file-remove': { en: 'remove {file}: no longer wanted', zh: '删除 {file}：不再需要' },
    'leaves-cluster': {
      en: '{node} is no longer in nodes: its keepalived stops first; when the others use it no more, everything of ours there is put back',
      zh: '{node} 已不在 nodes 中：先停止它的 keepalived；其他节点不再使用它之后，恢复我们在其上所做的一切改动',
    },
    'leaves-front': {
      en: '{node} is no longer a front end: its keepalived stops first, then nginx and its configuration are put back; the services stay',
      zh: '{node} 不再是前端：先停止它的 keepalived，再恢复 nginx 及其配置；服务保留',
    },
    'leaves-with-vip': {
      en: '{node} holds the VIP: it moves to one of {others}, as when keepalived stops. To move it before, put {node} back into nodes and run iam-ha-wizard move-vip',
      zh: '{node} 持有 VIP：VIP 会漂移到 {others} 之一，与停止 keepalived 时相同。若要事先切换，请把 {node} 放回 nodes 并运行 iam-ha-wizard move-vip',
    },
    'left-is-silent': {
      en: '{node} is no longer in nodes, and nobody answers at {address}: it is given up. Do not switch it on in this network again: its keepalived would take the VIP',
      zh: '{node} 已不在 nodes 中，且 {address} 无人应答：不再管理它。不要再在此网络中启动它：它的 keepalived 会抢占 VIP',
    },
    'has-left': {
      en: '{node} has left: everything of ours there is put back; packages, data and logs stay',
      zh: '{node} 已离开：我们在其上的改动均已恢复；软件包、数据与日志保留',
    },
    'has-left-with': {
      en: '{node} has left; what somebody has edited since stays there: {left}',
      zh: '{node} 已离开；此后被他人改动的内容保留在其上：{left}',
    },
  },
  problems: {
    'left-node-unreachable': {
      title: {
        en: '{left} is no longer in nodes, cannot be reached, and somebody answers at {address}',
        zh: '{left} 已不在 nodes 中，无法登录，但 {address} 有应答',
      },
      cause: {
        en: 'Its keepalived would take the VIP as soon as the others forget it: then two nodes would hold it. Nothing has been changed.',
        zh: '其他节点一旦忘记它，它的 keepalived 就会抢占 VIP：届时将有两个节点同时持有。尚未改动任何内容。',
      },
      next: {
        en: [
          'Make it reachable as before (its ssh settings are those that the file had), and run iam-ha-wizard apply again.',
          'Or switch the machine off for good, wait a minute, and run iam-ha-wizard apply again.',
          'Or put {left} back into nodes.',
        ],
        zh: [
          '使其恢复可登录（沿用文件中原有的 ssh 设置），再运行 iam-ha-wizard apply。',
          '或者永久关闭该机器，等待一分钟，再运行 iam-ha-wizard apply。',
          '或者把 {left} 放回 nodes。',
        ],
      },
    },
    'data-node-left': {
      title: {
        en: '{left} is no longer in nodes, but it has the databases',
        zh: '{left} 已不在 nodes 中，但数据库在它上面',
      },
      cause: {
        en: 'The databases do not move by themselves. The file may also be that of another cluster with the same name. Nothing has been changed.',
        zh: '数据库不会自动迁移。也可能这是另一个同名集群的文件。尚未改动任何内容。',
      },
      next: {
        en: [
          'Put {left} back into nodes, with data: true.',
          'For another cluster: another name in the file, or --session NAME.',
        ],
        zh: [
          '把 {left} 放回 nodes，并保留 data: true。',
          '若是另一个集群：在文件中换一个 name，或使用 --session NAME。',
        ],
      },
    },
    'every-node-left': {
      title: {
        en: 'None of the nodes that this session set up is in nodes any more ({left})',
        zh: '本会话配置过的节点（{left}）都已不在 nodes 中',
      },
      cause: {
        en: 'The file seems to be that of another cluster with the same name. Nothing has been changed.',
        zh: '这似乎是另一个同名集群的文件。尚未改动任何内容。',
      },
      next: {
        en: [
          'For another cluster: another name in the file, or --session NAME.',
          'To take this one down: iam-ha-wizard undo, with its own file.',
        ],
        zh: [
          '若是另一个集群：在文件中换一个 name，或使用 --session NAME。',
          '若要撤下原集群：用它自己的文件运行 iam-ha-wizard undo。',
        ],
      },
    },
    'node-not-in-file': {
      title: {
        en: 'This session has changed {left}, which is not in nodes, and nothing says how to reach it',
        zh: '本会话改动过 {left}，但它不在 nodes 中，也没有登录它所需的信息',
      },
      cause: {
        en: "The session's copy of the cluster file, which had it, is gone or cannot be read. Nothing has been changed.",
        zh: '会话中原有的集群文件副本已丢失或无法读取。尚未改动任何内容。',
      },
      next: {
        en: [
          'Put {left} back into nodes, run iam-ha-wizard plan once, and then take it out again.',
        ],
        zh: ['把 {left} 放回 nodes，运行一次 iam-ha-wizard plan，然后再去掉它。'],
      },
    },
    'leaving-needs-all-stages': {
      title: {
        en: '{left} leaves: that is not a matter of single stages',
        zh: '{left} 要离开：这不能只执行部分阶段',
      },
      cause: {
        en: 'Its keepalived, the upstreams, the certificates and the databases all change, in one order.',
        zh: '它的 keepalived、各个 upstream、证书与数据库都要按同一顺序改动。',
      },
      next: {
        en: ['Run the command without --stage.'],
        zh: ['去掉 --stage 再运行。'],
      },
    },
    'move-vip-no-frontend': {
      title: {
        en: '{to} cannot hold the VIP: it has roles: [backend]',
        zh: '{to} 无法持有 VIP：它的 roles 为 [backend]',
      },
      cause: {
        en: 'It runs the services only, without nginx and keepalived.',
        zh: '它只运行服务，没有 nginx 和 keepalived。',
      },
      next: {
        en: ['Name a front end: iam-ha-wizard move-vip NODE'],
        zh: ['指定一个前端：iam-ha-wizard move-vip NODE'],
      },
    },
  },
} satisfies CatalogueArea;
