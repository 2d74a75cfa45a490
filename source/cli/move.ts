import type { Cluster } from '../cluster/index.ts';
import { type MoveRoles, planMove, sendBackStep } from '../drills/move-vip.ts';
import { maySendBack } from '../drills/move-vip-table.ts';
import { saidBy } from '../engine/drill-steps.ts';
import { type DrillStep, message, OperatorError, type Ports, problem } from '../model/index.ts';

/** What a move needs of a run. */
export interface Mover {
  readonly cluster: Cluster;
  readonly ports: Pick<Ports, 'nodes' | 'emit' | 'clock'>;
}

/** How a move went. */
export interface Moved {
  readonly ms: number;
  /** What the nodes said of it: `sent-back`, or why it was done without; `cut`. */
  readonly said: readonly string[];
}

/** What the new holder does with packets of connections that are not its own, before the yes. */
export async function sayHow(run: Mover, { from, to, nic }: MoveRoles): Promise<void> {
  const said = maySendBack(run.cluster)
    ? await perform(run, sendBackStep(run.cluster, { from, to, nic }, true), to)
    : ['fabric'];
  const how = HOW.find((word) => said.includes(word)) ?? 'no-dup';
  tell(run, `move-vip-how-${how}`, { from, to });
}

const HOW = ['sent-back', 'no-nft', 'no-dup', 'fabric'];

/** What happened, and by which method. */
export function sayMoved(run: Mover, { from, to }: MoveRoles, { ms, said }: Moved): void {
  const seconds = (ms / 1000).toFixed(1);
  const how = said.includes('sent-back') ? 'sent-back' : 'kept';
  tell(run, `move-vip-done-${how}`, { from, to, seconds });
  if (said.includes('cut')) tell(run, 'move-vip-cut', { from });
}

/**
 * Moves the VIP, or puts everything back.
 *
 * @throws OperatorError move-vip-not-taken, move-vip-failed
 */
export async function carryOut(run: Mover, move: MoveRoles): Promise<Moved> {
  const { to } = move;
  const plan = planMove(run.cluster, move);
  const { clock } = run.ports;
  const began = clock.now();
  await performAll(run, plan.ready, to);
  try {
    const steps = [...plan.arm, ...plan.prepare, ...plan.move];
    const said = await performAll(run, steps, to);
    const ms = clock.now() - began;
    await performAll(run, plan.settled, to);
    await performAll(run, plan.disarm, to);
    return { ms, said };
  } catch (error) {
    await putBack(run, plan.putBack, plan.disarm, to);
    throw error;
  }
}

/** Each node by itself; one that cannot be asked now has its own undo still before it. */
async function putBack(
  run: Mover,
  undo: readonly DrillStep[],
  disarm: readonly DrillStep[],
  to: string,
): Promise<void> {
  await Promise.allSettled(
    undo.map(async (one) => {
      await perform(run, one, to);
      const mine = disarm.filter(({ node }) => node === one.node);
      await performAll(run, mine, to);
    }),
  );
}

async function performAll(
  run: Mover,
  steps: readonly DrillStep[],
  to: string,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const one of steps) said.push(...(await perform(run, one, to)));
  return said;
}

async function perform(
  { ports }: Mover,
  { node, script, timeoutMs }: DrillStep,
  to: string,
): Promise<readonly string[]> {
  const result = await ports.nodes.run(node, script, { timeoutMs });
  const said = saidBy(result.stdout);
  if (result.kind === 'exited' && result.exitCode === 0) return said;
  const code = said.includes('not-taken') ? 'move-vip-not-taken' : 'move-vip-failed';
  throw new OperatorError(problem(code, { to }, { node, detail: result.stderr }));
}

function tell({ ports }: Mover, code: string, params: Record<string, string>): void {
  const text = message(code, params);
  ports.emit({ type: 'progress', stage: 'keepalived', node: null, text, keep: true });
}
