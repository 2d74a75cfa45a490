import type { Cluster } from '../cluster/index.ts';
import type { DrillStep, InterfaceName, NodeName } from '../model/index.ts';
import { armStep, disarmStep, step } from './context.ts';
import {
  BACK_AGAIN,
  CAN_TAKE,
  DRAIN_SECONDS,
  keepUndo,
  NOTHING_LEFT,
  START,
  UNDO_LEFT,
  VipScripts,
} from './move-vip-scripts.ts';
import { DROP_TABLE, maySendBack, NO_TABLE, sendBackScript } from './move-vip-table.ts';

export interface MoveRoles {
  readonly from: NodeName;
  readonly to: NodeName;
  /** Front ends that must not take it in between. */
  readonly bystanders: readonly NodeName[];
  /** The NIC of a front end, as its facts name it. */
  readonly nic: (node: NodeName) => InterfaceName;
}

/** A planned switch-over, in the order of its parts. */
export interface MovePlan {
  /** Undoes what a move has left that was killed; then looks whether `to` can take the VIP. */
  readonly ready: readonly DrillStep[];
  /** From now on each node undoes its part by itself, if we die. */
  readonly arm: readonly DrillStep[];
  readonly prepare: readonly DrillStep[];
  readonly move: readonly DrillStep[];
  /** Exit 0 when the VIP is where it should be, and what was added for the move is gone. */
  readonly over: readonly DrillStep[];
  /** Exit 0 when nothing of the move is left on any node, wherever the VIP is. */
  readonly settled: readonly DrillStep[];
  /** Undoes a move that stopped on the way; of one that is over there is nothing to undo. */
  readonly putBack: readonly DrillStep[];
  readonly disarm: readonly DrillStep[];
}

const ID = 'move-vip';
/**
 * Longer than a move takes: 2 s for the VIP, 30 s for what is open, 10 s for each that becomes a
 * backup. The last ones are whole 10 s later.
 */
const ARMED_SECONDS = 60;
const DRAIN_TIMEOUT_MS = (DRAIN_SECONDS + 25) * 1000;

/**
 * The VIP to `to`, and nothing lost: `from` keeps the address on `lo` when its keepalived stops, and
 * `to` sends back to it what belongs to connections that have begun there, until they are done.
 * Everything is the kernel's state of now, no file: a boot ends it, too.
 *
 * @param armedSeconds after this each node undoes its part by itself
 */
export function planMove(
  cluster: Cluster,
  roles: MoveRoles,
  armedSeconds = ARMED_SECONDS,
): MovePlan {
  const { from, to, bystanders } = roles;
  const all = [from, to, ...bystanders];
  const old = new VipScripts(cluster, roles.nic(from));
  const heir = new VipScripts(cluster, roles.nic(to));
  const arm = (node: NodeName, undo: string): DrillStep => {
    const timer = armStep(node, ID, UNDO_LEFT, armedSeconds);
    return { ...timer, script: [keepUndo(undo), ...timer.script] };
  };
  const disarm = all.map((node) => disarmStep(node, ID));
  return {
    ready: [...all.map((node) => step(node, UNDO_LEFT)), step(to, CAN_TAKE)],
    arm: [
      arm(from, old.undoLeave),
      arm(to, DROP_TABLE),
      ...bystanders.map((node) => arm(node, START)),
    ],
    prepare: [
      ...(maySendBack(cluster) ? [sendBackStep(cluster, roles)] : []),
      ...bystanders.map((node) => step(node, 'systemctl stop keepalived')),
    ],
    move: [
      step(from, old.leave),
      step(to, heir.taken),
      ...bystanders.map((node) => step(node, BACK_AGAIN)),
      { ...step(from, old.drain), timeoutMs: DRAIN_TIMEOUT_MS },
      step(to, UNDO_LEFT),
    ],
    over: [step(to, `${heir.holds} && ${NO_TABLE}`), step(from, `! ${old.holds} && ! ${old.onLo}`)],
    settled: all.map((node) => step(node, NOTHING_LEFT)),
    putBack: all.map((node) => step(node, UNDO_LEFT)),
    disarm,
  };
}

/** @param onlyAsked whether it could be done: before the yes */
export function sendBackStep(
  cluster: Cluster,
  { from, to, nic }: Pick<MoveRoles, 'from' | 'to' | 'nic'>,
  onlyAsked = false,
): DrillStep {
  return step(to, sendBackScript(cluster, { from, nic: nic(to), onlyAsked }));
}
