import { nodeNamed, vipAddress } from '../../cluster/index.ts';
import type { MoveRoles } from '../../drills/move-vip.ts';
import { look } from '../../engine/drill-look.ts';
import { EXIT, type NodeName, OperatorError, problem } from '../../model/index.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { carryOut, sayHow, sayMoved } from '../move.ts';
import { type Run, withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { askConsent, notConfirmed, verifyConsent } from './consent.ts';
import { frontendNames, lookAt } from './look-at.ts';

/** Planned switch-over: the VIP goes to the node that the operator names. */
export async function moveVip(
  io: Io,
  invocation: Extract<Invocation, { command: 'move-vip' }>,
): Promise<Outcome> {
  const { options, node: name } = invocation;
  verifyConsent(io, options.yes, 'move-vip');
  return withRun(io, { command: 'move-vip', options, lock: true }, async (run) => {
    const { name: target, roles } = nodeNamed(run.cluster, name);
    if (!roles.includes('frontend'))
      throw new OperatorError(problem('move-vip-no-frontend', { to: target }), EXIT.usage);
    const holder = await currentHolder(run);
    if (holder === target) return done(run, target);
    const move = moveOf(run, holder, target);
    await sayHow(run, move);
    if (!(await askConsent(io, options.yes, 'ask-move-vip', { from: holder, to: target })))
      throw notConfirmed();
    await perform(run, move);
    return done(run, target);
  });
}

/** Moves the VIP to a front end, wherever it is; nothing where it is there. */
export async function moveTo(run: Run, target: NodeName): Promise<void> {
  const holder = await currentHolder(run);
  if (holder !== target) await perform(run, moveOf(run, holder, target));
}

async function perform(run: Run, move: MoveRoles): Promise<void> {
  const { from, to } = move;
  const moved = await carryOut(run, move);
  if ((await whoHolds(run)) !== to)
    throw new OperatorError(problem('move-vip-failed', { to }, { node: to }));
  await run.ports.journal.append([{ type: 'vip-moved', from, to }]);
  sayMoved(run, move, moved);
}

function moveOf(run: Run, from: NodeName, to: NodeName): MoveRoles {
  const bystanders = frontendNames(run).filter((name) => name !== from && name !== to);
  return { from, to, bystanders, nic: (node) => run.facts.get(node)!.nic!.name };
}

function done({ cluster }: Run, holder: NodeName): Outcome {
  const addresses = { vip: vipAddress(cluster) };
  return { exitCode: EXIT.done, fields: { ok: true, addresses, holder } };
}

async function whoHolds(run: Run): Promise<NodeName | null> {
  return (await look(lookAt(run), {})).holder;
}

async function currentHolder(run: Run): Promise<NodeName> {
  const holder = await whoHolds(run);
  if (holder) return holder;
  throw new OperatorError(problem('drill-no-holder'));
}
