import type { CloudFacts, CloudInstance } from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { findHaVips, mapped } from './find.ts';
import { groupsById } from './groups.ts';
import type { Optional } from './optional.ts';
import type { CloudResult } from './result.ts';

type NetworkFacts = Pick<CloudFacts, 'subnet' | 'vipUser' | 'haVips' | 'securityGroups'>;

const NO_FACTS: NetworkFacts = {
  subnet: null,
  vipUser: null,
  haVips: { used: 0, limit: null },
  securityGroups: [],
};

/** What is around the machines: their subnet, who has the address already, quotas, groups. */
export async function networkFacts(
  cloud: Cloud,
  instances: readonly CloudInstance[],
  vip: string | null,
  optional: Optional,
): Promise<CloudResult<NetworkFacts>> {
  const [first] = instances;
  const none = { action: 'DescribeSubnets', traceId: '', requestId: '' } as const;
  if (!first) return { kind: 'ok', value: NO_FACTS, ...none };
  const { network } = first;
  const ids = instances.flatMap(({ securityGroups }) => securityGroups);
  const [subnet, vipUser, used, limit, securityGroups] = await Promise.all([
    subnetOf(cloud, first.subnet),
    vip === null ? null : optional.ask('address-use', userOf(cloud, network, vip), null),
    optional.ask('quota', haVipsIn(cloud, network), 0),
    optional.ask('quota', haVipLimit(cloud), null),
    optional.ask('security-groups', groupsById(cloud, ids), []),
  ]);
  return mapped(subnet, (found) => ({
    subnet: found,
    vipUser,
    haVips: { used, limit },
    securityGroups,
  }));
}

async function subnetOf(cloud: Cloud, id: string): Promise<CloudResult<CloudFacts['subnet']>> {
  const found = await cloud.call('DescribeSubnets', { SubnetIds: [id] });
  return mapped(found, ({ SubnetSet }) => {
    const [one] = SubnetSet ?? [];
    if (!one) return null;
    return {
      id: one.SubnetId ?? '',
      network: one.VpcId ?? '',
      cidr: one.CidrBlock ?? '',
      networkAcl: one.NetworkAclId || null,
    };
  });
}

async function userOf(
  cloud: Cloud,
  VpcId: string,
  vip: string,
): Promise<CloudResult<CloudFacts['vipUser']>> {
  const found = await cloud.call('DescribeUsedIpAddress', { VpcId, IpAddresses: [vip] });
  return mapped(found, ({ IpAddressStates }) => {
    const user = IpAddressStates?.find(({ IpAddress }) => IpAddress === vip);
    return user ? { kind: user.ResourceType, id: user.ResourceId } : null;
  });
}

async function haVipsIn(cloud: Cloud, network: string): Promise<CloudResult<number>> {
  const found = await findHaVips(cloud, [{ Name: 'vpc-id', Values: [network] }]);
  return mapped(found, (all) => all.length);
}

const HAVIP_LIMIT = 'vpc-max-havips';

async function haVipLimit(cloud: Cloud): Promise<CloudResult<number | null>> {
  const found = await cloud.call('DescribeVpcLimits', { LimitTypes: [HAVIP_LIMIT] });
  return mapped(found, ({ VpcLimitSet }) => {
    const limit = VpcLimitSet?.find(({ LimitType }) => LimitType === HAVIP_LIMIT);
    return limit?.LimitValue ?? null;
  });
}
