import type { HttpResult, ScriptOutput } from '../../source/model/index.ts';

/** What a script on a node printed. */
export function printed(stdout: string, exitCode = 0, stderr = ''): ScriptOutput {
  return { kind: 'exited', exitCode, stdout, stderr };
}

export function answered(status: number, body = ''): HttpResult {
  return { kind: 'answered', status, body, elapsedMs: 3 };
}
