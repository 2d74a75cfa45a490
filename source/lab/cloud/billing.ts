import type { Context } from './context.ts';
import type { Eip, State } from './types.ts';

export interface Bill {
  readonly eips: readonly {
    readonly id: string;
    readonly idleSeconds: number;
    readonly cost: number;
  }[];
  /** How many there are, of this account. */
  readonly openEips: number;
  readonly openHavips: number;
  /** Rules of security groups that a session has added. */
  readonly openRules: number;
}

/** An address that is bound to a HAVIP which nothing holds is as idle as one that is not bound. */
function isIdle(eip: Eip, state: State): boolean {
  if (eip.chargeType !== undefined && eip.chargeType !== 'TRAFFIC_POSTPAID_BY_HOUR') return false;
  if (eip.status !== 'BIND') return true;
  return !state.havips.find(({ id }) => id === eip.havip)?.holder;
}

/** Counts up to `toMs`. To be called before anything changes. */
export function meter({ state }: Context, toMs: number): void {
  for (const eip of state.eips) {
    if (isIdle(eip, state)) eip.idleMs += Math.max(0, toMs - eip.meteredMs);
    eip.meteredMs = Math.max(eip.meteredMs, toMs);
  }
}

/** What the idle addresses have cost, those that are gone included. */
export function billOf({ state, world }: Context): Bill {
  const rows = [...state.bill, ...state.eips.map(({ id, idleMs }) => ({ id, idleMs }))];
  return {
    eips: rows.map(({ id, idleMs }) => ({
      id,
      idleSeconds: idleMs / 1000,
      cost: (idleMs / 3_600_000) * world.prices.idlePerHour,
    })),
    openEips: state.eips.length,
    openHavips: state.havips.length,
    openRules: Object.values(state.securityGroups)
      .flatMap(({ ingress, egress }) => [...ingress, ...egress])
      .filter(({ PolicyDescription = '' }) => PolicyDescription.startsWith('iamha ')).length,
  };
}
