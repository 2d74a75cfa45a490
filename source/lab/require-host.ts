import { EXIT, OperatorError, type Problem, problem } from '../model/index.ts';

/** Why no lab can be on this computer for this user, whatever is installed; undefined where one can. */
export function hindrance(): Problem | undefined {
  if (process.platform !== 'linux') return problem('lab-needs-linux', { found: process.platform });
  if (process.getuid?.() === 0) return undefined;
  return problem('lab-needs-root', { command: process.argv.slice(1).join(' ') });
}

/** @throws OperatorError where labs cannot be made, so none can be looked at either. */
export function requireHost(exitCode: number = EXIT.failed): void {
  const found = hindrance();
  if (found) throw new OperatorError(found, exitCode);
}
