import type { CatalogueArea } from '../catalogue.ts';

/** What the generic resources say: files, folders, units, packages, users. */
export const resources = {
  messages: {
    'foreign-same-file': {
      en: 'it stands where ours must be',
      zh: '它占用了我们要写的路径',
    },
    'file-create': { en: 'new file {file}', zh: '新建文件 {file}' },
    'file-again': { en: 'put {file} back: it was removed', zh: '恢复被删除的 {file}' },
    'file-change': { en: 'change {file}', zh: '修改 {file}' },
    'file-mode': {
      en: 'set {file} to mode {mode}, owner {owner}',
      zh: '将 {file} 的权限设为 {mode}，属主设为 {owner}',
    },
    'file-overwrite': {
      en: "replace {file} with ours; a copy of the other's is kept",
      zh: '用我们的内容替换 {file}（保留原文件的副本）',
    },
    'file-adopt': {
      en: 'take over {file}; a copy of what is there is kept',
      zh: '接管 {file}（保留原文件的副本）',
    },
    'sample-replace': {
      en: "replace the package's sample {file}; a copy is kept",
      zh: '替换软件包自带的示例 {file}（保留副本）',
    },
    'link-replace': {
      en: 'replace the link {file} with a file; an undo makes it a link again',
      zh: '把链接 {file} 换成文件（撤销时恢复为链接）',
    },
    'file-upload': { en: 'send {file}', zh: '上传 {file}' },
    'file-right': { en: '{file} is as it should be', zh: '{file} 已符合要求' },
    'block-write': { en: 'our block in {file}', zh: '在 {file} 中写入我们的标记块' },
    'block-write-names-elsewhere': {
      en: 'our block in {file}; lines that are there already stay, though they send {names} elsewhere',
      zh: '在 {file} 中写入我们的标记块；原有的行保留不动，尽管它们把 {names} 指向别处',
    },
    'directory-create': { en: 'new folder {directory}', zh: '新建目录 {directory}' },
    'directory-mode': {
      en: 'set {directory} to mode {mode}, owner {owner}',
      zh: '将 {directory} 的权限设为 {mode}，属主设为 {owner}',
    },
    'directory-right': { en: '{directory} is there', zh: '{directory} 已存在' },
    'set-right': {
      en: '{files} files as they should be, and loaded',
      zh: '{files} 个文件均符合要求，且已加载',
    },
    'set-record': {
      en: 'note down which files of {set} are ours',
      zh: '记录 {set} 中哪些文件由我们管理',
    },
    'unit-start': { en: 'start {unit}', zh: '启动 {unit}' },
    'unit-enable': { en: 'start {unit} at boot', zh: '设置 {unit} 开机自启动' },
    'unit-reload': { en: 'reload {unit}', zh: '重新加载 {unit}' },
    'unit-restart': { en: 'restart {unit}', zh: '重启 {unit}' },
    'unit-running': {
      en: '{unit} runs, and starts at boot',
      zh: '{unit} 正在运行，并已设为开机自启动',
    },
    'package-install': { en: 'install the package {package}', zh: '安装软件包 {package}' },
    'packages-installed': { en: 'installed: {packages}', zh: '已安装：{packages}' },
    'system-user-create': { en: 'new system user {user}', zh: '新建系统用户 {user}' },
    'system-user-right': { en: 'the user {user} exists', zh: '用户 {user} 已存在' },
  },
  problems: {
    'managed-file-changed': {
      title: {
        en: '{node}: {file} has been changed since we wrote it',
        zh: '{node}：{file} 在我们写入之后被改动过',
      },
      cause: {
        en: 'Somebody, or another tool, edited it by hand. Their change is not thrown away without your word.',
        zh: '有人（或别的工具）手工改过它。没有你的同意，不会丢弃这些改动。',
      },
      next: {
        en: [
          'To see the difference: iam-ha-wizard plan',
          'To put our version back: iam-ha-wizard apply --overwrite {file}',
          'To keep the change for good, put it where we never write (an included file, a drop-in).',
        ],
        zh: [
          '查看差异：iam-ha-wizard plan',
          '恢复我们的版本：iam-ha-wizard apply --overwrite {file}',
          '想长期保留改动：请写到我们从不改写的地方（被包含的文件或 drop-in 文件）。',
        ],
      },
    },
    'foreign-configuration': {
      title: {
        en: "{node}: {file} is somebody else's, and overlaps with ours: {what}",
        zh: '{node}：{file} 不是我们写的，且与我们的配置重叠：{what}',
      },
      cause: {
        en: 'It was there before: set up by hand, or by another tool. Nothing has been touched.',
        zh: '它早已存在：可能是手工配置的，或由其他工具写入。目前什么都没有改动。',
      },
      next: {
        en: [
          'See what would change: iam-ha-wizard plan --adopt',
          'To take it over (a copy is kept, and an undo brings it back): the same command with --adopt',
        ],
        zh: [
          '查看会改动什么：iam-ha-wizard plan --adopt',
          '要接管它（保留副本，可撤销）：给同一命令加上 --adopt',
        ],
      },
    },
    'path-is-not-a-file': {
      title: {
        en: '{node}: {file} is not an ordinary file',
        zh: '{node}：{file} 不是普通文件',
      },
      cause: {
        en: 'A folder, a link or a device stands where our file should be. We do not remove such things.',
        zh: '在我们要写文件的位置上有一个目录、链接或设备。我们不会删除它们。',
      },
      next: {
        en: ['Look at it: ls -ld {file} (on {node})', 'Move it away, then run the command again.'],
        zh: ['在 {node} 上查看：ls -ld {file}', '把它移走，再重新运行本命令。'],
      },
    },
    'path-is-not-a-directory': {
      title: {
        en: '{node}: {file} is not a folder',
        zh: '{node}：{file} 不是目录',
      },
      cause: {
        en: 'Something else stands where a folder of ours should be.',
        zh: '在需要目录的位置上有别的东西。',
      },
      next: {
        en: ['Look at it: ls -ld {file} (on {node})', 'Move it away, then run the command again.'],
        zh: ['在 {node} 上查看：ls -ld {file}', '把它移走，再重新运行本命令。'],
      },
    },
    'file-too-large': {
      title: {
        en: '{node}: {file} is larger than 4 MiB',
        zh: '{node}：{file} 超过 4 MiB',
      },
      cause: {
        en: 'It is hardly a configuration file, and no copy of it could be kept for an undo.',
        zh: '它不太可能是配置文件，也无法为撤销保留副本。',
      },
      next: {
        en: ['Move it away on {node}, then run the command again.'],
        zh: ['在 {node} 上把它移走，再重新运行本命令。'],
      },
    },
    'probe-unreadable': {
      title: {
        en: '{node}: could not find out the state of {resource}',
        zh: '{node}：无法确定 {resource} 的状态',
      },
      cause: {
        en: 'A program that the probe needs is missing or printed something unexpected. Nothing is changed on a guess.',
        zh: '探测所需的程序缺失，或输出不符合预期。我们不会凭猜测改动任何东西。',
      },
      next: {
        en: ['Run the command again; if it stays, the detail says what was printed.'],
        zh: ['重新运行本命令；如果仍然如此，详细信息里有它的输出。'],
      },
    },
    'configuration-not-loaded': {
      title: {
        en: '{node}: {unit} has not loaded its present configuration',
        zh: '{node}：{unit} 尚未加载当前配置',
      },
      cause: {
        en: 'A run ended between writing the files and loading them.',
        zh: '上一次运行在写完文件、尚未加载时结束了。',
      },
      next: {
        en: ['iam-ha-wizard apply loads it.'],
        zh: ['iam-ha-wizard apply 会加载它。'],
      },
    },
    'config-test-failed': {
      title: {
        en: '{node}: the new configuration did not pass the test of the daemon itself; nothing was changed',
        zh: '{node}：新配置没有通过守护进程自己的检查；什么都没有改动',
      },
      cause: {
        en: 'It does not fit with what is there already: see what the daemon said.',
        zh: '它与已有的配置不相容：请看守护进程的输出。',
      },
      next: {
        en: ['Mend the file that the message names, then run the command again.'],
        zh: ['修正消息中提到的文件，然后重新运行本命令。'],
      },
    },
    'config-load-failed': {
      title: {
        en: '{node}: the daemon did not take the new configuration; the old one is back and loaded',
        zh: '{node}：守护进程没有接受新配置；旧配置已恢复并重新加载',
      },
      cause: {
        en: 'See what the daemon said: often a port that is taken, or a file that it may not read.',
        zh: '请看守护进程的输出：常见原因是端口被占用，或没有权限读取某个文件。',
      },
      next: {
        en: ['Mend what the message names, then run the command again.'],
        zh: ['修正消息中提到的问题，然后重新运行本命令。'],
      },
    },
    'config-write-failed': {
      title: {
        en: '{node}: the files could not be written; the old ones are in place',
        zh: '{node}：无法写入文件；旧文件保持原样',
      },
      cause: {
        en: 'The disk is full or read-only, or an owner that the files need does not exist.',
        zh: '磁盘已满或只读，或者文件所需的属主不存在。',
      },
      next: {
        en: ['On {node}: df -h; mount | grep " ro"'],
        zh: ['在 {node} 上：df -h; mount | grep " ro"'],
      },
    },
    'config-not-restored': {
      title: {
        en: '{node}: the new configuration failed, and the old one could not be put back whole',
        zh: '{node}：新配置失败，旧配置也没能完全恢复',
      },
      cause: {
        en: 'A second failure while mending the first. The old files are kept on the node, in the folder that the message names, and in the session.',
        zh: '在恢复过程中又出现了故障。旧文件保存在节点上消息所示的目录中，会话里也有副本。',
      },
      next: {
        en: [
          'Look at the unit: systemctl status (on {node})',
          'Then: iam-ha-wizard undo, or apply again.',
        ],
        zh: ['在 {node} 上查看：systemctl status', '然后运行 iam-ha-wizard undo，或重新 apply。'],
      },
    },
    'changed-meanwhile': {
      title: {
        en: '{node}: a file changed between the plan and the change; nothing was touched',
        zh: '{node}：文件在计划之后、改动之前发生了变化；什么都没有改动',
      },
      cause: {
        en: 'Somebody else, or a package that was just installed, wrote it in between.',
        zh: '有人或刚安装的软件包在此期间写了它。',
      },
      next: {
        en: ['Run the command again: it plans anew.'],
        zh: ['重新运行本命令：它会重新制定计划。'],
      },
    },
    'unit-not-running': {
      title: { en: '{node}: {unit} does not run', zh: '{node}：{unit} 没有运行' },
      cause: {
        en: 'It was stopped, or it ended by itself.',
        zh: '它被停止了，或自行退出。',
      },
      next: {
        en: ['Why: journalctl -u {unit} -n 50 (on {node})', 'To start it: iam-ha-wizard apply'],
        zh: ['在 {node} 上查原因：journalctl -u {unit} -n 50', '启动它：iam-ha-wizard apply'],
      },
    },
    'unit-not-enabled': {
      title: {
        en: '{node}: {unit} would not start at boot',
        zh: '{node}：{unit} 没有设为开机自启动',
      },
      cause: {
        en: 'It was disabled. It runs now, but not after the next reboot.',
        zh: '它被禁用了。现在还在运行，但下次重启后不会启动。',
      },
      next: {
        en: ['iam-ha-wizard apply enables it; by hand: systemctl enable {unit} (on {node})'],
        zh: ['iam-ha-wizard apply 会启用它；手工：在 {node} 上运行 systemctl enable {unit}'],
      },
    },
    'unit-masked': {
      title: { en: '{node}: {unit} is masked', zh: '{node}：{unit} 已被屏蔽（masked）' },
      cause: {
        en: 'Somebody made it impossible to start, on purpose. We do not lift that.',
        zh: '有人特意禁止它启动。我们不会解除这个限制。',
      },
      next: {
        en: ['If it may run: systemctl unmask {unit} (on {node})'],
        zh: ['如果允许它运行：在 {node} 上运行 systemctl unmask {unit}'],
      },
    },
    'unit-start-failed': {
      title: { en: '{node}: the unit did not start', zh: '{node}：单元启动失败' },
      cause: {
        en: 'See what it said: often a port that is taken, or a mistake in its configuration.',
        zh: '请看它的输出：常见原因是端口被占用，或配置有误。',
      },
      next: {
        en: ['Mend what the message names, then run the command again.'],
        zh: ['修正消息中提到的问题，然后重新运行本命令。'],
      },
    },
    'package-unknown': {
      title: {
        en: '{node}: the package sources do not know a package that we need',
        zh: '{node}：软件源中没有我们需要的软件包',
      },
      cause: {
        en: 'The sources of this machine are incomplete or could not be reached.',
        zh: '这台机器的软件源不完整，或无法访问。',
      },
      next: {
        en: ['On {node}: apt-get update, and read its errors'],
        zh: ['在 {node} 上运行：apt-get update，并查看错误信息'],
      },
    },
  },
} as const satisfies CatalogueArea;
