import {
  type InterfaceName,
  type Ipv4Address,
  isNodeName,
  type NodeFacts,
  type NodeName,
  numberToAddress,
  type Problem,
  problem,
  subnetRange,
} from '../model/index.ts';
import type { SeenNode, Way } from './types.ts';

/** An address of a machine that a peer could share a subnet with. */
interface Place {
  readonly address: Ipv4Address;
  readonly nic: InterfaceName;
  readonly prefixLength: number;
}

/** A machine that answered, and how it was reached. */
export interface Reached {
  readonly way: Way;
  readonly facts: NodeFacts;
}

/** Bridges of containers and virtual machines have the same subnet on every machine, and lead nowhere. */
const INNER = /^(lo|docker|br-|virbr|veth|cni|flannel|cali|vmnet|podman|lxc|lxdbr|tun|tap|wg)/;

function placesOf({ interfaces }: NodeFacts): readonly Place[] {
  return interfaces
    .filter(({ name, up }) => up && !INNER.test(name))
    .flatMap(({ name, addresses }) =>
      addresses.map(({ address, prefixLength }) => ({ address, prefixLength, nic: name })),
    )
    .filter(({ prefixLength }) => prefixLength < 32);
}

const isSameSubnet = (one: Place, other: Place) =>
  one.prefixLength === other.prefixLength &&
  subnetRange(one.address, one.prefixLength)[0] ===
    subnetRange(other.address, other.prefixLength)[0];

/** The machine's addresses in the subnet of `place`, that which was dialled first. */
function placesIn({ facts, way }: Reached, place: Place): readonly Place[] {
  const found = placesOf(facts).filter((mine) => isSameSubnet(mine, place));
  return [
    ...found.filter(({ address }) => address === way.host),
    ...found.filter(({ address }) => address !== way.host),
  ];
}

/** Of the subnets in which every machine is: the one by which a machine was dialled, else the first. */
function sharedSubnet(all: readonly Reached[]): Place | undefined {
  const [first] = all;
  const shared = first
    ? placesOf(first.facts).filter((place) => all.every((one) => placesIn(one, place).length > 0))
    : [];
  const isDialled = (place: Place) =>
    all.some((one) => placesIn(one, place)[0]?.address === one.way.host);
  return shared.find(isDialled) ?? shared[0];
}

/** Two ways to one machine: no two machines of a subnet have the same hardware addresses. */
function isSameMachine(one: NodeFacts, other: NodeFacts): boolean {
  const macs = ({ interfaces }: NodeFacts) =>
    interfaces
      .filter(({ name }) => !INNER.test(name))
      .map(({ mac }) => mac.toLowerCase())
      .sort()
      .join(' ');
  return macs(one) !== '' && macs(one) === macs(other);
}

function sameMachine(all: readonly Reached[]): Problem | undefined {
  for (const [index, { facts, way }] of all.entries()) {
    const first = all.slice(0, index).find((other) => isSameMachine(other.facts, facts));
    if (!first) continue;
    const params = { found: way.host, other: first.way.host, hostname: facts.hostname };
    return problem('init-same-machine', params);
  }
  return undefined;
}

function addressList(facts: NodeFacts): string {
  const list = placesOf(facts).map(({ address, prefixLength }) => `${address}/${prefixLength}`);
  return list.join(', ') || '-';
}

/** The one that cannot meet the first is named, with what each of both has. */
function noSharedSubnet(all: readonly Reached[]): Problem {
  const [first, ...others] = all as [Reached, ...Reached[]];
  const odd = others.find((other) => !sharedSubnet([first, other])) ?? others[0] ?? first;
  return problem('init-no-shared-subnet', {
    found: odd.way.host,
    has: addressList(odd.facts),
    other: first.way.host,
    otherHas: addressList(first.facts),
  });
}

/** What images call every machine, and what a cluster file calls something else. */
const GENERIC = new Set(
  (
    'debian ubuntu centos rocky server ' +
    'all auto client constructor here internet localhost none operator pair router vip'
  ).split(' '),
);

/** The machines' own names where they are fit to tell them apart; else iam-1, iam-2, … */
function namesFor(all: readonly Reached[]): readonly NodeName[] {
  const own = all.map(({ facts }) => facts.hostname.toLowerCase().split('.')[0] ?? '');
  const fit =
    new Set(own).size === own.length &&
    own.every((name) => isNodeName(name) && name.length <= 20 && !GENERIC.has(name));
  return all.map((_, index) => (fit ? own[index] : `iam-${index + 1}`) as NodeName);
}

const OF_INTEREST = [
  ...['mariadb', 'redis-server', 'redis', 'nginx', 'keepalived'],
  ...['iam-apiserver', 'iam-authz-server', 'iam-pump'],
];

function seenNode({ way, facts }: Reached, name: NodeName, place: Place): SeenNode {
  const running = facts.units
    .filter((unit) => OF_INTEREST.includes(unit.name) && unit.active === 'active')
    .map((unit) => unit.name);
  return {
    name,
    way,
    ...place,
    os: facts.os.prettyName || `${facts.os.id} ${facts.os.versionId}`,
    running,
    vendor: facts.vendor,
    cloud: facts.cloud ?? null,
    session: facts.marker?.session ?? null,
  };
}

/**
 * Where each machine stands in the subnet that they share, and what it is called.
 * Not: the problem `init-same-machine` or `init-no-shared-subnet`.
 */
export function placeNodes(all: readonly Reached[]): readonly SeenNode[] | Problem {
  const same = sameMachine(all);
  if (same) return same;
  const names = namesFor(all);
  const subnet = sharedSubnet(all);
  if (!subnet) return noSharedSubnet(all);
  return all.map((one, index) =>
    seenNode(one, names[index] as NodeName, placesIn(one, subnet)[0] ?? subnet),
  );
}

/** How many are asked about at most: each costs half a second where nobody answers. */
const MOST_CANDIDATES = 8;

/**
 * Addresses that a VIP may have, likeliest first: the lecture's .99, then from the subnet's end down,
 * where gateways and DHCP are seldom.
 *
 * @param taken of the nodes, their routers, and everything else that is known
 * @param most how many
 */
export function vipCandidates(
  { address, prefixLength }: Pick<SeenNode, 'address' | 'prefixLength'>,
  taken: readonly Ipv4Address[],
  most = MOST_CANDIDATES,
): readonly Ipv4Address[] {
  const [first, last] = subnetRange(address, prefixLength);
  // the last host too is a router's in some networks, as the first is in most
  const fromEnd = Array.from({ length: 64 }, (_, index) => last - 2 - index);
  const found: Ipv4Address[] = [];
  for (const value of [first + 99, ...fromEnd]) {
    if (found.length === most) break;
    if (value < first + 2 || value > last - 1) continue;
    const candidate = numberToAddress(value);
    if (!taken.includes(candidate) && !found.includes(candidate)) found.push(candidate);
  }
  return found;
}
