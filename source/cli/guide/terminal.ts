import { spawnSync } from 'node:child_process';
import type { Style } from '../../text/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** After coming back the terminal may still be the shell's for a moment. */
const SETTLE_MS = 100;

/**
 * Stops this program and its job, as Ctrl-Z does where a terminal handles it; resolves when it is
 * brought back to the foreground. Where nobody could bring it back (no shell with jobs) the kernel
 * does not stop it, and it goes on at once.
 */
export function stopUntilForeground(): Promise<void> {
  // the whole job, as the terminal does it: a launcher in front of us (npx, lab run) stops, too
  process.kill(0, 'SIGTSTP');
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

/** Whether the locale can write anything but ASCII. No locale at all: the terminal's own default. */
export function isUtf8(environment: Environment): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  return !/^(?:C|POSIX)$/i.test(locale) && (!/\./.test(locale) || /utf-?8/i.test(locale));
}

/** How the screens may look on this terminal. */
export function screenStyle(colour: boolean, environment: Environment): Style {
  const latin = !isUtf8(environment);
  const ascii = latin || ['linux', 'dumb'].includes(environment.TERM ?? '');
  return { colour, ascii, ...(latin && { latin }) };
}

/** The operator's editor; may have arguments. */
export function editorOf(environment: Environment): string {
  return environment.VISUAL || environment.EDITOR || 'vi';
}

/**
 * Opens the editor on `file`, in the terminal that is lent. Until it has ended this program does
 * nothing else: reading on, it would take the editor's keys.
 *
 * @returns its exit code, as a shell says it
 */
export function editFile(editor: string, file: string): number {
  // as git does it: the editor may have arguments
  const argv = ['-c', `${editor} "$1"`, 'editor', file];
  return spawnSync('sh', argv, { stdio: 'inherit' }).status ?? 1;
}
