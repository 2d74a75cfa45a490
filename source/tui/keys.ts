/** A key as it is pressed; anything else that is one character is that character. */
export type Press =
  | 'enter'
  | 'escape'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'ctrl-l'
  | 'ctrl-c'
  | 'ctrl-z'
  | (string & {});

/** A key of a screen: what is pressed, how it is written, what it does, and the code of its label. */
export interface KeyBinding {
  readonly presses: readonly Press[];
  /** As the footer writes it. */
  readonly cap: string;
  /** What it does there: the screen's reducer knows it by this name. */
  readonly action: Action;
  /** The code of its label; `key-…` in the catalogue. */
  readonly label: string;
}

/** Everything that a key can do anywhere. */
export type Action =
  | 'apply'
  | 'accept'
  | 'again'
  | 'again-ten'
  | 'back'
  | 'check'
  | 'close'
  | 'continue'
  | 'diff'
  | 'drills'
  | 'edit'
  | 'help'
  | 'home'
  | 'ignore'
  | 'language'
  | 'move-home'
  | 'next'
  | 'open'
  | 'output'
  | 'quit'
  | 'read'
  | 'report'
  | 'retry'
  | 'run'
  | 'run-all'
  | 'skip'
  | 'stop'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'why'
  | 'yes'
  | 'no';

function key(action: Action, cap: string, label: string, ...presses: Press[]): KeyBinding {
  return { action, cap, label, presses: presses.length > 0 ? presses : [cap] };
}

const UP_DOWN: readonly KeyBinding[] = [
  key('up', '↑↓', 'key-choose', 'up', 'k'),
  key('down', '', 'key-choose', 'down', 'j'),
];
const SCROLL: readonly KeyBinding[] = [
  key('up', '↑↓', 'key-scroll', 'up', 'k'),
  key('down', '', 'key-scroll', 'down', 'j'),
  key('page-up', '', 'key-scroll', 'page-up'),
  key('page-down', '', 'key-scroll', 'page-down', ' '),
];

/** What works everywhere but where text is typed. */
const EVERYWHERE: readonly KeyBinding[] = [
  key('language', 'l', 'key-language'),
  key('help', '?', 'key-help'),
  key('quit', 'q', 'key-quit'),
];
/** The same where letters are text. */
const TYPING: readonly KeyBinding[] = [
  key('accept', '⏎', 'key-accept', 'enter'),
  key('back', 'esc', 'key-back', 'escape'),
  key('language', '^l', 'key-language', 'ctrl-l'),
];

/**
 * Every key of every screen, in the order in which the footer shows them. The footer is drawn from
 * this table and the presses are looked up in it, so a key that works stands on its screen. A key
 * with an empty cap is written together with the one before it.
 */
export const KEYS = {
  home: [...UP_DOWN, key('open', '⏎', 'key-open', 'enter'), ...EVERYWHERE],
  busy: [key('stop', '^c', 'key-stop', 'ctrl-c'), ...EVERYWHERE],
  found: [
    key('continue', '⏎', 'key-continue', 'enter'),
    key('home', 'h', 'key-home'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  review: [
    key('apply', 'a', 'key-apply'),
    key('check', '⏎', 'key-check', 'enter'),
    key('up', '↑↓', 'key-change', 'up', 'k'),
    key('down', '', 'key-change', 'down', 'j'),
    key('diff', '⏎', 'key-diff', 'enter'),
    key('why', 'w', 'key-why'),
    key('edit', 'e', 'key-edit'),
    key('skip', 's', 'key-skip'),
    key('back', 'b', 'key-back'),
    ...EVERYWHERE,
  ],
  diff: [
    ...SCROLL,
    key('apply', 'a', 'key-apply'),
    key('close', '⏎', 'key-close', 'enter', 'escape'),
    ...EVERYWHERE,
  ],
  'by-hand': [
    key('yes', '⏎', 'key-by-hand', 'enter'),
    key('skip', 's', 'key-skip'),
    key('back', 'b', 'key-back'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  confirm: TYPING,
  ask: TYPING,
  question: [
    key('accept', '⏎', 'key-accept', 'enter'),
    key('home', 'esc', 'key-leave', 'escape'),
    key('language', '^l', 'key-language', 'ctrl-l'),
  ],
  choose: [
    ...UP_DOWN,
    key('accept', '⏎', 'key-accept', 'enter'),
    key('home', 'esc', 'key-leave', 'escape'),
    ...EVERYWHERE,
  ],
  'ask-yes': [
    key('yes', 'y', 'key-yes'),
    key('no', 'n', 'key-no', 'n', 'escape'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  work: [...SCROLL, key('stop', '^c', 'key-stop', 'ctrl-c'), ...EVERYWHERE],
  checked: [
    key('next', '⏎', 'key-next', 'enter'),
    key('drills', 'd', 'key-drills'),
    key('again', 'r', 'key-check-again'),
    key('back', 'b', 'key-back'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  failed: [
    key('retry', 'r', 'key-retry'),
    key('ignore', 'i', 'key-ignore'),
    key('output', 'o', 'key-output'),
    key('read', 'v', 'key-read'),
    key('edit', 'e', 'key-edit'),
    key('back', 'b', 'key-back'),
    key('home', 'h', 'key-home'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  'drill-menu': [
    ...UP_DOWN,
    key('run', '⏎', 'key-run', 'enter'),
    key('run-all', 'a', 'key-run-all'),
    key('next', 'n', 'key-next'),
    key('back', 'b', 'key-back', 'b', 'escape'),
    ...EVERYWHERE,
  ],
  'drill-running': [key('stop', '^c', 'key-stop-drill', 'ctrl-c'), ...SCROLL, ...EVERYWHERE],
  'drill-after': [
    key('next', '⏎', 'key-next', 'enter'),
    key('move-home', 'm', 'key-move-home'),
    key('again', 'r', 'key-again'),
    key('again-ten', 'R', 'key-again-ten'),
    key('back', 'b', 'key-drill-menu', 'b', 'escape'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  watch: [...SCROLL, key('back', 'b', 'key-back', 'b', 'escape'), ...EVERYWHERE],
  done: [
    key('home', '⏎', 'key-home', 'enter'),
    key('drills', 'd', 'key-drills'),
    key('report', 'p', 'key-report'),
    key('back', 'b', 'key-back'),
    ...SCROLL,
    ...EVERYWHERE,
  ],
  reading: [key('close', '⏎', 'key-close', 'enter', 'escape'), ...SCROLL, ...EVERYWHERE],
  help: [
    key('close', '⏎', 'key-close', 'enter', 'escape', '?'),
    ...SCROLL,
    ...EVERYWHERE.slice(0, 1),
    ...EVERYWHERE.slice(2),
  ],
  'too-small': [...EVERYWHERE.filter(({ action }) => action !== 'help')],
} as const satisfies Readonly<Record<string, readonly KeyBinding[]>>;

export type ScreenId = keyof typeof KEYS;

/** The keys of a screen that do something now. */
export function keysOf(screen: ScreenId, offered: readonly Action[]): readonly KeyBinding[] {
  const always: readonly Action[] = ['language', 'help', 'quit'];
  return KEYS[screen].filter(({ action }) => always.includes(action) || offered.includes(action));
}

/** What a press does on a screen; undefined where it does nothing. */
export function actionOf(keys: readonly KeyBinding[], press: Press): Action | undefined {
  return keys.find(({ presses }) => presses.includes(press))?.action;
}
