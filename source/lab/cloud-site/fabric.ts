import type { Context } from '../cloud/context.ts';
import type { HaVip, WorldInstance } from '../cloud/types.ts';
import { ingressOf, nftRules } from './group-rules.ts';
import { PUBLIC_RANGE } from './places.ts';

type Seen = Pick<Context, 'world' | 'state'>;

/** Where the router sends what is for a HAVIP, and what it lets in from outside. */
export interface Fabric {
  /** For `nft -f`: replaces all of the cloud's rules at once. */
  readonly rules: string;
  /** The card of each HAVIP's holder, by the HAVIP's address. */
  readonly neighbours: Readonly<Record<string, string>>;
}

interface Bound {
  readonly eip: string;
  readonly vip: string;
  readonly holder: WorldInstance | undefined;
}

const instancesOf = ({ world }: Seen) => world.regions.flatMap((region) => region.instances);

/**
 * The cloud's view as the router's rules. Pure.
 *
 * What is for a bound EIP goes to its HAVIP; the groups of the holder's instance say what of it comes
 * in, first rule first; without a holder nothing does. Answers need no rule, as in any cloud. What was
 * let in stays let in when a rule goes, but not when the EIP is unbound or the holder is gone.
 */
export function fabricOf(seen: Seen): Fabric {
  const bound = boundOf(seen);
  const rules = [
    'table inet lab_cloud',
    'delete table inet lab_cloud',
    'table inet lab_cloud {',
    ...chain('to_havip', 'nat hook prerouting priority dstnat', bound.map(translation)),
    // Nobody answers for an address that is not bound: not even the router, that it knows no way.
    ...chain('unbound', 'filter hook prerouting priority dstnat + 10', [
      `iifname "wan" ip daddr ${PUBLIC_RANGE} drop`,
    ]),
    ...bound.flatMap((one, index) => groupChain(seen, one, index)),
    ...chain('from_outside', 'filter hook forward priority filter - 10', [
      ...bound.flatMap(entrance),
      `iifname "wan" ct original ip daddr ${PUBLIC_RANGE} drop`,
    ]),
    '}',
  ];
  return { rules: `${rules.join('\n')}\n`, neighbours: neighboursOf(seen) };
}

function boundOf(seen: Seen): readonly Bound[] {
  return seen.state.havips.flatMap((havip) =>
    havip.eip ? [{ eip: havip.eip, vip: havip.vip, holder: holderOf(seen, havip) }] : [],
  );
}

function holderOf(seen: Seen, { holder }: HaVip): WorldInstance | undefined {
  return holder && instancesOf(seen).find(({ id }) => id === holder.instance);
}

const translation = ({ eip, vip }: Bound) => `iifname "wan" ip daddr ${eip} dnat ip to ${vip}`;

function entrance({ eip, holder }: Bound, index: number): readonly string[] {
  const toIt = `iifname "wan" ct original ip daddr ${eip}`;
  if (!holder) return [`${toIt} drop`];
  return [`${toIt} ct state established,related accept`, `${toIt} jump groups_${index}`];
}

function groupChain(seen: Seen, { holder }: Bound, index: number): readonly string[] {
  if (!holder) return [];
  const { world, state } = seen;
  const members = (group: string) =>
    instancesOf(seen)
      .filter(({ securityGroups }) => securityGroups.includes(group))
      .flatMap(({ nics }) => nics.map(({ ip }) => ip));
  const rules = holder.securityGroups
    .flatMap((group) => ingressOf(world, state.securityGroups, group))
    .flatMap((policy) => nftRules(policy, members));
  return [`  chain groups_${index} {`, ...[...rules, 'drop'].map((rule) => `    ${rule}`), '  }'];
}

function chain(name: string, hook: string, rules: readonly string[]): readonly string[] {
  const head = `    type ${hook}; policy accept;`;
  return [`  chain ${name} {`, head, ...rules.map((rule) => `    ${rule}`), '  }'];
}

function neighboursOf(seen: Seen): Readonly<Record<string, string>> {
  const cards = seen.state.havips.flatMap((havip) => {
    const nic = holderOf(seen, havip)?.nics.find(({ eni }) => eni === havip.holder?.eni);
    return nic ? [[havip.vip, nic.mac] as const] : [];
  });
  return Object.fromEntries(cards);
}
