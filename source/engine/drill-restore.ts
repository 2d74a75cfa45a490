import type { DrillPlan, Ports } from '../model/index.ts';
import { steps, until } from './drill-steps.ts';

const RESTORE_MS = 60_000;
/** What a node has written down it has written down: it is only asked. */
const CONFIRM_MS = 3000;
/** One that is not there yet is asked now and then; its sshd counts who tries to come in. */
const AWAY_PAUSE_MS = 500;

export interface PutBack {
  readonly restored: boolean;
  /** Whether the nodes' own records say that the fault happened, where they keep any. */
  readonly confirmed: boolean;
}

/** Restores, waits until it is whole, and only then takes the armed undo away. */
export async function putBack(plan: DrillPlan, ports: Ports): Promise<PutBack> {
  const { restore, restored: whole, restoreMs = RESTORE_MS, confirm = [], away, disarm } = plan;
  await steps(restore, ports);
  const pauseMs = away === undefined ? undefined : AWAY_PAUSE_MS;
  const restored = await until(whole, restoreMs, ports, pauseMs);
  // what is not whole may not be able to say
  const confirmed = !restored || (await until(confirm, CONFIRM_MS, ports));
  if (restored) await steps(disarm, ports);
  return { restored, confirmed };
}
