import { isIpv4Address, type SecurityRule, subnetRange } from '../model/index.ts';

/** Traffic that is to get through: in or out, and to whom. */
export interface Traffic {
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  /** "80", "80,443", "8000-9000", "all". */
  readonly ports: string;
  /** The other side, CIDR notation or an address; null where it is a group. */
  readonly peer: string | null;
  readonly peerGroup: string | null;
  /** The groups that the other side's machine is in, where they are known. */
  readonly peerGroups?: readonly string[];
}

type Interval = readonly [number, number];

const EVERY_PORT: Interval = [0, 65_535];

/**
 * Whether these rules let the traffic through. The first rule that fits a packet decides, and what no
 * rule fits is dropped. `rules`: those of one group, or of all groups of a machine one after the other.
 *
 * Only what is told counts: a rule whose peers or ports are a template lets nothing in that we could
 * rely on, and, if it drops, may keep out a single machine. A drop of a part of everybody is a list of
 * unwanted guests: it was put there on purpose, and the others still get in.
 */
export function allows(rules: readonly SecurityRule[], wanted: Traffic): boolean {
  let missing = intervals(wanted.ports);
  for (const rule of rules) {
    if (rule.direction !== wanted.direction) continue;
    if (rule.verdict === 'accept') {
      const isWider = coversProtocol(rule, wanted) && coversPeer(rule, wanted);
      if (isWider) missing = without(missing, intervals(rule.ports));
    } else if (hides(rule, wanted, missing)) return false;
    if (missing.length === 0) return true;
  }
  return false;
}

function coversProtocol({ protocol }: SecurityRule, wanted: Traffic): boolean {
  return protocol === 'all' || protocol === wanted.protocol;
}

/** Whether everybody whom the traffic is for is among the rule's peers. */
function coversPeer({ peer, peerGroup }: SecurityRule, wanted: Traffic): boolean {
  if (peerGroup !== null) return groupsOf(wanted).includes(peerGroup);
  const there = rangeOf(peer);
  if (!there) return false;
  if (there[0] === EVERYBODY[0] && there[1] === EVERYBODY[1]) return true;
  const theirs = rangeOf(wanted.peer);
  return theirs !== undefined && there[0] <= theirs[0] && theirs[1] <= there[1];
}

const groupsOf = ({ peerGroup, peerGroups = [] }: Traffic) =>
  peerGroup === null ? peerGroups : [...peerGroups, peerGroup];

function hides(rule: SecurityRule, wanted: Traffic, missing: readonly Interval[]): boolean {
  const isSameProtocol =
    rule.protocol === 'all' || wanted.protocol === 'all' || rule.protocol === wanted.protocol;
  const isTemplate = rule.protocol === 'other' && rule.ports === '';
  if (!isSameProtocol && !isTemplate) return false;
  const isSamePort = isTemplate || overlap(missing, intervals(rule.ports));
  return isSamePort && mayBe(rule, wanted);
}

/** Whether the rule's peers are, or may be, those whom the traffic is for. */
function mayBe(rule: SecurityRule, wanted: Traffic): boolean {
  if (coversPeer(rule, wanted)) return true;
  if (wanted.peer?.endsWith('/0')) return false;
  if (rule.peerGroup !== null) return wanted.peerGroups === undefined;
  // A template, or a range against a group: nobody tells who is in it. IPv6 is another matter.
  return rule.peer === null || (wanted.peer === null && rangeOf(rule.peer) !== undefined);
}

const EVERYBODY: Interval = [0, 2 ** 32 - 1];

function rangeOf(peer: string | null): Interval | undefined {
  const [address = '', length = '32'] = (peer ?? '').split('/');
  return isIpv4Address(address) ? subnetRange(address, Number(length)) : undefined;
}

/** Sorted by nothing: there are few. A protocol without ports has all of them. */
function intervals(ports: string): readonly Interval[] {
  if (ports === 'all') return [EVERY_PORT];
  return ports.split(',').flatMap((word) => {
    const found = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(word);
    return found ? [[Number(found[1]), Number(found[2] ?? found[1])] as const] : [];
  });
}

function without(from: readonly Interval[], taken: readonly Interval[]): readonly Interval[] {
  return taken.reduce<readonly Interval[]>(
    (left, [first, last]) =>
      left.flatMap(([start, end]): Interval[] => {
        if (last < start || end < first) return [[start, end]];
        const rest: Interval[] = [
          [start, first - 1],
          [last + 1, end],
        ];
        return rest.filter(([low, high]) => low <= high);
      }),
    from,
  );
}

function overlap(some: readonly Interval[], others: readonly Interval[]): boolean {
  return some.some(([start, end]) => others.some(([first, last]) => first <= end && start <= last));
}
