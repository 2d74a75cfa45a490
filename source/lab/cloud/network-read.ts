import { freeCount, type Used, usedAddresses } from './addresses.ts';
import { type Context, cloudTime, regionOf } from './context.ts';
import { refuse } from './errors.ts';
import { keys, type Lookup, select } from './filters.ts';
import type { Call, Reply, WorldInstance, WorldNic, WorldSubnet, WorldVpc } from './types.ts';

const VPCS: Lookup<WorldVpc> = {
  ids: 'VpcIds',
  idOf: ({ id }) => id,
  maxValues: 5,
  key: keys({
    'vpc-id': ({ id }) => [id],
    'vpc-name': ({ name }) => [name],
    'cidr-block': ({ cidr }) => [cidr],
    'is-default': () => ['false'],
  }),
};

export function describeVpcs(context: Context, { region, body }: Call): Reply {
  const { total, page } = select(regionOf(context, region).vpcs, body, VPCS);
  const shown = ({ id, name, cidr, multicast = false }: WorldVpc) => ({
    VpcId: id,
    VpcName: name,
    CidrBlock: cidr,
    IsDefault: false,
    EnableMulticast: multicast,
    AssistantCidrSet: [],
    TagSet: [],
  });
  return { TotalCount: total, VpcSet: page.map(shown) };
}

const SUBNETS: Lookup<WorldSubnet> = {
  ids: 'SubnetIds',
  idOf: ({ id }) => id,
  maxValues: 5,
  key: keys({
    'subnet-id': ({ id }) => [id],
    'subnet-name': ({ name }) => [name],
    'vpc-id': ({ vpc }) => [vpc],
    'cidr-block': ({ cidr }) => [cidr],
    zone: ({ zone }) => [zone],
  }),
};

export function describeSubnets(context: Context, { region, body }: Call): Reply {
  const own = regionOf(context, region);
  const { total, page } = select(own.subnets, body, SUBNETS);
  const shown = (subnet: WorldSubnet) => ({
    VpcId: subnet.vpc,
    SubnetId: subnet.id,
    SubnetName: subnet.name,
    CidrBlock: subnet.cidr,
    Zone: subnet.zone,
    EnableBroadcast: false,
    AvailableIpAddressCount: freeCount(context, own, subnet),
    NetworkAclId: subnet.networkAcl ?? '',
    TagSet: [],
  });
  return { TotalCount: total, SubnetSet: page.map(shown) };
}

const USED: Lookup<Used> = {
  idOf: ({ id }) => id,
  maxValues: 5,
  key: keys({ 'ip-address': ({ ip }) => [ip], 'resource-id': ({ id }) => [id] }),
};

/** Whether an address is free, and who has it if not. */
export function describeUsed(context: Context, { region, body }: Call): Reply {
  const own = regionOf(context, region);
  const vpcOf = new Map(own.subnets.map(({ id, vpc }) => [id, vpc]));
  const wanted = body.IpAddresses as readonly string[] | undefined;
  const inScope = usedAddresses(context, own).filter(
    ({ ip, subnet }) =>
      vpcOf.get(subnet) === body.VpcId &&
      (body.SubnetId === undefined || subnet === body.SubnetId) &&
      (!wanted || wanted.includes(ip)),
  );
  const { total, page } = select(inScope, body, USED);
  const shown = ({ ip, subnet, kind, id }: Used) => ({
    VpcId: vpcOf.get(subnet),
    SubnetId: subnet,
    IpAddress: ip,
    ResourceType: kind,
    ResourceId: id,
  });
  return { TotalCount: total, IpAddressStates: page.map(shown) };
}

export function describeLimits({ world }: Context, { body }: Call): Reply {
  const limit = (LimitType: string) =>
    LimitType === 'vpc-max-havips'
      ? { LimitType, LimitValue: world.quota.havipPerVpc }
      : refuse('InvalidParameterValue', `There is no limit ${LimitType}.`);
  return { VpcLimitSet: (body.LimitTypes as readonly string[]).map(limit) };
}

interface Card {
  readonly nic: WorldNic;
  readonly instance: WorldInstance;
  readonly vpc: string;
}

const CARDS: Lookup<Card> = {
  ids: 'NetworkInterfaceIds',
  byEnd: 'address-ip',
  idOf: ({ nic }) => nic.eni,
  maxValues: 5,
  key: keys({
    'network-interface-id': ({ nic }) => [nic.eni],
    'vpc-id': ({ vpc }) => [vpc],
    'subnet-id': ({ nic }) => [nic.subnet],
    'address-ip': ({ nic }) => [nic.ip],
    'attachment.instance-id': ({ instance }) => [instance.id],
    'is-primary': ({ nic }) => [String(nic.primary)],
  }),
};

export function describeCards(context: Context, { region, body }: Call): Reply {
  const { instances, subnets } = regionOf(context, region);
  const vpcOf = new Map(subnets.map(({ id, vpc }) => [id, vpc]));
  const cards = instances.flatMap((instance) =>
    instance.nics.map((nic) => ({ nic, instance, vpc: vpcOf.get(nic.subnet) ?? '' })),
  );
  const { total, page } = select(cards, body, CARDS);
  return { TotalCount: total, NetworkInterfaceSet: page.map(card) };
}

function card({ nic, instance, vpc }: Card): Reply {
  return {
    NetworkInterfaceId: nic.eni,
    NetworkInterfaceName: nic.eni,
    SubnetId: nic.subnet,
    VpcId: vpc,
    GroupSet: instance.securityGroups,
    Primary: nic.primary,
    MacAddress: nic.mac,
    State: 'AVAILABLE',
    PrivateIpAddressSet: [{ PrivateIpAddress: nic.ip, Primary: true, State: 'AVAILABLE' }],
    Attachment: {
      InstanceId: instance.id,
      DeviceIndex: nic.primary ? 0 : 1,
      AttachTime: cloudTime(0),
    },
    TagSet: [],
  };
}
