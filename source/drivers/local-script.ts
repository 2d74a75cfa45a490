import { spawn } from 'node:child_process';
import { type LocalAction, problem, type RunResult, revealContent } from '../model/index.ts';

/** More than anybody reads: what comes after it is left out. */
const MOST_BYTES = 1 << 20;

/**
 * Runs a bash script on the operator's computer, read from standard input. At its deadline everything
 * that it has started goes with it. Never throws.
 */
export function runLocalScript({ script, timeoutMs }: LocalAction): Promise<RunResult> {
  return new Promise((resolve) => {
    // a group of its own, so that a child that hangs does not outlive it
    const child = spawn('bash', ['-s'], { detached: true, stdio: 'pipe' });
    const said = { stdout: '', stderr: '' };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup(child.pid);
    }, timeoutMs);
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (said[name].length < MOST_BYTES) said[name] += text;
      });
    }
    child.stdin.on('error', () => undefined);
    child.stdin.end(revealContent(script));
    const end = (result: RunResult) => {
      clearTimeout(timer);
      resolve(result);
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      end({
        kind: 'disconnected',
        problem: problem('no-bash-here', { reason: error.code ?? '' }),
        ...said,
      }),
    );
    child.on('close', (code) =>
      end(
        late
          ? { kind: 'timed-out', afterMs: timeoutMs, ...said }
          : { kind: 'exited', exitCode: code ?? 128, ...said },
      ),
    );
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // it has just ended by itself
  }
}
