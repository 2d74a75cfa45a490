import type { CatalogueArea } from '../catalogue.ts';
import { help } from './cli-help.ts';

/** The plain face, the prompts, and mistakes in the command line. */
export const cli = {
  messages: {
    ...help,
    'heading-plan': { en: 'planned changes', zh: '计划的变更' },
    'heading-work': { en: 'at work', zh: '执行' },
    'heading-check': { en: 'checks', zh: '检查' },
    'stage-settled': { en: '{stage}: nothing to change', zh: '{stage}：无需变更' },
    'stage-failed': { en: '{stage}: failed', zh: '{stage}：失败' },
    'stage-skipped': { en: '{stage}: skipped', zh: '{stage}：已跳过' },
    'same-as-on': { en: '(the same as on {node})', zh: '（与 {node} 相同）' },
    'check-because': { en: 'not judged, because of: {check}', zh: '无法判断，原因在于：{check}' },

    'drill-run': { en: '(run {run})', zh: '（第 {run} 次）' },
    'drill-figures': {
      en: 'outage {outage} ms, expected {predicted}; {failed} of {sent} requests failed',
      zh: '中断 {outage} ms，预期 {predicted}；{sent} 个请求中失败 {failed} 个',
    },
    'drill-runs-late': {
      en: 'late requests: median {median} · max {max}',
      zh: '迟到的请求：中位 {median} · 最大 {max}',
    },
    'drill-holders': { en: 'VIP: {before} → {after}', zh: 'VIP：{before} → {after}' },
    'drill-phases': { en: 'after the fault: {phases}', zh: '故障之后：{phases}' },
    'drill-notify': {
      en: 'new notify lines on {node}: {lines}',
      zh: '{node} 的 notify 日志新行：{lines}',
    },
    'drill-still-broken': {
      en: 'Not restored yet: the host undoes the fault by itself when its timer fires.',
      zh: '尚未恢复：定时器到时，主机会自行撤销故障。',
    },

    'run-done': { en: 'done in {time}.', zh: '完成，用时 {time}。' },
    'run-not-done': { en: 'not done, after {time}.', zh: '未完成，用时 {time}。' },
    'count-planned-one': { en: '1 change to make', zh: '1 处待变更' },
    'count-planned': { en: '{count} changes to make', zh: '{count} 处待变更' },
    'count-changed-one': { en: '1 change', zh: '1 处变更' },
    'count-changed': { en: '{count} changes', zh: '{count} 处变更' },
    'count-unchanged-one': { en: '1 already right', zh: '1 处本来就正确' },
    'count-unchanged': { en: '{count} already right', zh: '{count} 处本来就正确' },
    'count-passed-one': { en: '1 check passed', zh: '1 项检查通过' },
    'count-passed': { en: '{count} checks passed', zh: '{count} 项检查通过' },
    'count-warned-one': { en: '1 with a warning', zh: '1 项警告' },
    'count-warned': { en: '{count} with a warning', zh: '{count} 项警告' },
    'count-failed-one': { en: '1 check FAILED', zh: '1 项检查失败' },
    'count-failed': { en: '{count} checks FAILED', zh: '{count} 项检查失败' },
    'count-unknown-one': { en: '1 unknown', zh: '1 项未知' },
    'count-unknown': { en: '{count} unknown', zh: '{count} 项未知' },
    'count-drills-passed-one': { en: '1 drill as expected', zh: '1 项演练符合预期' },
    'count-drills-passed': { en: '{count} drills as expected', zh: '{count} 项演练符合预期' },
    'count-drills-failed-one': { en: '1 drill NOT as expected', zh: '1 项演练不符合预期' },
    'count-drills-failed': { en: '{count} drills NOT as expected', zh: '{count} 项演练不符合预期' },
    'count-undone-one': { en: '1 change undone', zh: '1 处变更已撤销' },
    'count-undone': { en: '{count} changes undone', zh: '{count} 处变更已撤销' },
    'list-left': {
      en: 'Left as they are, because somebody else has changed them since:',
      zh: '保持原样，因为之后被别人改过：',
    },
    'list-kept': { en: 'Kept on purpose:', zh: '按设计保留：' },
    'list-files': { en: 'Written:', zh: '已写入：' },

    'summary-real': {
      en: 'IAM{version}, real daemons, on {count} nodes',
      zh: 'IAM{version}，真实服务，{count} 个节点',
    },
    'summary-stand-in': {
      en: 'STAND-IN daemons in the place of IAM{version}, on {count} nodes',
      zh: '替身（STAND-IN）服务代替 IAM{version}，{count} 个节点',
    },
    'summary-vip': { en: 'address (VIP)', zh: '地址（VIP）' },
    'summary-vip-held': {
      en: 'address (VIP), held by {holder}',
      zh: '地址（VIP），现由 {holder} 持有',
    },
    'summary-public': { en: 'public address', zh: '公网地址' },
    'summary-public-stand-in': {
      en: 'public address, of the lab’s STAND-IN for the cloud',
      zh: '公网地址，来自实验室的云平台替身（STAND-IN）',
    },
    'column-drill': { en: 'drill', zh: '演练' },
    'column-outage': { en: 'outage', zh: '中断' },
    'column-expected': { en: 'expected', zh: '预期' },
    'column-requests-failed': { en: 'requests failed', zh: '失败请求' },
    'failed-of-sent': { en: '{failed} of {sent}', zh: '{failed} / {sent}' },
    'hint-try': { en: 'Try it:', zh: '试一试：' },
    'hint-break': { en: 'Break it:', zh: '弄坏它：' },
    'hint-undo': { en: 'Undo it:', zh: '撤销：' },
    'hint-remove': { en: 'Remove it:', zh: '移除：' },

    'prompt-yes-no': { en: '[y/N]', zh: '[y/N，y 表示是]' },
    'prompt-yes-no-again': {
      en: 'Please answer y (yes) or n (no):',
      zh: '请回答 y（是）或 n（否）：',
    },
    'prompt-word': { en: 'To go on, type {word}:', zh: '要继续，请输入 {word}：' },
    'ask-apply': {
      en: 'Make these {changes} changes on {nodes} nodes?',
      zh: '在 {nodes} 个节点上执行这 {changes} 处变更吗？',
    },
    'connecting-nodes': { en: 'connecting to {nodes}', zh: '正在连接 {nodes}' },
    'looking-at-nodes': {
      en: 'looking at {count} nodes, and at what is to be done',
      zh: '正在查看 {count} 个节点的现状和待办事项',
    },
    'undo-digest': {
      en: 'What is taken back, the newest first:',
      zh: '将撤销的变更，最新的在前：',
    },
    'plan-digest': { en: 'The plan, in short:', zh: '计划概要：' },
    'ask-adopt': {
      en: 'Take it over? A copy is kept, and an undo brings it back. The plan is shown before anything is changed.',
      zh: '要接管它吗？会保留副本，可以撤销。改动之前会先显示计划。',
    },
    'ask-overwrite': {
      en: 'Throw that change away and write ours: {files}? A copy is kept. The plan is shown before anything is changed.',
      zh: '要丢弃那处改动，写回我们的版本吗：{files}？会保留副本。改动之前会先显示计划。',
    },
    'ask-outage': {
      en: 'This interrupts the service on {node}.',
      zh: '这会中断 {node} 上的服务。',
    },
    'ask-which-drill': { en: 'Which drill? (number)', zh: '做哪项演练？（编号）' },
    'ask-drill': {
      en: 'Break it on purpose now: {drills}? Every fault undoes itself.',
      zh: '现在故意制造故障吗：{drills}？每个故障都会自行撤销。',
    },
    'ask-move-vip': {
      en: 'Move the VIP from {from} to {to} now?',
      zh: '现在把 VIP 从 {from} 移到 {to} 吗？',
    },
    'ask-undo': { en: 'Take back {changes} changes?', zh: '撤销 {changes} 处变更吗？' },
    'ask-forget': {
      en: 'Forget the session {name}? {changes} of its changes are still on the nodes, and only it can take them back.',
      zh: '忘记会话 {name} 吗？它有 {changes} 处变更仍在节点上，只有它能撤销。',
    },
    'session-changes': { en: '{count} changes on the nodes', zh: '节点上有 {count} 处变更' },
    'sessions-none': { en: 'There is no session in {folder}.', zh: '{folder} 里没有会话。' },
    'ask-host-key': {
      en: '{node}: the host key of {host}:{port} is not known yet: {algorithm} {fingerprint}. Accept it?',
      zh: '{node}：{host}:{port} 的主机密钥尚未登记：{algorithm} {fingerprint}。接受吗？',
    },
    stopping: {
      en: 'Stopping after the action in hand. Ctrl-C again leaves a running remote step running.',
      zh: '完成手头的操作后停止。再按一次 Ctrl-C，正在运行的远程步骤会自行继续。',
    },
  },
  problems: {
    'unknown-option': {
      title: { en: 'There is no option {found}', zh: '没有选项 {found}' },
      cause: { en: 'It may be misspelt.', zh: '可能拼写有误。' },
      next: { en: ['iam-ha-wizard --help'], zh: ['iam-ha-wizard --help'] },
    },
    'unknown-command': {
      title: { en: 'There is no command {found}', zh: '没有命令 {found}' },
      cause: { en: 'It may be misspelt.', zh: '可能拼写有误。' },
      next: { en: ['iam-ha-wizard --help'], zh: ['iam-ha-wizard --help'] },
    },
    'missing-argument': {
      title: { en: 'The argument {found} is missing', zh: '缺少参数 {found}' },
      cause: { en: 'This command needs it.', zh: '这个命令需要它。' },
      next: {
        en: ['The command with --help shows an example.'],
        zh: ['在命令后加 --help 可以看到示例。'],
      },
    },
    'option-without-value': {
      title: { en: 'The option {found} needs a value', zh: '选项 {found} 需要一个值' },
      cause: { en: 'Nothing stands after it.', zh: '它后面没有内容。' },
      next: { en: ['iam-ha-wizard --help'], zh: ['iam-ha-wizard --help'] },
    },
    'too-many-arguments': {
      title: { en: 'More arguments than {found} takes', zh: '{found} 的参数过多' },
      cause: {
        en: 'An option may lack its dashes, or a command may be misspelt.',
        zh: '可能选项少写了横线，或者命令拼写有误。',
      },
      next: { en: ['iam-ha-wizard --help'], zh: ['iam-ha-wizard --help'] },
    },
    'bad-command-line': {
      title: { en: 'The command line is not understood: {found}', zh: '无法理解命令行：{found}' },
      cause: { en: 'Something in it is misspelt.', zh: '其中有拼写错误。' },
      next: { en: ['iam-ha-wizard --help'], zh: ['iam-ha-wizard --help'] },
    },
    'unknown-language': {
      title: { en: 'There is no language {found}', zh: '没有语言 {found}' },
      cause: { en: 'The wizard speaks en and zh.', zh: '本向导支持 en 和 zh。' },
      next: { en: ['--lang en', '--lang zh'], zh: ['--lang en', '--lang zh'] },
    },
    'unknown-stage': {
      title: { en: 'There is no stage {found}', zh: '没有阶段 {found}' },
      cause: { en: 'The stages are: {known}.', zh: '现有的阶段：{known}。' },
      next: { en: ['Name one of them.'], zh: ['请写其中一个。'] },
    },
    'unknown-drill': {
      title: { en: 'There is no drill {found}', zh: '没有演练 {found}' },
      cause: { en: 'The drills are: {known}.', zh: '现有的演练：{known}。' },
      next: { en: ['iam-ha-wizard drill --all'], zh: ['iam-ha-wizard drill --all'] },
    },
    'unknown-format': {
      title: { en: 'There is no report format {found}', zh: '没有报告格式 {found}' },
      cause: { en: 'The formats are: {known}.', zh: '现有的格式：{known}。' },
      next: {
        en: ['iam-ha-wizard report --format markdown'],
        zh: ['iam-ha-wizard report --format markdown'],
      },
    },
    'bad-number': {
      title: {
        en: '{option}: {found} is not a number from {min} to {max}',
        zh: '{option}：{found} 不是 {min} 到 {max} 之间的整数',
      },
      cause: { en: 'It takes a whole number.', zh: '它需要一个整数。' },
      next: { en: ['{option} {min}'], zh: ['{option} {min}'] },
    },
    'all-and-ids': {
      title: {
        en: 'Either --all or the names of drills, not both',
        zh: '--all 与演练名称只能二选一',
      },
      cause: {
        en: 'It is not clear which drills are meant.',
        zh: '不清楚要做哪些演练。',
      },
      next: {
        en: ['iam-ha-wizard drill --all', 'iam-ha-wizard drill nginx-stopped'],
        zh: ['iam-ha-wizard drill --all', 'iam-ha-wizard drill nginx-stopped'],
      },
    },
    'drill-not-named': {
      title: { en: 'Which drill? None is named', zh: '没有指定演练' },
      cause: {
        en: 'There is no terminal to choose one at.',
        zh: '没有可供选择的终端。',
      },
      next: {
        en: ['iam-ha-wizard drill --all --yes', 'iam-ha-wizard drill nginx-stopped --yes'],
        zh: ['iam-ha-wizard drill --all --yes', 'iam-ha-wizard drill nginx-stopped --yes'],
      },
    },
    'yes-missing': {
      title: { en: '{command} needs --yes here', zh: '{command} 在这里需要 --yes' },
      cause: {
        en: 'Nobody can be asked: there is no terminal, or --json or CI is set.',
        zh: '无人可问：没有终端，或者设置了 --json 或 CI。',
      },
      next: {
        en: [
          'iam-ha-wizard plan shows what would change.',
          'iam-ha-wizard {command} --yes consents to it.',
        ],
        zh: ['iam-ha-wizard plan 显示会变更什么。', 'iam-ha-wizard {command} --yes 表示同意。'],
      },
    },
    'move-vip-failed': {
      title: { en: 'The VIP has not moved to {to}', zh: 'VIP 没有移到 {to}' },
      cause: {
        en: 'A step failed, or keepalived on {to} is not fit to be MASTER. The words of the node stand here, if there are any.',
        zh: '某个步骤失败，或者 {to} 上的 keepalived 不满足成为 MASTER 的条件。节点若有输出，原文在此。',
      },
      next: {
        en: ['iam-ha-wizard check', 'On {to}: journalctl -u keepalived -n 50'],
        zh: ['iam-ha-wizard check', '在 {to} 上执行：journalctl -u keepalived -n 50'],
      },
    },
    'no-home': {
      title: { en: 'this user has no home folder', zh: '该用户没有主目录' },
      cause: {
        en: 'The sessions are kept there unless you name another folder.',
        zh: '未另行指定时，会话保存在主目录下。',
      },
      next: {
        en: ['Name a folder: --state-dir FOLDER, or set HOME.'],
        zh: ['指定目录：--state-dir FOLDER，或者设置 HOME。'],
      },
    },
    'cluster-file-unreadable': {
      title: {
        en: 'The cluster file cannot be read ({reason})',
        zh: '无法读取集群文件（{reason}）',
      },
      cause: { en: 'It is not yours, or it is a folder.', zh: '没有读取权限，或者它是一个目录。' },
      next: { en: ['ls -ld {file}'], zh: ['ls -ld {file}'] },
    },
    'iam-source-incomplete': {
      title: { en: 'IAM is not complete: {found} is missing', zh: 'IAM 不完整：缺少 {found}' },
      cause: {
        en: 'The folder {folder} must hold iam-apiserver, iam-authz-server, iam-pump and iam.sql.',
        zh: '目录 {folder} 里必须有 iam-apiserver、iam-authz-server、iam-pump 和 iam.sql。',
      },
      next: {
        en: ['Put {found} there, or name another folder as iam.source.directory.'],
        zh: ['把 {found} 放进去，或者在 iam.source.directory 写另一个目录。'],
      },
    },
    'session-unknown': {
      title: { en: 'There is no session {name}', zh: '没有会话 {name}' },
      cause: { en: 'Nothing of that name is in {folder}.', zh: '{folder} 里没有这个名称。' },
      next: { en: ['iam-ha-wizard sessions'], zh: ['iam-ha-wizard sessions'] },
    },
    'report-not-written': {
      title: { en: 'The report could not be written ({reason})', zh: '报告写入失败（{reason}）' },
      cause: {
        en: 'Likely because the folder does not exist, or may not be written to.',
        zh: '可能目录不存在，或者没有写权限。',
      },
      next: { en: ['iam-ha-wizard report --output -'], zh: ['iam-ha-wizard report --output -'] },
    },
    'json-and-text': {
      title: {
        en: 'With --json nothing but events goes to standard output',
        zh: '使用 --json 时，标准输出只有事件',
      },
      cause: { en: 'The report would be mixed with them.', zh: '报告会与事件混在一起。' },
      next: {
        en: ['Leave out --json, or name a file: --output report.md'],
        zh: ['去掉 --json，或者写明文件：--output report.md'],
      },
    },
    'session-locked': {
      title: { en: 'The session {name} is in use', zh: '会话 {name} 正在使用' },
      cause: {
        en: 'Another run works with it, or one was killed in its middle.',
        zh: '另一个进程正在使用它，或者有一次运行中途被杀死。',
      },
      next: {
        en: [
          'Wait until the other run has ended.',
          'iam-ha-wizard check --session {name} takes a dead one over.',
        ],
        zh: ['等另一次运行结束。', 'iam-ha-wizard check --session {name} 会接管已死的那一次。'],
      },
    },
    'not-confirmed': {
      title: { en: 'Not confirmed: nothing has been changed', zh: '未确认：没有做任何变更' },
      cause: { en: 'The answer was not a yes.', zh: '回答不是肯定的。' },
      next: {
        en: ['Run it again when you are ready.'],
        zh: ['准备好之后再运行一次。'],
      },
    },
    'question-interrupted': {
      title: { en: 'Stopped at the question', zh: '已在提问处停止' },
      cause: {
        en: 'It was not answered, and nothing was done about it.',
        zh: '没有得到回答，也没有为此做任何事。',
      },
      next: {
        en: ['Run it again when you are ready.'],
        zh: ['准备好之后再运行一次。'],
      },
    },
    interrupted: {
      title: { en: 'Stopped, as you asked', zh: '已按要求停止' },
      cause: {
        en: 'The action in hand was finished and journalled.',
        zh: '手头的操作已完成并记入日志。',
      },
      next: {
        en: ['Run the same command again: it goes on from here.'],
        zh: ['再次运行同一命令，会从这里继续。'],
      },
    },
    'our-bug': {
      title: { en: 'A mistake of the wizard itself', zh: '向导自身的错误' },
      cause: {
        en: 'This should not happen, and nothing you did is wrong.',
        zh: '这不应该发生，并不是你操作有误。',
      },
      next: {
        en: [
          'Run the same command again: it looks at what is true first.',
          'Report it with the text above.',
        ],
        zh: ['再次运行同一命令，它会先看实际状态。', '请连同上面的文字一起报告。'],
      },
    },
  },
} as const satisfies CatalogueArea;
