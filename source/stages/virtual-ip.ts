import { vipArpCheck } from '../checks/vip-arp.ts';
import type { StagePlan } from '../model/index.ts';
import { knownMacs, plannable } from './frontend.ts';
import type { StageInput } from './stage-input.ts';

/**
 * The VIP. Without a cloud it is a plain address that keepalived will carry: nothing is made here,
 * but nobody else may answer for it. (That it fits the subnet, preflight has found from facts.)
 */
export function virtualIp(input: StageInput): StagePlan {
  const known = knownMacs(input);
  return {
    id: 'virtual-ip',
    resources: [],
    checks: plannable(input).map(({ node, nic }) =>
      vipArpCheck(input.cluster, {
        claim: 'vip-arp',
        node: node.name,
        nic,
        known,
        // The same question before anything is changed: one answer is named once.
        explainedBy: ['vip-unused/*'],
      }),
    ),
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
}
