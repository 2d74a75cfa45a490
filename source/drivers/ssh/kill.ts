import { content } from '../../model/index.ts';
import { runScript } from './run.ts';
import type { Session } from './session.ts';

const KILL_TIMEOUT_MS = 5_000;

/**
 * Ends a script on the node with all that it started and that stayed in its process group:
 * asked first, made to after a second. Closing its channel would leave it running.
 * A node that does not answer is given up on.
 */
export async function killGroup(session: Session, group: number): Promise<void> {
  const script = content`
kill -TERM -- -${group} 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
  kill -0 -- -${group} 2>/dev/null || exit 0
  sleep 0.1
done
kill -KILL -- -${group} 2>/dev/null
exit 0`;
  await runScript(session, script, { timeoutMs: KILL_TIMEOUT_MS, urgent: true });
}
