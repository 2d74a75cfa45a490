import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Each line of standard error, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** 128 and more: it died of a signal. */
  readonly exitCode: number;
  readonly stdout: string;
  /** The end of it. */
  readonly stderr: string;
}

/** Runs a program of this computer to its end. Rejects only when it cannot be started. */
export type RunProgram = (
  argv: readonly string[],
  options: ProgramOptions,
) => Promise<ProgramResult>;

const KEPT = 20_000;

/** @param signal ends the program, and all that it has started */
export function programRunner(signal: AbortSignal): RunProgram {
  return ([program = '', ...args], { env, onLine }) =>
    new Promise((resolve, reject) => {
      // a group of its own: what go starts must end with it
      const child = spawn(program, args, {
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const stop = () => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      };
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr = (stderr + text).slice(-KEPT);
      });
      if (onLine) createInterface({ input: child.stderr }).on('line', onLine);
      child.on('error', reject);
      child.on('spawn', () => {
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      });
      child.on('close', (code) => {
        signal.removeEventListener('abort', stop);
        resolve({ exitCode: code ?? 128, stdout, stderr });
      });
    });
}
