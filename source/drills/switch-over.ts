import {
  type Drill,
  type DrillPlan,
  type DrillVerdict,
  type Evidence,
  type InterfaceName,
  message,
  type NodeName,
  problem,
} from '../model/index.ts';
import { castDrill } from './cast-drill.ts';
import { type Cast, type DrillContext, NOTIFY_LOG } from './context.ts';
import { judgeDrill } from './judge.ts';
import { planMove } from './move-vip.ts';
import { maySendBack } from './move-vip-table.ts';

export interface SwitchOverContext extends DrillContext {
  /** The NIC of every front end, as its facts name it. */
  readonly nics: ReadonlyMap<NodeName, InterfaceName>;
}

const ID = 'switch-over';
/** Longer than a move takes, and what is measured before it: a baseline, a cloud that follows. */
const ARMED_SECONDS = 90;
const NOT_RESTORED = 'drill-move-not-restored';

/**
 * No fault, but what is done instead of one: the VIP is moved on purpose, by the very steps of
 * `move-vip`, and no client may notice.
 */
export function switchOver(context: SwitchOverContext): Drill {
  return castDrill(
    context,
    ID,
    (roles, { frontends }) => {
      const others = frontends.filter((node) => node !== roles.victim && node !== roles.taker);
      return planned(context, roles, others);
    },
    judge,
  );
}

function planned(
  { cluster, nics }: SwitchOverContext,
  { victim: from, taker: to, outageMs, observeMs }: Cast,
  bystanders: readonly NodeName[],
): DrillPlan {
  const nic = (node: NodeName) => nics.get(node)!;
  const move = planMove(cluster, { from, to, bystanders, nic }, ARMED_SECONDS);
  const how = maySendBack(cluster) ? '' : '-kept';
  return {
    victim: from,
    description: message(`drill-${ID}${how}-description`, { from, to }),
    expectation: { outageMs, holderAfter: to, notifyLines: lines(from, to, bystanders) },
    arm: [...move.ready, ...move.arm],
    armedSeconds: ARMED_SECONDS,
    prepare: move.prepare,
    inject: move.move,
    says: { cut: message('move-vip-cut', { from }) },
    witness: move.over,
    observeMs,
    restore: move.putBack,
    restored: move.settled,
    disarm: move.disarm,
    notifyLog: NOTIFY_LOG,
  };
}

/** A bystander was stopped before the fault, and starts again behind it. */
function lines(from: NodeName, to: NodeName, bystanders: readonly NodeName[]) {
  return {
    [from]: ['notify_stop', 'notify_backup'],
    [to]: ['notify_master'],
    ...Object.fromEntries(bystanders.map((node) => [node, ['notify_backup']])),
  };
}

/** How it was done is said, and not held against it: new connections have nothing to do with it. */
function judge(plan: DrillPlan, evidence: Evidence, stepMs: number): DrillVerdict {
  const verdict = judgeDrill(plan, evidence, stepMs, NOT_RESTORED);
  const to = plan.expectation.holderAfter;
  const lacks = evidence.said?.find((word) => word === 'no-nft' || word === 'no-dup');
  if (!lacks) return verdict;
  const kept = problem(`move-vip-${lacks}`, {}, { node: to });
  return { ...verdict, problems: [...verdict.problems, kept] };
}
