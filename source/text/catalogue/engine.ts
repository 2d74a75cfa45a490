import type { CatalogueArea } from '../catalogue.ts';

/** What the engine says of plans, changes, checks, drills, the journal and the session. */
export const engine = {
  messages: {
    'check-facts': { en: 'the node can be managed', zh: '节点可以被管理' },
    'check-as-applied': { en: '{resource} is as applied', zh: '{resource} 与应用时一致' },
    'marker-written': {
      en: 'note on the node which session set it up',
      zh: '在节点上记录由哪个会话配置',
    },
    'marker-right': { en: 'set up by the session {session}', zh: '由会话 {session} 配置' },
    explained: { en: 'not judged: {check} explains it', zh: '不作判断：由 {check} 引起' },
    undo: { en: 'put back {resource}', zh: '恢复 {resource}' },
    'measuring-checks': { en: 'measuring {count} checks', zh: '正在测量 {count} 项检查' },
    'no-answer': { en: 'no answer', zh: '没有应答' },
  },
  problems: {
    drift: {
      title: {
        en: '{node}: {resource} is not as applied',
        zh: '{node}：{resource} 与应用时不一致',
      },
      cause: {
        en: 'Somebody or something has changed it since the wizard applied it, or it was never applied.',
        zh: '在向导应用之后被人或程序改动过，或者从未应用。',
      },
      next: {
        en: ['iam-ha-wizard plan shows the difference.', 'iam-ha-wizard apply puts it right.'],
        zh: ['iam-ha-wizard plan 显示差异。', 'iam-ha-wizard apply 使其恢复正确。'],
      },
    },
    'not-settled': {
      title: {
        en: '{node}: still not as planned after the change: {resource}',
        zh: '{node}：变更之后仍与计划不符：{resource}',
      },
      cause: {
        en: 'Something on the node puts it back, or the change did not take.',
        zh: '节点上有别的程序把它改回去，或者变更没有生效。',
      },
      next: {
        en: ['iam-ha-wizard plan shows what is still different.'],
        zh: ['iam-ha-wizard plan 显示仍有哪些差异。'],
      },
    },
    'action-failed': {
      title: {
        en: '{node}: a step failed (exit code {exitCode})',
        zh: '{node}：一个步骤失败（退出码 {exitCode}）',
      },
      cause: {
        en: 'The node said why; its words stand here. What was done so far is journalled.',
        zh: '节点给出了原因，原文在此。已完成的部分都已记入日志。',
      },
      next: {
        en: ['Mend what the node complains about.', 'iam-ha-wizard apply goes on from here.'],
        zh: ['按节点的提示修正。', 'iam-ha-wizard apply 会从这里继续。'],
      },
    },
    'no-space-left': {
      title: { en: '{node}: a disk is full', zh: '{node}：磁盘已满' },
      cause: {
        en: 'The step stopped there; files that were in use are as they were. What was done so far is journalled.',
        zh: '步骤在此停下；正在使用的文件保持原样。已完成的部分都已记入日志。',
      },
      next: {
        en: ['On {node}: df -h; df -i', 'Make room, then iam-ha-wizard apply goes on from here.'],
        zh: ['在 {node} 上：df -h; df -i', '腾出空间后，iam-ha-wizard apply 会从这里继续。'],
      },
    },
    'action-timed-out': {
      title: {
        en: '{node}: a step did not end within {seconds} s',
        zh: '{node}：一个步骤在 {seconds} 秒内没有结束',
      },
      cause: {
        en: 'The node is very slow, or a program on it hangs.',
        zh: '节点很慢，或者上面有程序卡住。',
      },
      next: {
        en: [
          'On the node: systemctl list-jobs; ps -ef --forest',
          'iam-ha-wizard apply goes on from here.',
        ],
        zh: [
          '在节点上执行：systemctl list-jobs; ps -ef --forest',
          'iam-ha-wizard apply 会从这里继续。',
        ],
      },
    },
    'await-timed-out': {
      title: {
        en: '{node}: waited {seconds} s in vain: {what}',
        zh: '{node}：等待 {seconds} 秒仍未达到：{what}',
      },
      cause: {
        en: 'What was changed just before does not work as it should; the last answer stands here.',
        zh: '刚才的变更没有正常工作；最后的应答在此。',
      },
      next: {
        en: ['On the node: journalctl --since -5min', 'iam-ha-wizard apply tries again.'],
        zh: ['在节点上执行：journalctl --since -5min', 'iam-ha-wizard apply 会重试。'],
      },
    },
    'probe-timed-out': {
      title: {
        en: '{node}: looking at {resource} took too long',
        zh: '{node}：查看 {resource} 耗时过长',
      },
      cause: {
        en: 'The node is very slow, or a program that was asked hangs.',
        zh: '节点很慢，或者被询问的程序卡住。',
      },
      next: {
        en: ['On the node: uptime; systemctl --failed'],
        zh: ['在节点上执行：uptime; systemctl --failed'],
      },
    },
    'journal-damaged': {
      title: { en: "The session's journal is damaged", zh: '会话的日志已损坏' },
      cause: {
        en: 'Somebody edited it, or the disk lost part of it. It is not taken for "nothing has run".',
        zh: '有人编辑过它，或者磁盘丢失了其中一部分。向导不会把它当作“什么都没运行过”。',
      },
      next: {
        en: ['Restore {file} from a copy.', 'Or start a new session with --session NAME --adopt.'],
        zh: ['用副本恢复 {file}。', '或者用 --session NAME --adopt 新建会话。'],
      },
    },
    'journal-not-written': {
      title: { en: 'The journal cannot be written ({reason})', zh: '日志无法写入（{reason}）' },
      cause: {
        en: 'The disk is full, or the folder is not yours. Nothing is changed that is not journalled.',
        zh: '磁盘已满，或者没有该目录的权限。没有记入日志的变更不会执行。',
      },
      next: { en: ['df -h {file}; ls -l {file}'], zh: ['df -h {file}; ls -l {file}'] },
    },
    'backup-missing': {
      title: { en: 'A backup is missing or damaged', zh: '备份缺失或已损坏' },
      cause: {
        en: "The original of a file that the wizard changed is no longer in the session's folder.",
        zh: '向导改过的某个文件的原件已不在会话目录里。',
      },
      next: {
        en: ['Restore {file} from a copy of the session.'],
        zh: ['从会话的副本恢复 {file}。'],
      },
    },
    'secrets-damaged': {
      title: { en: "The session's secrets cannot be read", zh: '无法读取会话的密钥文件' },
      cause: {
        en: 'The file is not what the wizard wrote. New secrets would not fit the nodes.',
        zh: '文件已不是向导写入的内容。换成新的密码将与节点不符。',
      },
      next: { en: ['Restore {file} from a copy.'], zh: ['用副本恢复 {file}。'] },
    },
    'secrets-lost': {
      title: { en: "The session's secrets are gone", zh: '会话的密钥文件不见了' },
      cause: {
        en: 'The session has changed nodes, and the passwords that they got were in this file alone. New ones would lock out what runs.',
        zh: '会话已改动过节点，节点所用的密码只保存在该文件中。换成新的密码，正在运行的服务就无法登录。',
      },
      next: {
        en: [
          'Restore {file} from a copy.',
          'Or put the nodes back with iam-ha-wizard undo (that needs no secrets), then start anew.',
        ],
        zh: [
          '用副本恢复 {file}。',
          '或者用 iam-ha-wizard undo 把节点恢复原样（撤销不需要密钥），再重新开始。',
        ],
      },
    },
    'state-not-written': {
      title: { en: 'The session cannot be written ({reason})', zh: '无法写入会话（{reason}）' },
      cause: {
        en: 'The disk is full, or the folder is not yours. What is not on the disk is not done on the nodes.',
        zh: '磁盘已满，或者没有该目录的权限。没有写入磁盘的变更不会在节点上执行。',
      },
      next: {
        en: [
          'df -h {file}; ls -ld {file}',
          'Or move the sessions to another folder, whole, and name it: --state-dir FOLDER',
        ],
        zh: [
          'df -h {file}; ls -ld {file}',
          '或者把会话目录整个移到别处，并用 --state-dir FOLDER 指明',
        ],
      },
    },
    'state-unreadable': {
      title: { en: 'The session cannot be read ({reason})', zh: '无法读取会话（{reason}）' },
      cause: {
        en: 'The file is not yours, or the disk fails.',
        zh: '没有该文件的权限，或者磁盘有故障。',
      },
      next: { en: ['ls -l {file}'], zh: ['ls -l {file}'] },
    },
    'session-in-use': {
      title: {
        en: 'The session is in use: {user} on {host}, process {pid}, since {since}',
        zh: '会话正在使用：{host} 上的 {user}，进程 {pid}，始于 {since}',
      },
      cause: {
        en: 'Another run of the wizard works with it now.',
        zh: '另一个向导进程正在使用它。',
      },
      next: {
        en: ['Wait until it ends, or stop it with Ctrl-C.'],
        zh: ['等它结束，或用 Ctrl-C 停止它。'],
      },
    },
  },
} as const satisfies CatalogueArea;
