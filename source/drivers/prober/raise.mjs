/** Plain JavaScript, as exchange.mjs. */
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Puts this thread, and it alone, before everything else that wants the processor; it needs root.
 * Measured at 200/s on two processors under a load of 10 to 20: lag p99 100 ms as it is, 30 with
 * nice -10, 1.2 ms with this. Its share stays small: a quarter of one processor at 200/s.
 */
export function raiseOwnPriority() {
  try {
    const thread = basename(readlinkSync('/proc/thread-self'));
    if (!goFirst(thread)) setPriority(Number(thread), -20);
  } catch {
    // As everybody else then: the lag is measured, and a run that suffered is thrown away.
  }
}

/** @returns whether it may: a service's control group may have no real time */
function goFirst(thread) {
  try {
    execFileSync('chrt', ['--reset-on-fork', '--rr', '--pid', '1', thread], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
