import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** Beside what the program inherits; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** A program in a real terminal, which is driven by its keys and read by what is on the screen. */
export interface TestTerminal {
  /** What is on the screen now, a line each, without the blanks at their ends. */
  screen(): readonly string[];
  /** The screen as one text. */
  text(): string;
  /** All that was ever on it, scrolled away or not. */
  history(): string;
  /** Keys by tmux's names ("Enter", "Down", "C-c"); anything else is typed as it is. */
  keys(...names: readonly string[]): void;
  /** Text as a person types it, without Enter. */
  type(text: string): void;
  /** Pastes as a terminal does: in brackets where the program asks for them. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Waits for content. @returns the screen that has it @throws Error with the screen, after `seconds` */
  until(what: string | RegExp, seconds?: number): Promise<string>;
  /** Waits until the program has ended. @returns its exit code @throws Error after `seconds` */
  ended(seconds?: number): Promise<number>;
  /** The process in the terminal: the program that was started, or its shell. */
  pid(): number;
  close(): void;
}

interface Server {
  readonly socket: string;
  readonly folder: string;
}

function tmux({ socket }: Server, args: readonly string[], input?: string): string {
  const done = spawnSync('tmux', ['-S', socket, ...args], {
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
  if (done.status === 0) return done.stdout;
  throw new Error(`tmux ${args.join(' ')}: ${done.stderr}${done.error ?? ''}`);
}

/** Whether there is a tmux to test in. */
export function hasTmux(): boolean {
  return spawnSync('tmux', ['-V']).status === 0;
}

/** Keeps the screen when the program ends, with its exit code where {@link TestTerminal.ended} reads it. */
const SETTINGS = `set -g remain-on-exit on
set -g status off
set -g history-limit 5000
set -g default-terminal "screen-256color"
set -s escape-time 0
`;

/** Starts `argv` in a terminal of its own, on a server of its own. It is to be closed. */
export function openTerminal(
  argv: readonly string[],
  { columns = 80, rows = 24, env = {}, cwd = process.cwd() }: TerminalOptions = {},
): TestTerminal {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-tmux-'));
  const server = { socket: join(folder, 'socket'), folder };
  const config = spawnSync('bash', ['-c', `cat >"$1"`, '_', join(folder, 'conf')], {
    input: SETTINGS,
  });
  if (config.status !== 0) throw new Error('tmux.conf cannot be written');
  const given = Object.entries(env);
  const set = given.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const unset = given.flatMap(([name, value]) => (value === undefined ? ['-u', name] : []));
  const size = ['-x', String(columns), '-y', String(rows)];
  // -u: whatever this process's locale, the terminal under test speaks UTF-8
  const start = ['-u', '-f', join(folder, 'conf'), 'new-session', '-d', '-s', 't', ...size];
  tmux(server, [...start, '-c', cwd, '--', 'env', ...unset, ...set, ...argv]);
  return terminalOn(server);
}

function terminalOn(server: Server): TestTerminal {
  const run = (...args: readonly string[]) => tmux(server, args);
  const shown = (format: string) => run('display-message', '-p', '-t', 't', format).trim();
  const screen = () => run('capture-pane', '-p', '-t', 't').replace(/\n$/, '').split('\n');
  const text = () => screen().join('\n');
  const waitFor = async (what: string, isSo: () => boolean, seconds: number) => {
    const deadline = Date.now() + seconds * 1000;
    while (!isSo()) {
      if (Date.now() > deadline)
        throw new Error(`not within ${seconds} s: ${what}\n${'-'.repeat(40)}\n${text()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    screen,
    text,
    history: () => run('capture-pane', '-p', '-J', '-S', '-', '-t', 't'),
    keys: (...names) => void run('send-keys', '-t', 't', ...names),
    type: (typed) => void run('send-keys', '-t', 't', '-l', '--', typed),
    paste: (pasted) => {
      tmux(server, ['load-buffer', '-b', 'p', '-'], pasted);
      run('paste-buffer', '-p', '-d', '-b', 'p', '-t', 't');
    },
    resize: (columns, rows) =>
      void run('resize-window', '-t', 't', '-x', String(columns), '-y', String(rows)),
    until: async (what, seconds = 20) => {
      let seen = '';
      const isSo = () => {
        seen = text();
        return typeof what === 'string' ? seen.includes(what) : what.test(seen);
      };
      await waitFor(String(what), isSo, seconds);
      return seen;
    },
    ended: async (seconds = 20) => {
      // the pane is dead before it is known of what
      const ends = () => [shown('#{pane_dead_status}'), shown('#{pane_dead_signal}')];
      const isOver = () => {
        if (shown('#{pane_dead}') !== '1') return false;
        if (ends().some(Boolean)) return true;
        // tmux 3.3a may miss that its child has ended, and then never asks: it is told again
        process.kill(Number(shown('#{pid}')), 'SIGCHLD');
        return false;
      };
      await waitFor('the end', isOver, seconds);
      // a program that a signal ended has no status of its own: as a shell would say it
      const [status, signal] = ends();
      return signal ? 128 + Number(signal) : Number(status);
    },
    pid: () => Number(shown('#{pane_pid}')),
    close: () => {
      spawnSync('tmux', ['-S', server.socket, 'kill-server']);
      rmSync(server.folder, { recursive: true, force: true });
    },
  };
}
