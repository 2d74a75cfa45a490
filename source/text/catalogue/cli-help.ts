import type { Text } from '../catalogue.ts';

/** What `--help` says. */
export const help = {
  'help-program': {
    en: 'Takes two bare Linux servers to a highly available IAM deployment, step by step, and proves it.',
    zh: '把两台裸的 Linux 服务器一步步变成高可用的 IAM 部署，并给出证明。',
  },
  'help-title-usage': { en: 'Usage:', zh: '用法：' },
  'help-title-options': { en: 'Options:', zh: '选项：' },
  'help-title-commands': { en: 'Commands:', zh: '命令：' },
  'help-title-arguments': { en: 'Arguments:', zh: '参数：' },
  'help-example': { en: 'Example:', zh: '示例：' },
  'help-examples': {
    en: 'Example: iam-ha-wizard plan --cluster cluster.yaml\nThe options above go before or after any command.',
    zh: '示例：iam-ha-wizard plan --cluster cluster.yaml\n以上选项写在命令之前或之后都可以。',
  },
  'help-global-options': {
    en: 'Options of every command: iam-ha-wizard --help',
    zh: '所有命令共用的选项：iam-ha-wizard --help',
  },
  'help-option-help': { en: 'show this', zh: '显示帮助' },
  'help-option-version': { en: 'show the version', zh: '显示版本' },
  'help-option-session': {
    en: "the session (default: the cluster's name)",
    zh: '会话（默认：集群名称）',
  },
  'help-option-cluster': {
    en: 'the cluster file (default: $IAM_HA_WIZARD_CLUSTER, then ./cluster.yaml)',
    zh: '集群文件（默认：$IAM_HA_WIZARD_CLUSTER，其次 ./cluster.yaml）',
  },
  'help-option-stage': { en: 'only this stage (repeatable)', zh: '只处理这个阶段（可重复）' },
  'help-option-lang': { en: 'language', zh: '语言' },
  'help-option-plain': { en: 'lines, no full screen', zh: '逐行输出，不用全屏' },
  'help-option-json': { en: 'events as JSON Lines', zh: '以 JSON Lines 输出事件' },
  'help-option-no-color': { en: 'no colour', zh: '不用颜色' },
  'help-option-state-dir': { en: 'where sessions are kept', zh: '会话的存放位置' },
  'help-option-yes': {
    en: 'consent to the printed plan, outages included',
    zh: '同意打印出来的计划，包括其中的服务中断',
  },
  'help-option-overwrite': {
    en: 'consent to overwriting this file, edited by somebody else (repeatable)',
    zh: '同意覆盖这个被别人改过的文件（可重复）',
  },
  'help-option-adopt': {
    en: 'consent to taking over a configuration that is not ours',
    zh: '同意接管不是由本向导写的配置',
  },
  'help-option-break-lock': {
    en: "break this node's lock (repeatable)",
    zh: '解除这个节点上的锁（可重复）',
  },
  'help-option-accept-new-host-keys': {
    en: 'accept host keys that are not known yet',
    zh: '接受尚未登记的主机密钥',
  },
  'help-option-runbook': {
    en: 'a runbook of your own; remembered by the session (iam-ha: ours again)',
    zh: '自己的流程文件；会话会记住它（iam-ha 表示改回自带的流程）',
  },
  'help-option-confirm': {
    en: 'a step by hand of the runbook is done (repeatable)',
    zh: '流程中的某个手工步骤已经完成（可重复）',
  },
  'help-guide': {
    en: 'the guided setup, a stage at a time, from where the session stopped',
    zh: '逐阶段引导部署，从上次停下的地方继续',
  },
  'help-init': {
    en: 'ask, look at the servers, and write the cluster file',
    zh: '提问、查看服务器，并写出集群文件',
  },
  'help-plan': {
    en: 'what would change, as diffs; changes nothing',
    zh: '以差异显示会变更什么；不做变更',
  },
  'help-apply': { en: 'do it', zh: '执行' },
  'help-check': {
    en: 'all live checks, measured once; changes nothing',
    zh: '所有检查各测一次；不做变更',
  },
  'help-watch': {
    en: 'live picture of the nodes, the VIP and what clients meet; changes nothing',
    zh: '实时显示服务器、VIP 和客户端所见；不做变更',
  },
  'help-drill': { en: 'break it, measure it, restore it', zh: '演练：制造故障、测量、恢复' },
  'help-move-vip': { en: 'planned switch-over of the VIP', zh: '有计划地切换 VIP' },
  'help-undo': {
    en: 'put back what this session changed on the nodes',
    zh: '撤销本会话在节点上做的变更',
  },
  'help-report': { en: 'the evidence', zh: '证据报告' },
  'help-completion': {
    en: 'completion for a shell: bash, zsh or fish',
    zh: 'shell 的自动补全：bash、zsh 或 fish',
  },
  'help-sessions': { en: 'the sessions on this computer', zh: '本机上的会话' },
  'help-sessions-list': { en: 'list them', zh: '列出' },
  'help-sessions-show': { en: 'show one', zh: '显示一个' },
  'help-sessions-forget': {
    en: 'delete one from this computer; the nodes stay as they are',
    zh: '从本机删除一个；节点保持不变',
  },
  'help-option-packages': {
    en: 'remove the packages that we installed, too',
    zh: '同时移除由我们安装的软件包',
  },
  'help-option-all': { en: 'every drill, one after the other', zh: '逐个做完所有演练' },
  'help-option-runs': { en: 'how many times each', zh: '每项做几次' },
  'help-option-rate': { en: 'requests a second', zh: '每秒请求数' },
  'help-option-format': {
    en: 'markdown, html or json (default: all three, into the session)',
    zh: 'markdown、html 或 json（默认：三种都写入会话目录）',
  },
  'help-option-output': {
    en: 'a file, or - for standard output (default: into the session)',
    zh: '文件，或用 - 表示标准输出（默认：写入会话目录）',
  },
  'help-example-guide': { en: 'iam-ha-wizard guide', zh: 'iam-ha-wizard guide' },
  'help-example-init': {
    en: 'iam-ha-wizard init iam-prod.yaml',
    zh: 'iam-ha-wizard init iam-prod.yaml',
  },
  'help-example-completion': {
    en: 'iam-ha-wizard completion bash >~/.local/share/bash-completion/completions/iam-ha-wizard',
    zh: 'iam-ha-wizard completion bash >~/.local/share/bash-completion/completions/iam-ha-wizard',
  },
  'help-example-plan': { en: 'iam-ha-wizard plan', zh: 'iam-ha-wizard plan' },
  'help-example-apply': {
    en: 'iam-ha-wizard apply --stage reverse-proxy',
    zh: 'iam-ha-wizard apply --stage reverse-proxy',
  },
  'help-example-check': { en: 'iam-ha-wizard check --json', zh: 'iam-ha-wizard check --json' },
  'help-example-watch': { en: 'iam-ha-wizard watch --plain', zh: 'iam-ha-wizard watch --plain' },
  'help-example-drill': {
    en: 'iam-ha-wizard drill nginx-stopped --runs 10',
    zh: 'iam-ha-wizard drill nginx-stopped --runs 10',
  },
  'help-example-move-vip': {
    en: 'iam-ha-wizard move-vip iam-2',
    zh: 'iam-ha-wizard move-vip iam-2',
  },
  'help-example-undo': { en: 'iam-ha-wizard undo', zh: 'iam-ha-wizard undo' },
  'help-example-report': {
    en: 'iam-ha-wizard report --output report.md',
    zh: 'iam-ha-wizard report --output report.md',
  },
  'help-example-sessions': {
    en: 'iam-ha-wizard sessions show iam-prod',
    zh: 'iam-ha-wizard sessions show iam-prod',
  },
  'help-example-sessions-list': {
    en: 'iam-ha-wizard sessions list',
    zh: 'iam-ha-wizard sessions list',
  },
  'help-example-sessions-show': {
    en: 'iam-ha-wizard sessions show iam-prod',
    zh: 'iam-ha-wizard sessions show iam-prod',
  },
  'help-example-sessions-forget': {
    en: 'iam-ha-wizard sessions forget iam-prod',
    zh: 'iam-ha-wizard sessions forget iam-prod',
  },
} as const satisfies Readonly<Record<string, Text>>;
