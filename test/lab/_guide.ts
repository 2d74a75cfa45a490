import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { labPlaces } from '../../source/lab/index.ts';
import { openTerminal, type TestTerminal } from './_tmux.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));

export interface GuideOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly language?: 'en' | 'zh';
  /** Behind a shell, as an operator has it: for what the shell does (fg, a prompt afterwards). */
  readonly inShell?: boolean;
  readonly command?: readonly string[];
}

/** The wizard where the lab's operator sits, in a real terminal of that size. */
export function openGuide(lab: string, options: GuideOptions = {}): TestTerminal {
  const {
    columns = 80,
    rows = 24,
    language = 'en',
    inShell = false,
    command = ['guide'],
  } = options;
  const inside = ['iam-ha-wizard', ...command, '--lang', language];
  const argv = [process.execPath, LAUNCHER, 'lab', 'run', '--name', lab, '--', ...inside];
  const env = { SSH_AUTH_SOCK: undefined, CI: undefined, NO_COLOR: undefined, LANG: 'C.UTF-8' };
  if (!inShell) return openTerminal(argv, { columns, rows, env });
  const terminal = openTerminal(['bash', '--norc', '--noprofile'], {
    columns,
    rows,
    env: { ...env, PS1: 'shell$ ' },
    cwd: labPlaces(lab).folder,
  });
  terminal.type(argv.join(' '));
  terminal.keys('Enter');
  return terminal;
}

/** The words by which a screen is known, by language. */
const SIGNS = {
  en: {
    apply: / a apply/,
    check: /⏎ check/,
    next: /⏎ next/,
    runAll: /a run all/,
    home: /⏎ home/,
    welcome: /⏎ continue/,
  },
  zh: {
    apply: / a 执行/,
    check: /⏎ 检查/,
    next: /⏎ 下一步/,
    runAll: /a 全部运行/,
    home: /⏎ 主画面/,
    welcome: /⏎ 继续/,
  },
} as const;

export type Signs = (typeof SIGNS)['en' | 'zh'];

export const signsOf = (language: 'en' | 'zh'): Signs => SIGNS[language];

/** Waits for one of these screens. @returns which it is */
export async function screenOf<Name extends keyof Signs>(
  terminal: TestTerminal,
  signs: Signs,
  names: readonly Name[],
  seconds = 180,
): Promise<Name> {
  const any = new RegExp(names.map((name) => `(?:${signs[name].source})`).join('|'));
  const text = await terminal.until(any, seconds);
  return names.find((name) => signs[name].test(text))!;
}

/** A key, and then a screen that is another one. */
export async function press(terminal: TestTerminal, key: string): Promise<void> {
  const before = terminal.text();
  terminal.keys(key);
  await terminal.until({ test: (text: string) => text !== before } as RegExp, 60);
}

/**
 * Goes on from any screen of the journey with the keys that stand on it.
 *
 * @param stop where the journey is left: told each screen before its key is pressed
 */
export async function walk(
  terminal: TestTerminal,
  signs: Signs,
  stop: (screen: keyof Signs, text: string) => boolean,
): Promise<void> {
  for (;;) {
    const names = ['welcome', 'check', 'apply', 'runAll', 'home', 'next'] as const;
    const screen = await screenOf(terminal, signs, names, 240);
    if (stop(screen, terminal.text())) return;
    await press(terminal, screen === 'apply' || screen === 'runAll' ? 'a' : 'Enter');
  }
}

/** No line is wider than the terminal; the frame stands where it always stands. */
export function misfits(terminal: TestTerminal, columns: number): readonly string[] {
  return terminal.screen().filter((row) => stringWidth(row) > columns);
}
