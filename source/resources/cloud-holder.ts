import {
  type CloudPlanned,
  type HaVipSeen,
  type Message,
  message,
  problem,
} from '../model/index.ts';

/** Whether one of the nodes' machines has the address, as the cloud sees it. */
export function isHeldByUs({ holder }: HaVipSeen, instances: readonly string[]): boolean {
  return holder !== null && instances.includes(holder);
}

/** Nothing that costs money, before the cloud has heard a node announce the address. */
export function laterWithoutHolder(
  haVip: HaVipSeen,
  instances: readonly string[],
  summary: Message,
): CloudPlanned {
  const { address, id, holder, mayHold } = haVip;
  const shut = mayHold ? instances.filter((one) => !mayHold.includes(one)) : [];
  const params = { address, id, instances: instances.join(', ') };
  return {
    kind: 'later',
    summary,
    reason: message('ha-vip-holder-awaited', { address }),
    problem: problemOf(holder, shut, params),
  };
}

function problemOf(
  holder: string | null,
  shut: readonly string[],
  params: { readonly address: string; readonly id: string; readonly instances: string },
) {
  if (holder !== null) return problem('ha-vip-held-elsewhere', { ...params, holder });
  if (shut.length > 0) return problem('ha-vip-holders-shut', { ...params, shut: shut.join(', ') });
  return problem('ha-vip-without-holder', params);
}

/** What is needed first is made by the same plan, or has failed, which is said there. */
export function laterAfter(resource: string, summary: Message): CloudPlanned {
  return {
    kind: 'later',
    summary,
    reason: message('known-after', { resource }),
    problem: problem('cloud-part-missing', { resource }),
  };
}
