import type { Context } from './context.ts';
import { keys, type Lookup, select } from './filters.ts';
import type { Call, Eip, Reply } from './types.ts';

const TABLE = keys<EipSeen>({
  'address-id': ({ eip }) => [eip.id],
  'address-name': ({ eip }) => [eip.name],
  'address-ip': ({ eip }) => [eip.ip],
  'address-status': ({ eip }) => [eip.status],
  'instance-id': ({ eip }) => [eip.havip],
  'instance-type': ({ eip }) => [eip.havip && 'HAVIP'],
  'private-ip-address': ({ vip }) => [vip],
  'network-interface-id': () => [],
  'is-arrears': () => ['FALSE'],
  'address-type': () => ['EIP'],
  'address-isp': () => ['BGP'],
  'dedicated-cluster-id': () => [],
  'tag-key': ({ eip }) => eip.tags.map(({ Key }) => Key),
  'tag-value': ({ eip }) => eip.tags.map(({ Value }) => Value),
});

interface EipSeen {
  readonly eip: Eip;
  /** The private address that it leads to. */
  readonly vip: string | undefined;
}

const LOOKUP: Lookup<EipSeen> = {
  ids: 'AddressIds',
  idOf: ({ eip }) => eip.id,
  maxValues: 100,
  key: (name) =>
    name.startsWith('tag:')
      ? ({ eip }) =>
          eip.tags.filter(({ Key }) => Key === name.slice(4)).map(({ Value = '' }) => Value)
      : TABLE(name),
};

function shown({ eip, vip }: EipSeen): Reply {
  return {
    AddressId: eip.id,
    AddressName: eip.name,
    AddressIp: eip.ip,
    AddressStatus: eip.status,
    InstanceId: eip.havip ?? '',
    InstanceType: eip.havip ? 'HAVIP' : null,
    NetworkInterfaceId: null,
    PrivateAddressIp: vip ?? null,
    CreatedTime: new Date(eip.createdMs).toISOString().replace(/\.\d+/, ''),
    IsArrears: false,
    IsBlocked: false,
    AddressType: 'EIP',
    CascadeRelease: false,
    InternetServiceProvider: 'BGP',
    Bandwidth: eip.bandwidth ?? 0,
    InternetChargeType: eip.chargeType ?? '',
    TagSet: eip.tags,
  };
}

export function describeAddresses({ state }: Context, { region, body }: Call): Reply {
  const own = state.eips
    .filter((one) => one.region === region)
    .map((eip) => ({ eip, vip: state.havips.find(({ id }) => id === eip.havip)?.vip }));
  const { total, page } = select(own, body, LOOKUP);
  return { TotalCount: total, AddressSet: page.map(shown) };
}

export function describeAddressQuota({ state, world, atMs }: Context, { region }: Call): Reply {
  const day = `${region}/${new Date(atMs).toISOString().slice(0, 10)}`;
  const current = state.eips.filter((one) => one.region === region).length;
  return {
    QuotaSet: [
      quota('TOTAL_EIP_QUOTA', current, world.quota.eip),
      quota('DAILY_EIP_APPLY', state.bought[day] ?? 0, world.quota.eipDaily),
    ],
  };
}

const quota = (QuotaId: string, QuotaCurrent: number, QuotaLimit: number) => {
  return { QuotaId, QuotaCurrent, QuotaLimit, QuotaGroup: 'EIP' };
};

export function describeAccountType({ world }: Context): Reply {
  return { NetworkAccountType: world.account.networkAccountType };
}

/** Traffic alone: what an idle address costs no action tells. */
export function inquirePrice({ world }: Context): Reply {
  const UnitPrice = world.prices.perGb;
  const price = { UnitPrice, DiscountPrice: UnitPrice, ChargeUnit: 'HOUR' };
  return { Price: { AddressPrice: price } };
}
