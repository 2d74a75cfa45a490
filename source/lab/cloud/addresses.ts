import {
  addressToNumber,
  type Ipv4Address,
  isIpv4Address,
  numberToAddress,
  subnetRange,
} from '../../model/index.ts';
import type { Context } from './context.ts';
import { refuse } from './errors.ts';
import type { WorldRegion, WorldSubnet } from './types.ts';

/** An address of a subnet that is in use, and by what. */
export interface Used {
  readonly ip: string;
  readonly subnet: string;
  readonly kind: 'CVM' | 'ENI' | 'HAVIP';
  readonly id: string;
}

/** Everything that has an address in the region. */
export function usedAddresses({ state }: Context, region: WorldRegion): readonly Used[] {
  const cards = region.instances.flatMap(({ id, nics }) =>
    nics.map(({ ip, subnet, primary, eni }): Used => {
      return { ip, subnet, kind: primary ? 'CVM' : 'ENI', id: primary ? id : eni };
    }),
  );
  const own = state.havips.filter((one) => one.region === region.region);
  return [
    ...cards,
    ...own.map(({ vip, subnet, id }): Used => ({ ip: vip, subnet, kind: 'HAVIP', id })),
  ];
}

function rangeOf({ cidr }: WorldSubnet): readonly [number, number] {
  const [address = '', length = ''] = cidr.split('/');
  return subnetRange(address as Ipv4Address, Number(length));
}

/** Network, gateway (the first one) and broadcast are the cloud's own. */
function isReserved(value: number, [first, last]: readonly [number, number]): boolean {
  return value <= first + 1 || value === last;
}

/** How many addresses of the subnet are still to be had. */
export function freeCount(context: Context, region: WorldRegion, subnet: WorldSubnet): number {
  const [first, last] = rangeOf(subnet);
  const used = usedAddresses(context, region).filter((one) => one.subnet === subnet.id);
  return Math.max(0, last - first - 2 - used.length);
}

/**
 * The address that was asked for, or the first free one.
 *
 * @throws ApiError as CreateHaVip does
 */
export function chooseAddress(
  context: Context,
  region: WorldRegion,
  subnet: WorldSubnet,
  wanted: unknown,
): string {
  const used = new Set(usedAddresses(context, region).map(({ ip }) => ip));
  if (wanted !== undefined) return checkWanted(String(wanted), rangeOf(subnet), used);
  const [first, last] = rangeOf(subnet);
  for (let value = first + 2; value < last; value += 1) {
    const address = numberToAddress(value);
    if (!used.has(address)) return address;
  }
  return refuse('ResourceInsufficient', `The subnet ${subnet.id} has no free address.`);
}

function checkWanted(
  wanted: string,
  range: readonly [number, number],
  used: ReadonlySet<string>,
): string {
  if (!isIpv4Address(wanted)) {
    refuse('InvalidParameterValue.Malformed', `${wanted} is not an IPv4 address.`);
  }
  const value = addressToNumber(wanted);
  if (value < range[0] || value > range[1]) {
    refuse('InvalidParameterValue.Range', `${wanted} is not in the subnet.`);
  }
  if (isReserved(value, range)) {
    refuse('InvalidParameterValue.Reserved', `${wanted} is reserved by the subnet.`);
  }
  if (used.has(wanted)) refuse('ResourceInUse', `${wanted} is in use.`);
  return wanted;
}
