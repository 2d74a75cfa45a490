import type { NodeSign, Phases, Sample } from '../model/index.ts';

/** A sign with its time on our clock. */
export interface PlacedSign {
  readonly node: string;
  readonly atMs: number;
  readonly sign: NodeSign;
}

/** Clocks and logs agree to this much; what seems further before the fault belongs to something else. */
const EARLIER_MS = 20;

/**
 * From the fault to the first good answer, by what the nodes said: ms after the fault; absent: not
 * seen. Only where the VIP has moved: else there was no failover to be dated.
 *
 * @param vip samples of each target at the VIP
 */
export function phasesOf(
  signs: readonly PlacedSign[],
  {
    faultMs,
    victim,
    vip,
  }: {
    readonly faultMs: number;
    readonly victim: string;
    readonly vip: readonly (readonly Sample[])[];
  },
): Phases {
  const after = signs.filter(({ atMs }) => atMs >= faultMs - EARLIER_MS);
  const added = after.find(
    ({ node, sign }) => node !== victim && sign.kind === 'address' && sign.held,
  );
  if (!added) return {};
  const taker = added.node;
  const of = (isIt: (one: PlacedSign) => boolean) =>
    Math.min(...after.filter(isIt).map(({ atMs }) => atMs));
  const said = (node: string, what: string) => (one: PlacedSign) =>
    one.node === node && one.sign.kind === 'evidence' && one.sign.of === what;
  const announced = of(said(taker, 'announced'));
  const times = {
    detected: Math.min(of(said(victim, 'own-fault')), of(said(taker, 'peer-gone'))),
    decided: of(said(taker, 'decided')),
    // the monitor prints when it gets the processor: an address that is announced is there
    added: Math.min(added.atMs, announced),
    announced,
    answered: answeredMs(vip, added.atMs),
  };
  const seen = Object.entries(times).filter(([, atMs]) => Number.isFinite(atMs));
  return Object.fromEntries(
    seen.map(([name, atMs]) => [name, Math.max(0, Math.round(atMs - faultMs))]),
  );
}

/** When every target had its first good answer to a request of after the address was there. */
function answeredMs(vip: readonly (readonly Sample[])[], addedMs: number): number {
  const firsts = vip.map((samples) =>
    Math.min(
      ...samples
        .filter(({ outcome, scheduledMs }) => outcome === 'ok' && scheduledMs >= addedMs)
        .map(({ endedMs }) => endedMs),
    ),
  );
  return firsts.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...firsts);
}
