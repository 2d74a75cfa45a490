import type { CatalogueArea } from '../catalogue.ts';

/** Steps of an operator's own, and the runbook that has them. `title` and `text` are the operator's words. */
export const ownSteps = {
  messages: {
    'own-words': { en: '{text}', zh: '{text}' },
    'own-command': { en: 'command of your own: {title}', zh: '自定义命令：{title}' },
    'own-command-right': {
      en: '{title}: its probe says that it is right',
      zh: '{title}：探测命令表明已经就绪',
    },
    'own-command-done': { en: '{title}: done before', zh: '{title}：之前已执行' },
    'by-hand': { en: 'by hand: {title}', zh: '手工步骤：{title}' },
    'by-hand-done': { en: 'said to be done at {at}', zh: '已于 {at} 确认完成' },
    'ask-by-hand': {
      en: 'Press Enter when it is done; n stops here: ',
      zh: '完成后请按回车；输入 n 在此停止：',
    },
    'by-hand-undo': {
      en: 'To take back by hand ({title}): {text}',
      zh: '需要手工撤回（{title}）：{text}',
    },
    'by-hand-undo-unsaid': {
      en: '{title} was done by hand: the runbook does not say how to take it back.',
      zh: '“{title}”是手工完成的，流程文件没有写明如何撤回。',
    },
    'step-left-over': {
      en: '{title} was done here and is not in this runbook any more; it stays. iam-ha-wizard undo --stage {step} takes it back.',
      zh: '“{title}”此前已执行，但当前流程文件里已没有它，结果保留不变。要撤回：iam-ha-wizard undo --stage {step}',
    },
    'step-left-on': {
      en: '{title} was done on {node}, which the step does not name any more; it stays there. iam-ha-wizard undo --stage {step} takes it back everywhere; the next apply does it where it is to be.',
      zh: '“{title}”曾在 {node} 上执行，而该步骤已不再包含这个节点，结果保留不变。iam-ha-wizard undo --stage {step} 会在所有节点上撤回；下次 apply 再按流程执行。',
    },
    'own-check-holds': { en: 'as expected, exit code {exit}', zh: '符合预期，退出码 {exit}' },
    'own-check-exit': {
      en: 'The command ended with exit code {found}; {exit} is expected.',
      zh: '命令的退出码是 {found}，预期为 {exit}。',
    },
    'own-check-prints': {
      en: 'The command printed something else than “{expected}”.',
      zh: '命令的输出不是“{expected}”。',
    },
    'own-check-lacks': {
      en: '“{expected}” is not in what the command printed.',
      zh: '命令的输出中没有“{expected}”。',
    },
    'own-check-hangs': {
      en: 'The command did not end within {seconds} s.',
      zh: '命令在 {seconds} 秒内没有结束。',
    },
    'session-runbook': { en: 'runbook: {runbook}', zh: '流程：{runbook}' },
  },
  problems: {
    'own-command-due': {
      title: { en: '{title}: not as the runbook wants it', zh: '{title}：与流程文件的要求不符' },
      cause: {
        en: 'The step was never made here, or somebody has undone it, or its command has changed since.',
        zh: '该步骤在此处从未执行、已被他人撤销，或者命令后来改过。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage {step}'],
        zh: ['iam-ha-wizard apply --stage {step}'],
      },
    },
    'own-command-failed': {
      title: {
        en: 'The step’s command ended with exit code {exitCode}',
        zh: '步骤的命令以退出码 {exitCode} 结束',
      },
      cause: {
        en: 'A command of the runbook failed; the step stops at the first that does. What it printed stands below.',
        zh: '流程文件里的某条命令失败了；步骤在第一条失败的命令处停止。输出见下。',
      },
      next: {
        en: ['Mend the command or the node, and run apply again: it goes on from this step.'],
        zh: ['修正命令或节点后再次执行 apply：会从这一步继续。'],
      },
    },
    'own-command-hangs': {
      title: { en: 'The step’s command did not end in its time', zh: '步骤的命令超时未结束' },
      cause: {
        en: 'It waits for something, or needs longer than its timeout. It was ended.',
        zh: '它在等待什么，或者所需时间超过了 timeout。命令已被终止。',
      },
      next: {
        en: ['Give the step a longer timeout: in the runbook, in seconds.'],
        zh: ['在流程文件中调大该步骤的 timeout（单位：秒）。'],
      },
    },
    'own-probe-unmet': {
      title: {
        en: 'The step’s command ended well, but its probe still says no',
        zh: '步骤的命令执行成功，但探测命令仍然不通过',
      },
      cause: {
        en: 'Command and probe do not fit each other, or what the command started needs time.',
        zh: '命令与 probe 不一致，或者命令启动的东西还需要时间。',
      },
      next: {
        en: ['Run the probe on the node by hand, and mend the one that is wrong.'],
        zh: ['在节点上手工运行 probe，修正有误的一方。'],
      },
    },
    'own-probe-hangs': {
      title: {
        en: '{title}: its probe did not end within {seconds} s',
        zh: '{title}：探测命令 {seconds} 秒内没有结束',
      },
      cause: {
        en: 'A probe only looks, and is run before every plan.',
        zh: '探测命令只应查看状态，每次生成计划前都会运行。',
      },
      next: {
        en: ['Make the probe of step {step} quicker.'],
        zh: ['让步骤 {step} 的 probe 更快。'],
      },
    },
    'own-script-syntax': {
      title: {
        en: '{title}: {part} is not a bash script',
        zh: '{title}：{part} 不是合法的 bash 脚本',
      },
      cause: {
        en: 'bash on the node cannot read it; nothing has been changed. Its own words stand below.',
        zh: '节点上的 bash 无法解析它；尚未改动任何东西。bash 的原话见下。',
      },
      next: { en: ['Mend {part} of step {step}.'], zh: ['修正步骤 {step} 的 {part}。'] },
    },
    'own-check-fails': {
      title: { en: '{title}: does not hold', zh: '{title}：检查不通过' },
      cause: { en: '{why}', zh: '{why}' },
      next: {
        en: [
          'Look at what the command printed, and mend what it tells of.',
          'iam-ha-wizard check --stage {step}',
        ],
        zh: ['查看命令的输出，修正它指出的问题。', 'iam-ha-wizard check --stage {step}'],
      },
    },
    'own-check-fails-advised': {
      title: { en: '{title}: does not hold', zh: '{title}：检查不通过' },
      cause: { en: '{why}', zh: '{why}' },
      next: {
        en: ['{advice}', 'iam-ha-wizard check --stage {step}'],
        zh: ['{advice}', 'iam-ha-wizard check --stage {step}'],
      },
    },
    'by-hand-open': {
      title: { en: 'Not done yet: {title}', zh: '尚未完成：{title}' },
      cause: {
        en: 'It is a step that a person does, and nobody has said that it is done.',
        zh: '这是需要人来做的步骤，还没有人确认已经完成。',
      },
      next: { en: ['iam-ha-wizard apply'], zh: ['iam-ha-wizard apply'] },
    },
    'by-hand-not-done': {
      title: { en: 'Stopped before: {title}', zh: '停在这一步之前：{title}' },
      cause: {
        en: 'The step was not said to be done. What came before it stays.',
        zh: '该步骤没有被确认完成。之前的改动保留。',
      },
      next: {
        en: ['Do it, and run apply again: it goes on from here.'],
        zh: ['完成后再次执行 apply：会从这里继续。'],
      },
    },
    'by-hand-unconfirmed': {
      title: {
        en: '{step} has to be done by a person: {title}',
        zh: '{step} 需要人来完成：{title}',
      },
      cause: {
        en: 'Nobody can be asked here, and --yes does not say that it is done. To do: {text}',
        zh: '这里无法提问，而 --yes 并不表示它已经完成。要做的是：{text}',
      },
      next: {
        en: [
          'Do it, and add --confirm {step}.',
          'Or run apply at a terminal: it asks in its place.',
        ],
        zh: ['完成后加上 --confirm {step}。', '或者在终端里执行 apply，到这一步时会询问。'],
      },
    },
    'by-hand-unknown': {
      title: { en: 'There is no step by hand {found}', zh: '没有手工步骤 {found}' },
      cause: {
        en: '--confirm names a manual step of the runbook. There are: {known}.',
        zh: '--confirm 后面是流程文件里的手工步骤。现有：{known}。',
      },
      next: { en: ['Mend the name.'], zh: ['改正名称。'] },
    },
    'stage-not-in-runbook': {
      title: {
        en: 'The runbook {runbook} has no stage {found}',
        zh: '流程 {runbook} 里没有阶段 {found}',
      },
      cause: { en: 'It has: {known}.', zh: '它包含：{known}。' },
      next: {
        en: ['Name one of these, or another --runbook.'],
        zh: ['请指定其中之一，或者换一个 --runbook。'],
      },
    },
    'runbook-missing': {
      title: { en: 'There is no runbook {file}', zh: '没有流程文件 {file}' },
      cause: {
        en: '--runbook names a file; iam-ha is the one that comes with the program.',
        zh: '--runbook 后面是文件；iam-ha 表示程序自带的流程。',
      },
      next: { en: ['Mend the path.'], zh: ['改正路径。'] },
    },
    'runbook-unreadable': {
      title: { en: 'The runbook {file} cannot be read', zh: '无法读取流程文件 {file}' },
      cause: { en: 'The system says {reason}.', zh: '系统报告：{reason}。' },
      next: { en: ['Look at the file and its permissions.'], zh: ['检查文件及其权限。'] },
    },
    'runbook-step-is-stage': {
      title: { en: '{stage} is a stage of the program’s own', zh: '{stage} 是程序自带的阶段' },
      cause: {
        en: 'A step of yours needs a name that no stage has.',
        zh: '自定义步骤不能与已有阶段同名。',
      },
      next: { en: ['Give the step another id.'], zh: ['换一个 id。'] },
    },
    'own-step-unknown-node': {
      title: {
        en: '{field}: the cluster has no node {found}',
        zh: '{field}：集群里没有节点 {found}',
      },
      cause: {
        en: 'The cluster file has: {nodes}. Beside them there are the words all, data, frontends.',
        zh: '集群文件中有：{nodes}。另外可用 all、data、frontends。',
      },
      next: { en: ['Mend the name.'], zh: ['改正名称。'] },
    },
    'own-step-nowhere': {
      title: {
        en: '{field}: no node of this cluster is meant by {place}',
        zh: '{field}：{place} 没有对应的节点',
      },
      cause: {
        en: 'With databases elsewhere the cluster has no data node.',
        zh: '数据库在集群之外时，集群里没有数据节点。',
      },
      next: { en: ['Name the nodes.'], zh: ['写出节点名称。'] },
    },
    'own-step-long-secret': {
      title: {
        en: '{field}: {timeout} s is too long for a step with secrets',
        zh: '{field}：带密钥的步骤不能用 {timeout} 秒这么长的 timeout',
      },
      cause: {
        en: 'A step of more than {most} s is written to a file on the node, so that it outlives a lost connection. A secret must not be.',
        zh: '超过 {most} 秒的步骤会写成节点上的文件，以便断线后继续；密钥不能写进文件。',
      },
      next: {
        en: [
          'Do the part that needs the secret in a step of its own, with a timeout of at most {most}.',
        ],
        zh: ['把需要密钥的部分单独作为一个步骤，timeout 不超过 {most}。'],
      },
    },
    'own-undo-secret': {
      title: {
        en: '{field}: an undo cannot use {variable}',
        zh: '{field}：undo 不能使用 {variable}',
      },
      cause: {
        en: 'The undo is written into the journal before the command runs, and no secret is.',
        zh: 'undo 在命令执行前就写入日志，而密钥不会写入。',
      },
      next: {
        en: ['Have the command leave on the node what its undo needs, in a file of mode 0600.'],
        zh: ['让命令把 undo 需要的内容留在节点上权限为 0600 的文件里。'],
      },
    },
    'invalid-step-place': {
      title: { en: '{field}: {found} is no place', zh: '{field}：{found} 不是有效的位置' },
      cause: {
        en: 'It is all, data, frontends, the name of a node, or a list of names; of a check also here.',
        zh: '应为 all、data、frontends、节点名或节点名列表；检查还可以用 here。',
      },
      next: { en: ['Write it like [iam-1, iam-2].'], zh: ['写法如 [iam-1, iam-2]。'] },
    },
    'expected-script': {
      title: { en: '{field}: a bash script is expected', zh: '{field}：这里应为 bash 脚本' },
      cause: {
        en: 'It is empty, longer than 20,000 characters, has Windows line ends, or YAML took it for something else.',
        zh: '它是空的、超过 20,000 个字符、含有 Windows 换行，或者被 YAML 当成了别的东西。',
      },
      next: {
        en: ['Write it as a block: “run: |” and indented lines below.'],
        zh: ['用块的写法：“run: |”，下面各行缩进。'],
      },
    },
    'expected-lines': {
      title: { en: '{field}: text is expected', zh: '{field}：这里应为文字' },
      cause: {
        en: 'It is empty, or YAML took it for something else: a number, a list.',
        zh: '它是空的，或者被 YAML 当成了别的东西：数字、列表。',
      },
      next: { en: ['Put quotes around it.'], zh: ['加上引号。'] },
    },
    'expected-string': {
      title: { en: '{field}: text is expected', zh: '{field}：这里应为文字' },
      cause: {
        en: 'YAML took {found} for something else.',
        zh: 'YAML 把 {found} 当成了别的东西。',
      },
      next: { en: ['Put quotes around it.'], zh: ['加上引号。'] },
    },
    'invalid-exit-code': {
      title: { en: '{field}: {found} is no exit code', zh: '{field}：{found} 不是退出码' },
      cause: { en: 'It is a whole number from 0 to 255.', zh: '应为 0 到 255 的整数。' },
      next: { en: ['Write it like 0.'], zh: ['写法如 0。'] },
    },
    'invalid-seconds': {
      title: {
        en: '{field}: {found} cannot be a time here',
        zh: '{field}：{found} 不能作为这里的时间',
      },
      cause: {
        en: 'It is a whole number of seconds: a command’s timeout up to 86400, a check’s up to 20, within up to 3600.',
        zh: '应为整数秒：命令的 timeout 最多 86400，检查的 timeout 最多 20，within 最多 3600。',
      },
      next: { en: ['Write it like 10.'], zh: ['写法如 10。'] },
    },
    'no-bash-here': {
      title: { en: 'bash cannot be started on this computer', zh: '本机无法启动 bash' },
      cause: { en: 'The system says {reason}.', zh: '系统报告：{reason}。' },
      next: {
        en: ['Install bash, or measure the check from a node.'],
        zh: ['安装 bash，或者改为从节点上检查。'],
      },
    },
    'session-newer': {
      title: {
        en: 'This session was used by a newer version of this program',
        zh: '这个会话被更新版本的程序使用过',
      },
      cause: {
        en: 'Its journal is of version {found}; this program reads up to {known}. Nothing was changed.',
        zh: '它的日志是版本 {found}；本程序最多读到版本 {known}。没有改动任何东西。',
      },
      next: {
        en: ['Use the newer iam-ha-wizard for it.', 'Or another session: --session NAME.'],
        zh: ['请用新版的 iam-ha-wizard 处理它。', '或者换一个会话：--session NAME。'],
      },
    },
  },
} as const satisfies CatalogueArea;
