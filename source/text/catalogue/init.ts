import type { CatalogueArea } from '../catalogue.ts';
import { initCloud } from './init-cloud.ts';
import { initFile } from './init-file.ts';
import { initProblems } from './init-problems.ts';
import { initQuestions } from './init-questions.ts';

/** The questions of the setup, the file that comes of them, and what `init` says around them. */
export const init = {
  messages: {
    ...initQuestions,
    ...initFile,
    ...initCloud,
    'init-intro': {
      en: 'A few questions, and {file} is written: what iam-ha-wizard will make of your servers. Nothing is changed on them; they are only looked at. Enter takes what is offered.',
      zh: '回答几个问题，就会写出 {file}：本向导将把服务器变成什么样。现在只查看服务器，不做任何变更。直接回车即采用给出的值。',
    },
    'init-there-already': {
      en: '{file} is there already. What it says is offered; before it is written over you are asked, and a copy is kept.',
      zh: '{file} 已经存在。其中的内容会作为默认值；覆盖之前会先询问，并保留一份副本。',
    },
    'init-there-broken': {
      en: '{file} is there already, but cannot be read as a cluster file. Before it is written over you are asked, and a copy is kept.',
      zh: '{file} 已经存在，但不是可读的集群文件。覆盖之前会先询问，并保留一份副本。',
    },
    'init-looking-nodes': {
      en: 'Looking at {hosts} over SSH (nothing is changed)',
      zh: '正在通过 SSH 查看 {hosts}（不做变更）',
    },
    'init-looking-address': {
      en: 'Asking the subnet whether anybody has {address}',
      zh: '正在子网里询问 {address} 是否有人使用',
    },
    'init-host-key': {
      en: 'This computer has never been at {host}, port {port}. It shows the key:',
      zh: '本机从未连接过 {host}（端口 {port}）。它出示的主机密钥是：',
    },
    'init-host-key-compare': {
      en: 'On its own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      zh: '在它的控制台上对比：ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
    },
    'init-host-key-ask': { en: 'Is that the key of {node}?', zh: '这是 {node} 的密钥吗？' },
    'init-seen-node': {
      en: '{name}  {address} on {nic}, {os}; {daemons}',
      zh: '{name}  {nic} 上的 {address}，{os}；{daemons}',
    },
    'init-seen-bare': { en: 'bare', zh: '尚无相关服务' },
    'init-seen-running': { en: '{daemons} running', zh: '{daemons} 正在运行' },
    'vip-found': {
      en: 'vip.address: auto becomes {vip}: nobody answers ARP for it. It stays so for this session',
      zh: 'vip.address: auto 选定为 {vip}：没有人应答它的 ARP 请求。本会话以后一直使用它',
    },
    'init-review-ask': {
      en: 'This is what {file} will say. Right? (a line can be changed)',
      zh: '{file} 的内容如下，是否正确？（选中一行可以修改）',
    },
    'init-review-write': { en: 'Yes: write {file}', zh: '正确：写入 {file}' },
    'init-review-leave': { en: 'Leave, and write nothing', zh: '离开，不写文件' },
    'init-copy': {
      en: '{file} is there already. It would stay as {copy}',
      zh: '{file} 已经存在。原文件会保留为 {copy}',
    },
    'init-ask-overwrite': { en: 'Write over {file}?', zh: '要覆盖 {file} 吗？' },
    'init-not-asked': {
      en: 'Of the old file these are not asked about, and not in the new one: {fields}. They are in {copy}',
      zh: '旧文件中以下设置不在问题之列，新文件里没有：{fields}。它们保留在 {copy} 中',
    },
    'init-written': { en: 'Written: {file}', zh: '已写入：{file}' },
    'init-next-variables': { en: 'First, set:', zh: '先设置：' },
    'init-next': {
      en: 'Next: see what would be changed; it changes nothing.',
      zh: '下一步：查看将要做的变更；这一步不改变任何东西。',
    },
    'init-left': { en: 'Nothing was written.', zh: '没有写入任何文件。' },
    'init-enter': { en: 'Enter: {value} ({because})', zh: '回车：{value}（{because}）' },
    'init-pick-again': {
      en: '{found} is not among them: a number from 1 to {most}, please.',
      zh: '没有 {found} 这一项：请输入 1 到 {most} 的编号。',
    },
    'init-yes': { en: 'yes', zh: '是' },
    'init-no': { en: 'no', zh: '否' },
    'init-keys-choose': { en: 'choose', zh: '选择' },
    'init-keys-take': { en: 'take it', zh: '确认' },
  },
  problems: initProblems,
} as const satisfies CatalogueArea;
