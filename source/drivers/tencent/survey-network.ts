import type { CloudFacts, CloudInstance, CloudSurvey } from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { findHaVips, mapped } from './find.ts';
import { groupsById } from './groups.ts';
import type { Optional } from './optional.ts';
import type { CloudResult } from './result.ts';

type NetworkFacts = Pick<CloudFacts, 'subnet' | 'vipUser' | 'inUse' | 'haVips' | 'securityGroups'>;

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
  { vip, candidates = [] }: Pick<CloudSurvey, 'vip' | 'candidates'>,
  optional: Optional,
): Promise<CloudResult<NetworkFacts>> {
  const [first] = instances;
  const none = { action: 'DescribeSubnets', traceId: '', requestId: '' } as const;
  if (!first) return { kind: 'ok', value: NO_FACTS, ...none };
  const { network } = first;
  const ids = instances.flatMap(({ securityGroups }) => securityGroups);
  const [subnet, vipUser, inUse, used, limit, securityGroups] = await Promise.all([
    subnetOf(cloud, first.subnet),
    vip === null ? null : optional.ask('address-use', userOf(cloud, network, vip), null),
    candidates.length === 0
      ? undefined
      : optional.ask('address-use', usedOf(cloud, network, candidates), undefined),
    optional.ask('quota', haVipsIn(cloud, network), 0),
    optional.ask('quota', haVipLimit(cloud), null),
    optional.ask('security-groups', groupsById(cloud, ids), []),
  ]);
  return mapped(subnet, (found) => ({
    subnet: found,
    vipUser,
    ...(inUse && { inUse }),
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
  const found = await usersOf(cloud, VpcId, [vip]);
  return mapped(found, ([user]) =>
    user ? { kind: user.ResourceType, id: user.ResourceId } : null,
  );
}

async function usedOf(
  cloud: Cloud,
  VpcId: string,
  addresses: readonly string[],
): Promise<CloudResult<readonly string[] | undefined>> {
  const found = await usersOf(cloud, VpcId, addresses);
  return mapped(found, (users) => users.map(({ IpAddress }) => IpAddress));
}

/** As many as may be asked about at once. */
const MOST_ADDRESSES = 100;

async function usersOf(cloud: Cloud, VpcId: string, addresses: readonly string[]) {
  const IpAddresses = addresses.slice(0, MOST_ADDRESSES);
  const request = { VpcId, IpAddresses, Limit: MOST_ADDRESSES };
  const found = await cloud.call('DescribeUsedIpAddress', request);
  return mapped(found, ({ IpAddressStates }) =>
    (IpAddressStates ?? []).filter(({ IpAddress }) => IpAddresses.includes(IpAddress)),
  );
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
