import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** Leaves the alternate screen, shows the cursor, ends bracketed paste and colours. */
const RESTORE = '\\033[?1049l\\033[?25h\\033[?2004l\\033[0m';

/**
 * Reads until we say goodbye. When we are gone without a word (kill -9), it gives the terminal back:
 * nobody else can. Standard input is a pipe from us, standard output the terminal.
 */
const SCRIPT = `before=$(stty -g <&1 2>/dev/null)
echo ready >&2
read -r word
[ "$word" = bye ] && exit 0
printf '${RESTORE}'
[ -z "$before" ] || stty "$before" <&1 2>/dev/null
`;

export interface TerminalGuard {
  /** The terminal has been given back: nothing is left to guard. */
  release(): void;
}

/**
 * Watches over the terminal of `stdout` from a process of its own, which no signal to our job
 * reaches. Resolves when the terminal's settings have been read: only then may they be changed.
 */
export function guardTerminal(fd: number): Promise<TerminalGuard> {
  const child = spawn('sh', ['-c', SCRIPT], { stdio: ['pipe', fd, 'pipe'], detached: true });
  child.unref();
  const { stdin, stderr } = child as ChildProcessWithoutNullStreams;
  const guard = {
    release: () => {
      stdin.on('error', () => undefined);
      stdin.end('bye\n');
    },
  };
  return new Promise((resolve) => {
    const ready = () => {
      // neither the process nor its pipes keep us alive
      (stdin as unknown as { unref?: () => void }).unref?.();
      stderr.destroy();
      resolve(guard);
    };
    stderr.once('data', ready);
    child.once('error', ready);
    child.once('exit', ready);
  });
}
