import type { Text } from '../catalogue.ts';

/** A key's label in the footer, and the sentence that the help says about it. */
function keys(
  labels: Readonly<Record<string, readonly [Text, Text]>>,
): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, [label, help]]) => [
      [`key-${name}`, label],
      [`key-${name}-help`, help],
    ]),
  );
}

const t = (en: string, zh: string): Text => ({ en, zh });

/** The keys of the full-screen wizard. */
export const keyWords = keys({
  accept: [t('ok', '确定'), t('take what has been typed', '采用输入的内容')],
  again: [t('again', '再来一次'), t('do it once more', '再做一次')],
  apply: [t('apply', '执行'), t('make exactly the changes that are shown', '按显示的内容执行变更')],
  back: [t('back', '返回'), t('to the screen before', '回到上一个画面')],
  'by-hand': [
    t('it is done', '已完成'),
    t('it has been done: go on, and do not ask again', '已经做完：继续，并且不再询问'),
  ],
  change: [t('change', '选择'), t('choose one of the changes', '选择一处变更')],
  check: [
    t('check', '检查'),
    t('nothing is to be changed here: measure the checks', '这里无需变更：执行检查'),
  ],
  'check-again': [t('check again', '重新检查'), t('measure the checks once more', '重新执行检查')],
  choose: [t('choose', '选择'), t('move up and down', '上下移动')],
  close: [t('close', '关闭'), t('close this, back to the screen', '关闭，回到画面')],
  continue: [t('continue', '继续'), t('go on to the next open stage', '进入下一个未完成的阶段')],
  diff: [t('diff', '差异'), t('show the chosen change in full', '完整显示所选的变更')],
  drills: [
    t('drills', '演练'),
    t('break it on purpose, and measure what clients see', '故意制造故障，测量客户端的感受'),
  ],
  edit: [
    t('edit', '修改'),
    t('change the answers in the cluster file, and plan anew', '修改集群文件中的回答，并重新计划'),
  ],
  help: [t('help', '帮助'), t('this help', '本帮助')],
  home: [
    t('home', '主画面'),
    t('to the home screen; the session keeps everything', '回到主画面，会话保留一切'),
  ],
  ignore: [
    t('ignore once', '忽略一次'),
    t(
      'go on although this check has failed; it is measured again later',
      '忽略这次失败的检查并继续，之后还会再检查',
    ),
  ],
  leave: [
    t('leave', '离开'),
    t('to the home screen; what was answered is not kept', '回到主画面，不保留已回答的内容'),
  ],
  language: [t('language', '语言'), t('English or Chinese, at any moment', '随时切换英文和中文')],
  next: [t('next', '下一步'), t('go on', '继续')],
  no: [t('no', '否'), t('no: nothing happens', '否：什么也不做')],
  open: [t('open', '打开'), t('open what is chosen', '打开所选项')],
  output: [t('output in full', '完整输出'), t('what the server said, in full', '服务器的完整输出')],
  quit: [
    t('quit', '退出'),
    t(
      'leave at once, or after the action in hand: nothing is lost',
      '立即退出，或完成手头的操作后退出：什么都不会丢',
    ),
  ],
  read: [
    t('read along', '旁观'),
    t('what the other one does, as the journal has it', '查看对方正在做什么（来自日志）'),
  ],
  report: [t('report', '报告'), t('the evidence of what was done and proven', '所做与所证的记录')],
  retry: [
    t('retry', '重试'),
    t('look again, plan anew, and show what is to be done', '重新查看并计划，再显示待办事项'),
  ],
  run: [t('run', '运行'), t('run the chosen drill', '运行所选的演练')],
  'run-all': [
    t('run all', '全部运行'),
    t('run these drills, one after the other', '依次运行这些演练'),
  ],
  scroll: [
    t('scroll', '滚动'),
    t('a line, or a page with PgUp and PgDn', '逐行滚动，PgUp 和 PgDn 翻页'),
  ],
  skip: [
    t('skip', '跳过'),
    t('leave this stage as it is, and go to the next', '保持本阶段原样，进入下一阶段'),
  ],
  stop: [
    t('stop', '停止'),
    t('finish the action in hand, write it down, and stop', '完成手头的操作，记录下来，然后停止'),
  ],
  why: [
    t('why', '原因'),
    t(
      'why there is this stage, and where it leaves the lecture',
      '为什么有这个阶段，与讲义有何不同',
    ),
  ],
  yes: [t('yes', '是'), t('yes', '是')],
});
