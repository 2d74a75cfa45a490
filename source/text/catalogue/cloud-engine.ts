import type { CatalogueArea } from '../catalogue.ts';

export const cloudEngine = {
  messages: {
    'check-cloud-look': { en: 'the cloud answers', zh: '云平台可以查询' },
    'plan-in-cloud': { en: 'in the cloud', zh: '云上' },
  },
  problems: {
    'cloud-drift': {
      title: {
        en: 'In the cloud {resource} is not as applied; due: {what}',
        zh: '云上的 {resource} 与应用时不一致；待执行：{what}',
      },
      cause: {
        en: 'Somebody or something has changed it since the wizard applied it, or it was never applied.',
        zh: '在向导应用之后被人或程序改动过，或者从未应用。',
      },
      next: {
        en: ['iam-ha-wizard plan shows what is due.', 'iam-ha-wizard apply puts it right.'],
        zh: ['iam-ha-wizard plan 显示待执行的变更。', 'iam-ha-wizard apply 使其恢复正确。'],
      },
    },
    'cloud-not-settled': {
      title: {
        en: 'In the cloud still not as planned after the change: {resource}',
        zh: '云上变更之后仍与计划不符：{resource}',
      },
      cause: {
        en: 'The cloud has said that the change was made, and does not show it after 15 s; or somebody else has changed it meanwhile.',
        zh: '云平台返回变更成功，但 15 秒后仍查询不到；也可能同时有人改动了它。',
      },
      next: {
        en: [
          'iam-ha-wizard apply looks again: what is there is not made twice.',
          'iam-ha-wizard plan shows what is still different.',
        ],
        zh: [
          'iam-ha-wizard apply 会重新查询：已存在的资源不会重复创建。',
          'iam-ha-wizard plan 显示仍有哪些差异。',
        ],
      },
    },
    'cloud-stopped-halfway': {
      title: {
        en: 'Stopped in the middle of a change in the cloud: {resource}',
        zh: '云上的变更进行到一半时停止：{resource}',
      },
      cause: {
        en: 'You asked to stop. The call in hand was finished; what comes after it was not begun.',
        zh: '您要求停止。正在进行的调用已完成，其后的步骤尚未开始。',
      },
      next: {
        en: ['iam-ha-wizard apply goes on from there.', 'iam-ha-wizard destroy gives it back.'],
        zh: ['iam-ha-wizard apply 从该处继续。', 'iam-ha-wizard destroy 将其归还。'],
      },
    },
    'cloud-not-opened': {
      title: {
        en: 'What the cloud says is not known: no way to it was opened',
        zh: '无法得知云平台的状态：尚未建立到云平台的连接',
      },
      cause: {
        en: 'This run has no key for the cloud, or the cluster file names no cloud that the wizard speaks to.',
        zh: '本次运行没有云平台密钥，或者集群文件未指定向导可调用的云平台。',
      },
      next: {
        en: [
          'Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, and try again.',
          'In the cluster file: cloud.provider must be "tencent" for this.',
        ],
        zh: [
          '设置 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY 后重试。',
          '集群文件中 cloud.provider 须为 "tencent"。',
        ],
      },
    },
  },
} satisfies CatalogueArea;
