import type { CatalogueArea } from '../catalogue.ts';
import { keyWords } from './guide-keys.ts';

/** The guided wizard. */
export const guide = {
  messages: {
    ...keyWords,
    'tui-step': { en: '{k} of {n}', zh: '{k}/{n}' },
    'tui-more': { en: '{count} more', zh: '还有 {count} 行' },
    'tui-too-small': {
      en: 'This window has {has}×{hasRows}; {columns}×{rows} are needed.',
      zh: '窗口为 {has}×{hasRows}，至少需要 {columns}×{rows}。',
    },
    'tui-state-unreadable': {
      en: 'The sessions in {folder} cannot be read ({reason}). None is listed; none is lost.',
      zh: '无法读取 {folder} 中的会话（{reason}）。会话没有丢失，只是无法列出。',
    },
    'tui-latin-only': {
      en: 'This locale is not UTF-8 and cannot show Chinese: export LC_ALL=C.UTF-8',
      zh: '当前 locale 不是 UTF-8，无法显示中文：export LC_ALL=C.UTF-8',
    },
    'tui-help-title': { en: 'Help: the keys of this screen', zh: '帮助：本画面的按键' },
    'tui-help-nothing-lost': {
      en: 'Nothing changes before you have said yes to what is shown. Leaving loses nothing: the session knows what was done, and the next start asks the machines what is true.',
      zh: '在您确认所显示的内容之前，什么都不会改变。退出不会丢失任何东西：会话记得做过什么，下次启动时会向服务器核实现状。',
    },
    'tui-help-ctrl-c': {
      en: 'Ctrl-C at work finishes the action in hand, writes it down, and stops; twice leaves at once, and what runs on the nodes runs on.',
      zh: '执行中按 Ctrl-C：完成手头的操作，记录下来，然后停止；按两次立即退出，服务器上正在运行的步骤会继续。',
    },
    'tui-help-suspend': {
      en: 'Ctrl-Z gives you your shell; fg comes back.',
      zh: 'Ctrl-Z 回到 shell，用 fg 返回。',
    },
    'tui-help-reset': {
      en: 'A terminal that looks wrong after a crash: type reset.',
      zh: '如果崩溃后终端显示异常，请输入 reset。',
    },

    'tui-by-hand': { en: 'To be done by you:', zh: '需要您亲自完成：' },
    'tui-by-hand-checked': {
      en: 'When you have said that it is done, it is checked.',
      zh: '确认完成后会进行检查。',
    },
    'tui-by-hand-asked-once': {
      en: 'It is asked for once; what you say is written down.',
      zh: '只询问一次，您的确认会被记录下来。',
    },
    'tui-the-same': { en: 'the same {count} as {node}', zh: '与 {node} 相同的 {count} 处' },
    'tui-nodes-one': { en: '1 node', zh: '1 个节点' },
    'tui-nodes': { en: '{count} nodes', zh: '{count} 个节点' },
    'tui-on-nodes-one': { en: 'on 1 node', zh: '1 个节点' },
    'tui-on-nodes': { en: 'on {count} nodes', zh: '{count} 个节点' },
    'tui-in-cloud': { en: 'in the cloud', zh: '云平台' },
    'tui-plan-one': { en: 'Plan: 1 change {places}', zh: '计划：{places}上共 1 处变更' },
    'tui-plan': { en: 'Plan: {count} changes {places}', zh: '计划：{places}上共 {count} 处变更' },
    'tui-no-diff': { en: 'no file is written by this', zh: '这一步不写文件' },
    'tui-lines': { en: '{count} lines', zh: '{count} 行' },
    'tui-nothing-due': { en: 'nothing to change', zh: '无需变更' },
    'tui-checks-measured-one': { en: '1 check is measured', zh: '将执行 1 项检查' },
    'tui-checks-measured': { en: '{count} checks are measured', zh: '将执行 {count} 项检查' },
    'tui-lecture': {
      en: 'lecture: {part}, L{first}–{last}',
      zh: '讲义：{part}，{first}–{last} 行',
    },
    'tui-lecture-words': {
      en: 'In the words of the lecture.',
      zh: '以上为讲义原文。',
    },
    'tui-our-words': {
      en: 'In our words: the lecture does not have this.',
      zh: '以上为本向导的说明，讲义中没有这一步。',
    },
    'tui-departures-one': {
      en: '1 departure from the lecture: press w',
      zh: '有 1 处与讲义不同，按 w 查看',
    },
    'tui-departures': {
      en: '{count} departures from the lecture: press w',
      zh: '有 {count} 处与讲义不同，按 w 查看',
    },
    'tui-departure-lecture': { en: 'The lecture', zh: '讲义' },
    'tui-departure-here': { en: 'Here', zh: '这里' },
    'tui-departure-because': { en: 'Because', zh: '因为' },
    'tui-done-changes-one': { en: '1 change', zh: '1 处变更' },
    'tui-done-changes': { en: '{count} changes', zh: '{count} 处变更' },
    'tui-stopping': {
      en: 'Stopping after the action in hand. Ctrl-C again leaves at once.',
      zh: '完成手头的操作后停止。再按一次 Ctrl-C 立即退出。',
    },
    'tui-heading-done': { en: 'Done', zh: '已完成' },
    'tui-heading-checks': { en: 'Checks', zh: '检查' },
    'tui-see': { en: 'See for yourself:', zh: '亲自验证：' },
    'tui-see-on': { en: 'See for yourself, on {node}:', zh: '在 {node} 上亲自验证：' },
    'tui-drills-offered-one': {
      en: '1 drill breaks this on purpose',
      zh: '有 1 项演练可以故意弄坏它',
    },
    'tui-drills-offered': {
      en: '{count} drills break this on purpose',
      zh: '有 {count} 项演练可以故意弄坏它',
    },
    'tui-said-more': {
      en: 'the last of {count} lines; all of it with o',
      zh: '共 {count} 行，这里是末尾几行；按 o 查看全部',
    },
    'tui-failed-nothing-lost': {
      en: 'What was done is written down. Nothing is lost by leaving now.',
      zh: '已完成的都已记录。现在退出不会丢失任何东西。',
    },
    'tui-vip': { en: 'VIP', zh: 'VIP' },
    'tui-home-claim': {
      en: 'Two servers, one address that survives either of them.',
      zh: '两台服务器，一个地址，任何一台倒下都不中断。',
    },
    'tui-home-sessions': { en: 'Sessions', zh: '会话' },
    'tui-home-continue': { en: 'Continue', zh: '继续' },
    'tui-home-new': { en: 'New', zh: '新建' },
    'tui-home-new-what': {
      en: 'answer ten questions, see the whole plan, change nothing yet',
      zh: '回答十个问题，看到完整计划，先不做任何变更',
    },
    'tui-home-start': { en: 'Start', zh: '开始' },
    'tui-home-start-what': {
      en: 'the cluster file that is here: look at the nodes, see the plan',
      zh: '使用这里的集群文件：查看节点，看到计划',
    },
    'tui-home-drills': { en: 'Drills', zh: '演练' },
    'tui-home-drills-what': {
      en: 'break it on purpose and measure what a client sees',
      zh: '故意制造故障，测量客户端的感受',
    },
    'tui-home-watch': { en: 'Watch', zh: '观察' },
    'tui-home-watch-what': {
      en: 'both nodes, the address and the backends, live',
      zh: '实时查看两个节点、地址和后端',
    },
    'tui-home-lab': { en: 'Lab', zh: '实验环境' },
    'tui-home-lab-what': {
      en: 'try it all on this computer: two real machines, no cloud account',
      zh: '在这台电脑上全部试一遍：两台真实的机器，不需要云账号',
    },
    'tui-home-report': { en: 'Report', zh: '报告' },
    'tui-home-report-what': {
      en: 'the evidence of what was done and proven',
      zh: '所做与所证的记录',
    },
    'tui-session-unreadable': { en: 'cannot be read', zh: '无法读取' },
    'tui-session-held': { en: 'in use by {user}', zh: '{user} 正在使用' },
    'tui-session-done': { en: 'done', zh: '已完成' },
    'tui-ago-now': { en: 'just now', zh: '刚刚' },
    'tui-ago-minutes-one': { en: '1 minute ago', zh: '1 分钟前' },
    'tui-ago-minutes': { en: '{count} minutes ago', zh: '{count} 分钟前' },
    'tui-ago-hours-one': { en: '1 hour ago', zh: '1 小时前' },
    'tui-ago-hours': { en: '{count} hours ago', zh: '{count} 小时前' },
    'tui-ago-days-one': { en: '1 day ago', zh: '1 天前' },
    'tui-ago-days': { en: '{count} days ago', zh: '{count} 天前' },
    'tui-found-title': { en: 'Welcome back', zh: '欢迎回来' },
    'tui-found-ago': {
      en: 'This session was last at work {ago}. This is what the machines say now:',
      zh: '本会话上次工作：{ago}。以下是服务器现在的实际状态：',
    },
    'tui-found-holds': { en: 'still holds', zh: '仍然成立' },
    'tui-found-changed-one': { en: 'has changed: 1 change is due', zh: '有变化：需要 1 处变更' },
    'tui-found-changed': {
      en: 'has changed: {count} changes are due',
      zh: '有变化：需要 {count} 处变更',
    },
    'tui-found-same': {
      en: 'Everything that was done is as it was left.',
      zh: '已完成的一切都与离开时一样。',
    },
    'tui-found-differs': {
      en: 'The first stage that no longer holds comes next.',
      zh: '接下来从第一个不再成立的阶段开始。',
    },
    'tui-confirm-other': {
      en: 'That is not {word}. Nothing has been changed.',
      zh: '输入的不是 {word}。没有做任何变更。',
    },
    'tui-done-not-whole': {
      en: 'Not everything is done, or not as expected',
      zh: '尚未全部完成，或与预期不符',
    },
    'tui-new-title': { en: 'A new deployment', zh: '新建部署' },
    'tui-enter-takes': { en: 'Enter alone: {value}', zh: '直接按 Enter：{value}' },
    'tui-lab-how': {
      en: 'The lab is two real machines and a network on this computer (Linux, as root). From your shell:',
      zh: '实验环境是本机上的两台真实机器和一个网络（需要 Linux 和 root）。在 shell 中输入：',
    },
    'tui-report-at': { en: 'The report, also in {file}', zh: '报告，已写入 {file}' },
    'tui-reading-along': {
      en: '{session}: what {user} on {host} does, from the journal',
      zh: '{session}：{host} 上的 {user} 正在做的事（来自日志）',
    },
    'tui-looking': { en: 'looking at the nodes', zh: '正在查看节点' },
    'tui-looking-here': { en: 'looking at what there is', zh: '正在查看现状' },
    'tui-done-title': {
      en: 'The pair works, and it has been proven',
      zh: '高可用部署已就绪，并已得到验证',
    },
  },
  problems: {
    'no-terminal': {
      title: { en: '{command}: this needs a terminal', zh: '{command}：需要终端' },
      cause: {
        en: 'Standard input or output is no terminal (or CI is set): nobody could answer.',
        zh: '标准输入或输出不是终端（或设置了 CI），无人可以回答。',
      },
      next: {
        en: [
          'iam-ha-wizard plan    shows what would change',
          'iam-ha-wizard apply --yes    does it unattended',
        ],
        zh: [
          'iam-ha-wizard plan    显示将要变更的内容',
          'iam-ha-wizard apply --yes    无人值守地执行',
        ],
      },
    },
    'editor-failed': {
      title: { en: 'The editor {editor} ended with {code}', zh: '编辑器 {editor} 以 {code} 退出' },
      cause: {
        en: 'It could not be started, or was left with an error. The cluster file is as it left it.',
        zh: '编辑器无法启动，或者以错误退出。集群文件保持它退出时的内容。',
      },
      next: {
        en: ['export EDITOR=nano', 'Or edit {file} in another terminal.'],
        zh: ['export EDITOR=nano', '或者在另一个终端中编辑 {file}。'],
      },
    },
    'locale-not-utf8': {
      title: {
        en: 'This locale ({locale}) cannot show Chinese',
        zh: 'This locale ({locale}) cannot show Chinese / 当前 locale（{locale}）无法显示中文',
      },
      cause: {
        en: 'Its characters are not UTF-8; the terminal would show garbage.',
        zh: 'Its characters are not UTF-8. / 字符集不是 UTF-8，终端会显示乱码。',
      },
      next: {
        en: ['export LC_ALL=C.UTF-8, or: iam-ha-wizard --lang en'],
        zh: ['export LC_ALL=C.UTF-8, or / 或者: iam-ha-wizard --lang en'],
      },
    },
    'guide-nodes-leave': {
      title: {
        en: 'Nodes have left the cluster file: that is a job for apply',
        zh: '集群文件中少了节点：请用 apply 处理',
      },
      cause: {
        en: 'What goes with them is taken back before and after everything else, and not a stage at a time.',
        zh: '随之移除的内容要在其他变更之前和之后撤销，不能逐阶段进行。',
      },
      next: { en: ['iam-ha-wizard apply'], zh: ['iam-ha-wizard apply'] },
    },
  },
} as const satisfies CatalogueArea;
