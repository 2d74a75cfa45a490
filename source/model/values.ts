/** Strings that a parser has checked. Past the cluster file nobody sees a raw one. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Dotted quad without leading zeros. */
export type Ipv4Address = Branded<'Ipv4Address'>;
/** `10.0.4.0/24`: network address and prefix length. */
export type Ipv4Subnet = Branded<'Ipv4Subnet'>;
/** A node's name in the cluster file: a host label. */
export type NodeName = Branded<'NodeName'>;
/** A lower-case DNS name. */
export type Domain = Branded<'Domain'>;
/** A network interface's name on a node (at most 15 bytes). */
export type InterfaceName = Branded<'InterfaceName'>;

const QUAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function isIpv4Address(text: string): text is Ipv4Address {
  return QUAD.test(text);
}

export function isNodeName(text: string): text is NodeName {
  return LABEL.test(text);
}

export function isDomain(text: string): text is Domain {
  return (
    text.length <= 253 && text.includes('.') && text.split('.').every((label) => LABEL.test(label))
  );
}

export function isInterfaceName(text: string): text is InterfaceName {
  return /^[A-Za-z0-9_.@-]{1,15}$/.test(text) && text !== '.' && text !== '..';
}

/** The address as an unsigned 32-bit number. */
export function addressToNumber(address: Ipv4Address): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function numberToAddress(value: number): Ipv4Address {
  return [24, 16, 8, 0]
    .map((shift) => Math.floor(value / 2 ** shift) % 256)
    .join('.') as Ipv4Address;
}

/** First and last address of the subnet that `address`/`prefixLength` lies in. */
export function subnetRange(address: Ipv4Address, prefixLength: number): readonly [number, number] {
  const size = 2 ** (32 - prefixLength);
  const first = Math.floor(addressToNumber(address) / size) * size;
  return [first, first + size - 1];
}

/** Whether `candidate` may be a host's address in the subnet of `address`/`prefixLength`. */
export function isHostInSubnet(
  candidate: Ipv4Address,
  address: Ipv4Address,
  prefixLength: number,
): boolean {
  const [first, last] = subnetRange(address, prefixLength);
  const value = addressToNumber(candidate);
  return prefixLength >= 31 ? value >= first && value <= last : value > first && value < last;
}
