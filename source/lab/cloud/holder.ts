import type { Context } from './context.ts';
import type { Claim, HaVip } from './types.ts';

/** The cloud follows an announcement. A repeat by the same holder is no drift. */
export function takeEffect(context: Context, claim: Claim): void {
  const { state } = context;
  state.claims = state.claims.filter((one) => one !== claim);
  const havip = state.havips.find(({ id }) => id === claim.havip);
  if (!havip) return;
  havip.heardMs = context.atMs;
  const from = havip.holder;
  if (from?.instance === claim.instance && from.eni === claim.eni) return;
  havip.holder = { instance: claim.instance, eni: claim.eni };
  havip.flushedMs = context.atMs;
  context.emit({
    type: 'holder',
    vip: havip.vip,
    from: from?.instance ?? null,
    to: claim.instance,
  });
}

/** Nobody has announced the address for as long as this cloud waits. */
export function expireHolder(context: Context, havip: HaVip): void {
  const from = havip.holder?.instance ?? null;
  delete havip.holder;
  havip.flushedMs = context.atMs;
  context.emit({ type: 'holder', vip: havip.vip, from, to: null });
}
