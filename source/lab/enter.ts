import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { SYSTEM_PATH } from './places.ts';

/** How a command is to be started, inside a lab. */
export interface Entry {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Whether the command is a child of the started process, instead of taking its place. */
  readonly forks: boolean;
  /** The machine's process 1, for a command on a machine. */
  readonly init?: number;
}

/**
 * Runs the command as its child, and does nothing else. nsenter, left to fork by itself, stops when
 * its child is stopped, and nobody continues it: systemd stops every process of a machine for a
 * moment while it ends them, so whoever was on a machine that went down waited for ever, and the
 * machine could not end either, for its last process was never reaped.
 */
const PARENT = ['/bin/sh', '-c', '"$@"; exit $?', 'sh'] as const;

/** The command in the network namespace of `pid`; all else is the caller's. */
export function enterNetwork(pid: number, argv: readonly string[], env: NodeJS.ProcessEnv): Entry {
  return { argv: ['nsenter', `--net=/proc/${pid}/ns/net`, '--', ...argv], env, forks: false };
}

/**
 * The command as root on the machine whose process 1 is `init`, with a fresh environment.
 * It gets the machine's capabilities, not the host's: it must not be able to set the clock.
 */
export function enterMachine(init: number, argv: readonly string[], env: NodeJS.ProcessEnv): Entry {
  const status = readFileSync(`/proc/${init}/status`, 'utf8');
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', '--root'];
  return {
    forks: true,
    init,
    argv: [
      ...['nsenter', '--no-fork', `--target=${init}`, ...namespaces],
      ...[`--wd=/proc/${init}/root/root`, '--', ...PARENT],
      ...['setpriv', `--bounding-set=${droppedCapabilities(status)}`, '--', ...argv],
    ],
    env: {
      PATH: SYSTEM_PATH,
      HOME: '/root',
      USER: 'root',
      LOGNAME: 'root',
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
      ...(env.TERM ? { TERM: env.TERM } : {}),
    },
  };
}

/** Whether the machine with this process 1 has gone, or ends its processes to go. */
export function isGoingDown(init: number): boolean {
  try {
    return isLastAct(readFileSync(`/proc/${init}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/** From /proc/PID/stat: systemd has become the program that ends everything, or has ended. Pure. */
export function isLastAct(stat: string): boolean {
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
  return name.startsWith('systemd-shutdow') || state === 'Z' || state === 'X';
}

/** The capabilities of ours that the process with this /proc/PID/status lacks, for setpriv. Pure. */
export function droppedCapabilities(
  status: string,
  own = readFileSync('/proc/self/status', 'utf8'),
): string {
  const bounding = (text: string) => BigInt(`0x${/^CapBnd:\t([0-9a-f]+)$/m.exec(text)?.[1] ?? 0}`);
  const surplus = bounding(own) & ~bounding(status);
  const dropped = Array.from({ length: 64 }, (_, bit) => bit)
    .filter((bit) => (surplus >> BigInt(bit)) & 1n)
    .map((bit) => `-cap_${bit}`);
  return dropped.join(',') || '+all';
}

const PASSED_ON = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * Runs it with this process's own standard streams and terminal. Returns its exit code, or 128 and
 * the signal's number. @throws Error when it could not be started.
 */
export function runEntry(entry: Entry): Promise<number> {
  const [program = '', ...rest] = entry.argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: 'inherit', env: entry.env });
    const pass = (signal: NodeJS.Signals) => {
      const typed = (signal === 'SIGINT' || signal === 'SIGQUIT') && isForeground();
      // A key reaches every process of the terminal's foreground group: once is enough.
      if (!typed) signalCommand(child, entry, signal);
    };
    for (const signal of PASSED_ON) process.on(signal, pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const one of PASSED_ON) process.off(one, pass);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** Whether we are in the foreground group of a terminal. */
function isForeground(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 1).split(' ');
  return group !== undefined && group === foreground;
}

/** A shell dies of a signal without passing it on, so it goes to the command itself. */
function signalCommand(child: ChildProcess, entry: Entry, signal: NodeJS.Signals): void {
  const inner = entry.forks && child.pid !== undefined ? firstChild(child.pid) : undefined;
  try {
    if (inner) process.kill(inner, signal);
    else child.kill(signal);
  } catch {
    // It has ended by itself.
  }
}

function firstChild(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return Number(children.split(' ')[0]) || undefined;
  } catch {
    return undefined;
  }
}
