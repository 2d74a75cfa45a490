import { vipArpCheck } from '../checks/vip-arp.ts';
import { vipAddress } from '../cluster/index.ts';
import { byHandCheckId, type CloudResource, type StagePlan } from '../model/index.ts';
import { haVip } from '../resources/ha-vip.ts';
import { haVipByHand } from './cloud/console-steps.ts';
import { clientRules } from './cloud/openings.ts';
import { cloudPlace, placeProblems } from './cloud/place.ts';
import { WITNESSED } from './cloud/witnessed.ts';
import { knownMacs, plannable } from './frontend.ts';
import type { StageInput } from './stage-input.ts';

/** The id of the VIP in the cloud; what leads to it is named after it. */
export function haVipId({ cluster }: Pick<StageInput, 'cluster'>): string {
  return `ha-vip:${vipAddress(cluster)}`;
}

/**
 * The VIP. Without a cloud it is a plain address that keepalived will carry: nothing is made here,
 * but nobody else may answer for it. (That it fits the subnet, preflight has found from facts.) In a
 * cloud it is made there, by us or by hand.
 */
export function virtualIp(input: StageInput): StagePlan {
  const { cluster, cloud } = input;
  const known = knownMacs(input);
  const isByHand = cluster.cloud.provider === 'console';
  return {
    id: 'virtual-ip',
    resources: [],
    checks: plannable(input).map(({ node, nic }) =>
      vipArpCheck(cluster, {
        claim: 'vip-arp',
        node: node.name,
        nic,
        known,
        inCloud: cluster.cloud.provider !== 'none',
        // The same question before anything is changed: one answer is named once.
        explainedBy: ['vip-unused/*', ...(isByHand ? [byHandCheckId('virtual-ip')] : [])],
      }),
    ),
    drills: [],
    order: 'side-by-side',
    problems: cloud ? placeProblems(cluster, cloud.facts) : [],
    ...(cloud && { cloud: cloudResources(input) }),
    ...(isByHand && { byHand: haVipByHand(input) }),
  };
}

function cloudResources(input: StageInput): readonly CloudResource[] {
  const { cluster, cloud, consents } = input;
  const place = cloudPlace(input);
  if (!cloud || !place || cluster.cloud.provider !== 'tencent') return [];
  const { eip } = cluster.cloud;
  const made = haVip({
    ...place,
    session: cloud.session,
    address: vipAddress(cluster),
    adopt: consents.adopt,
    adopted: cloud.adopted(haVipId(input)),
    ...(eip?.kind === 'existing' && { publicAddress: eip.address }),
    generation: cloud.generation('havip'),
  });
  return [...clientRules(input), { ...made, explainedBy: WITNESSED }];
}
