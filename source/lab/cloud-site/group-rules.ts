import { isIpv4Address } from '../../model/index.ts';
import type { Policy, State, World } from '../cloud/types.ts';

type Groups = State['securityGroups'];

/** The rules of a group for what comes in, as they are now; none where there is no such group. */
export function ingressOf(world: World, groups: Groups, id: string): readonly Policy[] {
  const given = world.regions.flatMap((region) => region.securityGroups);
  return groups[id]?.ingress ?? given.find((one) => one.id === id)?.ingress ?? [];
}

/**
 * One rule of a security group as rules of nftables; none where it is for another kind of address, or
 * not understood: then it lets nothing in. `members`: the addresses of a group's instances.
 */
export function nftRules(policy: Policy, members: (group: string) => readonly string[]): string[] {
  const sources = sourcesOf(policy, members);
  const matches = matchesOf(policy);
  const verdict = (policy.Action ?? '').toUpperCase() === 'ACCEPT' ? 'accept' : 'drop';
  return sources.flatMap((source) => matches.map((match) => `${source}${match}${verdict}`));
}

function sourcesOf(
  { CidrBlock, SecurityGroupId }: Policy,
  members: (group: string) => readonly string[],
): readonly string[] {
  if (SecurityGroupId) return members(SecurityGroupId).map((address) => `ip saddr ${address} `);
  const [address = '', length = '32', ...more] = (CidrBlock ?? '').split('/');
  const isFit = isIpv4Address(address) && /^\d{1,2}$/.test(length) && Number(length) <= 32;
  if (!isFit || more.length > 0) return [];
  return Number(length) === 0 ? [''] : [`ip saddr ${address}/${Number(length)} `];
}

function matchesOf({ Protocol = 'ALL', Port = 'all' }: Policy): readonly string[] {
  const protocol = Protocol.toLowerCase();
  if (protocol === 'all') return [''];
  if (protocol === 'icmp') return ['meta l4proto icmp '];
  if (protocol !== 'tcp' && protocol !== 'udp') return [];
  if (Port.toLowerCase() === 'all') return [`meta l4proto ${protocol} `];
  const ports = Port.split(',').map((port) => port.trim());
  return ports
    .filter((port) => /^\d{1,5}(-\d{1,5})?$/.test(port) && port.split('-').every(isPort))
    .filter((port) => isAscending(port.split('-').map(Number)))
    .map((port) => `${protocol} dport ${port} `);
}

const isPort = (text: string) => Number(text) <= 65_535;
const isAscending = ([first = 0, last = first]: readonly number[]) => first <= last;
