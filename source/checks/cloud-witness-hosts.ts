import { failed, message, problem, unknown, type Verdict } from '../model/index.ts';
import type { HostView, Witnesses } from './cloud-witness-read.ts';

/** What the hosts disagree about among themselves; undefined: exactly one has the VIP. */
export function judgeHosts({ hosts }: Witnesses): Verdict | undefined {
  const holders = hosts.filter(({ holdsOn }) => holdsOn !== undefined);
  if (holders.length === 1) return undefined;
  const deaf = holders.length > 1 ? oneWay(holders) : undefined;
  if (deaf) return failed(deaf);
  // that several have it, or nobody, is another check's to name
  return unknown(message('explained', { check: 'vip-holder' }), 'vip-holder');
}

/**
 * Of two that have it, one hears the other and is not heard: its adverts are dropped on the way. If
 * both heard, one would give it up; if neither does, something else may be the matter.
 */
function oneWay(holders: readonly HostView[]) {
  for (const hearing of holders) {
    for (const deaf of holders) {
      if (!hears(hearing, deaf) || hears(deaf, hearing) !== false) continue;
      const params = { from: hearing.node.name, address: hearing.node.address };
      return problem('vrrp-one-way', params, { node: deaf.node.name });
    }
  }
  return undefined;
}

/** Undefined: it did not listen. */
function hears(one: HostView, other: HostView): boolean | undefined {
  return one === other ? undefined : one.heard?.includes(other.node.address);
}
