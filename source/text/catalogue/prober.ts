import type { CatalogueArea } from '../catalogue.ts';

export const prober = {
  messages: {
    'prober-nothing-sent': {
      en: 'no request was sent: nothing was measured',
      zh: '没有发出任何请求：什么也没有测到',
    },
    'prober-late': {
      en: 'the prober itself was late: its computer was too busy to measure',
      zh: '探测器自身滞后：运行它的计算机过于繁忙，无法测量',
    },
    'prober-own-faults': {
      en: 'requests failed on the way to the target, not at it: nothing was measured',
      zh: '请求在到达目标之前就已失败，并非目标的问题：什么也没有测到',
    },
    'request-status': { en: 'answered {status} instead of 200', zh: '应答 {status}，而不是 200' },
    'drill-failed-because': { en: 'failed: {reasons}', zh: '失败原因：{reasons}' },
    'request-failed': { en: 'failed: {reason}', zh: '失败：{reason}' },
    'request-refused': { en: 'connection refused', zh: '连接被拒绝' },
    'request-reset': { en: 'connection reset', zh: '连接被重置' },
    'request-unreachable': { en: 'no route to the address', zh: '没有到该地址的路由' },
    'request-connect-timeout': {
      en: 'no connection in time: nobody answers at the address',
      zh: '未能按时建立连接：该地址无人应答',
    },
    'request-answer-timeout': {
      en: 'connected, but no complete answer in time',
      zh: '已建立连接，但没有按时收到完整应答',
    },
    'request-closed-early': {
      en: 'connection closed without an answer',
      zh: '连接被关闭，没有应答',
    },
    'request-cut-short': { en: 'answer cut short', zh: '应答不完整' },
    'request-not-http': { en: 'answer is not HTTP', zh: '应答不是 HTTP' },
    'request-tls-failed': { en: 'no TLS handshake', zh: 'TLS 握手失败' },
    'request-unexpected-body': {
      en: 'answered 200 with an unexpected body',
      zh: '应答 200，但内容与预期不符',
    },
    'request-answer-too-large': { en: 'answer larger than 64 KiB', zh: '应答超过 64 KiB' },
    'request-name-unknown': { en: 'name not resolved', zh: '域名无法解析' },
    'request-open-failed': {
      en: "the node's sshd could not connect to the address",
      zh: '节点的 sshd 无法连接到该地址',
    },
    'request-vantage-not-available': {
      en: 'no way to ask from there',
      zh: '无法从那里发出请求',
    },
    'request-vantage-lost': {
      en: 'the SSH connection to the vantage was lost',
      zh: '到观测点的 SSH 连接已断开',
    },
    'request-forwarding-prohibited': {
      en: "the node's sshd forbids forwarding (AllowTcpForwarding no)",
      zh: '节点的 sshd 禁止转发（AllowTcpForwarding no）',
    },
    'request-no-source-port': {
      en: 'this computer ran out of source ports',
      zh: '本机的源端口已用尽',
    },
    'request-no-file-handle': {
      en: 'out of file handles, here or at the vantage',
      zh: '本机或观测点的文件句柄已用尽',
    },
    'request-not-sent': {
      en: 'not sent: the computer slept, or the request is not valid HTTP',
      zh: '没有发出：计算机曾休眠，或请求不符合 HTTP',
    },
  },
  problems: {},
} as const satisfies CatalogueArea;
