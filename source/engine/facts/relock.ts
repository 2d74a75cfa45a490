import { EXIT, type NodeName, OperatorError, type Ports } from '../../model/index.ts';
import { type LockWish, lockProblem, lockRequest } from './gather.ts';
import { lockSnippet, parseLock } from './lock.ts';

const TIMEOUT_MS = 30_000;

/**
 * Takes a node's lock again: it is in memory, and goes with a reboot. Nothing happens where it is
 * still ours.
 *
 * @throws OperatorError "lock-held" (75) when somebody else has it now
 */
export async function relock(node: NodeName, wish: LockWish, ports: Ports): Promise<void> {
  const script = [lockSnippet(lockRequest(node, wish))];
  const { stdout } = await ports.nodes.run(node, script, { timeoutMs: TIMEOUT_MS });
  const [found] = lockProblem(node, parseLock(stdout));
  if (found) throw new OperatorError(found, EXIT.locked);
}
