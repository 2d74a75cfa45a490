import type {
  CloudAction,
  CloudLook,
  CloudSeen,
  CloudUndo,
  HaVipSeen,
  PublicAddressSeen,
  SecurityRule,
} from '../../model/index.ts';

/** Which of the things that are seen are to go. */
export interface Ours {
  haVip(one: HaVipSeen): boolean;
  publicAddress(one: PublicAddressSeen): boolean;
  /** A binding that we made between what is somebody else's. */
  binding(haVip: HaVipSeen): boolean;
  rule(group: string, rule: SecurityRule): boolean;
}

/** Something that is there, and how it goes. */
export interface Removal {
  /** "eip:eip-1", by the cloud's own id. */
  readonly name: string;
  readonly action: CloudAction;
  /** Names of those without which this one would be refused. */
  readonly after: readonly string[];
}

/** What a destroy or a sweep asks: all of the region, whatever the journal remembers. */
export const EVERYTHING: readonly CloudLook[] = [
  { kind: 'ha-vips', network: null },
  { kind: 'public-addresses' },
];

/**
 * What there is to remove, in the order in which it can be: bindings, public addresses (they cost
 * money), HAVIPs, and rules of security groups.
 */
export function removalsOf(seen: CloudSeen, ours: Ours): readonly Removal[] {
  const addresses = seen.publicAddresses.filter((one) => ours.publicAddress(one));
  const haVips = seen.haVips.filter((one) => ours.haVip(one));
  const leads = (one: HaVipSeen) =>
    haVips.includes(one) ||
    ours.binding(one) ||
    addresses.some(({ address }) => address === one.publicAddress);
  const bound = seen.haVips.filter((one) => one.publicAddress !== null && leads(one));
  return [
    ...bound.map(({ id }) => unbinding(id)),
    ...addresses.map((one) => releasing(one, bound)),
    ...haVips.map(({ id }) => deleting(id, bound)),
    ...seen.securityGroups.flatMap(({ id, rules }) => rulesGoing(id, rules, ours)),
  ];
}

const unbinding = (haVip: string): Removal => ({
  name: `eip-binding:${haVip}`,
  action: { kind: 'unbind', haVip },
  after: [],
});

function releasing({ id, address }: PublicAddressSeen, bound: readonly HaVipSeen[]): Removal {
  const first = bound.filter(({ publicAddress }) => publicAddress === address);
  return {
    name: `eip:${id}`,
    action: { kind: 'remove-public-address', publicAddress: id },
    after: first.map((one) => unbinding(one.id).name),
  };
}

function deleting(haVip: string, bound: readonly HaVipSeen[]): Removal {
  const first = bound.filter(({ id }) => id === haVip);
  return {
    name: `ha-vip:${haVip}`,
    action: { kind: 'remove-ha-vip', haVip },
    after: first.map((one) => unbinding(one.id).name),
  };
}

function rulesGoing(group: string, rules: readonly SecurityRule[], ours: Ours): readonly Removal[] {
  const all = rules
    .filter((rule) => ours.rule(group, rule))
    .map(
      ({ direction, description }): Removal => ({
        name: `security-rule:${group}/${direction}/${description}`,
        action: { kind: 'remove-security-rule', group, direction, description },
        after: [],
      }),
    );
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
}

/** Whether the removal is what this step of an undo asks for. */
export function fulfils({ action }: Removal, step: CloudUndo): boolean {
  switch (step.kind) {
    case 'remove':
      return action.kind === (step.what === 'ha-vip' ? 'remove-ha-vip' : 'remove-public-address');
    case 'unbind':
      return action.kind === 'unbind' && action.haVip === step.haVip;
    case 'remove-security-rule':
      return (
        action.kind === 'remove-security-rule' &&
        action.group === step.group &&
        action.direction === step.direction &&
        action.description === step.description
      );
    case 'keep':
      return false;
  }
}
