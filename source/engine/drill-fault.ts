import {
  type DrillPlan,
  type Measuring,
  message,
  type Ports,
  type Problem,
} from '../model/index.ts';
import { type Load, SETTLE_MS, waitForCalm } from './drill-calm.ts';
import { inject, steps, until } from './drill-steps.ts';
import type { DrillTeller } from './drill-teller.ts';

const WITNESS_MS = 8000;
const RESTORE_MS = 60_000;
/** What a node has written down it has written down: it is only asked. */
const CONFIRM_MS = 3000;
/** One that is not there yet is asked now and then; its sshd counts who tries to come in. */
const AWAY_PAUSE_MS = 500;

/** What became of the attempt to break it. */
export interface Broken {
  readonly injected: boolean;
  /** Why not, where a node said it. */
  readonly refused?: Problem;
  /** The words that the steps said. */
  readonly said: readonly string[];
}

/** How the pair was put back. */
export interface PutBack {
  readonly restored: boolean;
  /** Whether the nodes' own records say that the fault happened, where they keep any. */
  readonly confirmed: boolean;
}

export async function breakIt(
  plan: DrillPlan,
  ports: Ports,
  measuring: Measuring,
  teller: DrillTeller,
): Promise<Broken> {
  teller.step('break');
  const { refused, said } = await inject(plan, ports, measuring.nowMs, (step, nodeMs, askedMs) =>
    teller.fault(nodeMs === undefined ? askedMs : teller.dated(step.node, nodeMs, askedMs)),
  );
  const injected = !refused && (await until(plan.witness, plan.witnessMs ?? WITNESS_MS, ports));
  teller.tell({ kind: 'witnessed', injected });
  return { injected, said, ...(refused && { refused }) };
}

/**
 * Ends the fault where that is a part of the drill, and watches what comes of it. An operator who wants
 * to stop is no reason not to: it has to end anyway.
 *
 * @returns whether the pair came to rest; undefined: the drill has no such end
 */
export async function healIt(
  plan: DrillPlan,
  measuring: Measuring,
  load: Load,
): Promise<boolean | undefined> {
  if (!plan.heal) return undefined;
  const { ports } = load;
  const { steps: list, settled, withinMs } = plan.heal;
  await steps(list, ports);
  const healed = await until(settled, withinMs, ports);
  await waitForCalm(measuring, { ...plan, observeMs: SETTLE_MS }, load);
  return healed;
}

/**
 * Restores, waits until it is whole, and only then takes the armed undo away.
 *
 * @param isBroken false: nobody has changed state, so nobody has to change back
 */
export async function putBack(plan: DrillPlan, ports: Ports, isBroken: boolean): Promise<PutBack> {
  const { restoreMs = RESTORE_MS, confirm = [], away } = plan;
  await steps(plan.restore, ports);
  const whole = isBroken ? plan.restored : (plan.unbroken ?? plan.restored);
  const pauseMs = away === undefined ? undefined : AWAY_PAUSE_MS;
  const restored = await until(whole, restoreMs, ports, pauseMs);
  // what is not whole may not be able to say
  const confirmed = !isBroken || !restored || (await until(confirm, CONFIRM_MS, ports));
  if (restored) await steps(plan.disarm, ports);
  return { restored, confirmed };
}

export function brokenNodes({ inject: list }: DrillPlan): string {
  return [...new Set(list.map((step) => step.node))].join(', ');
}

/** What is said where a fault is ended on purpose. */
export function healing({ heal }: DrillPlan) {
  const nodes = [...new Set(heal?.steps.map((step) => step.node))];
  return nodes.length > 0 ? message('drill-healing', { node: nodes.join(', ') }) : undefined;
}
