import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { InterruptedError, OperatorError, problem } from '../model/index.ts';
import { SYSTEM_PATH } from './places.ts';

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Each line of standard error, as it comes. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs the programs that make a lab. Each is in the lab's cgroup and holds the lab's lock, so that
 * after a kill of this process the next command finds them, ends them, and does not begin before.
 */
export interface Crew {
  /** Runs it to its end and returns its standard output. @throws OperatorError `lab-program-failed`. */
  run(argv: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts it in a session of its own and goes on. It must leave file descriptor 3 by itself. */
  start(argv: readonly string[], env: Readonly<Record<string, string>>, log: string): void;
}

/** Enters the cgroup named by the first argument, then becomes the rest. */
const JOIN = 'echo $$ > "$1/cgroup.procs" && shift && exec "$@"';

export function makeCrew(cgroup: string, lockFd: number, signal: AbortSignal | undefined): Crew {
  const joined = (argv: readonly string[]) => ['-c', JOIN, 'sh', cgroup, ...argv];
  return {
    run(argv, options = {}) {
      signal?.throwIfAborted();
      return new Promise((resolve, reject) => {
        const child = spawn('sh', joined(argv), {
          stdio: ['pipe', 'pipe', 'pipe', lockFd],
          env: { ...process.env, PATH: SYSTEM_PATH, LC_ALL: 'C', ...options.env },
        });
        const stop = () => child.kill('SIGTERM');
        signal?.addEventListener('abort', stop);
        let stdout = '';
        let stderr = '';
        child.stdout?.setEncoding('utf8').on('data', (text) => {
          stdout += text;
        });
        child.stderr?.setEncoding('utf8').on('data', (text) => {
          stderr = (stderr + text).slice(-20_000);
        });
        if (options.onLine && child.stderr)
          createInterface({ input: child.stderr }).on('line', options.onLine);
        child.stdin?.on('error', () => {});
        child.stdin?.end(options.input ?? '');
        child.on('error', reject);
        child.on('close', (code) => {
          signal?.removeEventListener('abort', stop);
          if (signal?.aborted) reject(new InterruptedError());
          else if (code === 0) resolve(stdout);
          else reject(failure(argv, code, stderr.trim() || stdout.trim().slice(-4000)));
        });
      });
    },
    start(argv, env, log) {
      const output = openSync(log, 'a', 0o600);
      const [program = '', ...rest] = argv;
      const child = spawn(program, rest, {
        detached: true,
        stdio: ['ignore', output, output, lockFd],
        env: { PATH: SYSTEM_PATH, ...env },
        cwd: '/',
      });
      child.on('error', () => {});
      child.unref();
      closeSync(output);
    },
  };
}

function failure(argv: readonly string[], code: number | null, said: string): OperatorError {
  const program = argv.slice(0, 3).join(' ');
  return new OperatorError(
    problem('lab-program-failed', { program, code: code ?? 'signal' }, { detail: said }),
  );
}
