import { execFileSync } from 'node:child_process';

/**
 * Puts this program's main thread, where the SSH connections live, before everything else that wants
 * the processor; it needs root. Measured at 40/s through a third machine's sshd, two processors under a
 * load of 23 (`iam-ha-wizard drill keepalived-stopped --rate 40`): lag p99 160 ms as it is, 33 ms with
 * this.
 *
 * @returns puts it back among the others
 */
export function raiseMainThread(): () => void {
  if (!scheduled('--rr', 1)) return () => {};
  return () => void scheduled('--other', 0);
}

function scheduled(policy: '--rr' | '--other', priority: number): boolean {
  const flags = policy === '--rr' ? ['--reset-on-fork', policy] : [policy];
  try {
    execFileSync('chrt', [...flags, '--pid', String(priority), String(process.pid)], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    // As everybody else then: the lag is measured, and a run that suffered is thrown away.
    return false;
  }
}
