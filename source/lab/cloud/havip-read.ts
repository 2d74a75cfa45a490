import { type Context, cloudTime } from './context.ts';
import { keys, type Lookup, select } from './filters.ts';
import type { Call, HaVip, Reply } from './types.ts';

/** A HAVIP as the API gives it. */
export function haVipShown(havip: HaVip): Reply {
  return {
    HaVipId: havip.id,
    HaVipName: havip.name,
    Vip: havip.vip,
    VpcId: havip.vpc,
    SubnetId: havip.subnet,
    NetworkInterfaceId: havip.holder?.eni ?? '',
    InstanceId: havip.holder?.instance ?? '',
    AddressIp: havip.eip ?? '',
    State: havip.holder ? 'AVAILABLE' : 'UNBIND',
    CreatedTime: cloudTime(havip.createdMs),
    Business: '',
    HaVipAssociationSet: havip.associations.map((one) => ({ ...one, HaVipId: havip.id })),
    CheckAssociate: havip.checkAssociate,
    FlushedTime: cloudTime(havip.flushedMs),
    TagSet: havip.tags,
  };
}

const LOOKUP: Lookup<HaVip> = {
  ids: 'HaVipIds',
  idOf: ({ id }) => id,
  maxValues: 5,
  key: keys({
    'havip-id': ({ id }) => [id],
    'havip-name': ({ name }) => [name],
    'vpc-id': ({ vpc }) => [vpc],
    'subnet-id': ({ subnet }) => [subnet],
    vip: ({ vip }) => [vip],
    'address-ip': ({ eip }) => [eip],
    'havip-association.instance-id': (one) => one.associations.map(({ InstanceId }) => InstanceId),
    'havip-association.instance-type': (one) =>
      one.associations.map(({ InstanceType }) => InstanceType),
    'check-associate': ({ checkAssociate }) => [checkAssociate ? 'TRUE' : 'FALSE'],
    'cdc-id': () => [],
    type: () => [],
    'termination-protection': () => ['FALSE'],
    'traffic-protection': () => ['FALSE'],
  }),
};

export function describeHaVips({ state }: Context, { region, body }: Call): Reply {
  const own = state.havips.filter((one) => one.region === region);
  const { total, page } = select(own, body, LOOKUP);
  return { TotalCount: total, HaVipSet: page.map(haVipShown) };
}
