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
  },
  problems: {},
} as const satisfies CatalogueArea;
