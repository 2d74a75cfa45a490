import type { Context } from './context.ts';
import { takeEffect } from './holder.ts';
import type { Claim, HaVip, WorldInstance, WorldNic, WorldRegion } from './types.ts';

/** Claims of a card within this window; more of them are not looked at. */
const LIMIT = { claims: 5, windowMs: 1000 };

export interface Announcement {
  readonly vip: string;
  /** Whose frame it was: by the card's address, or by the machine. */
  readonly mac?: string;
  readonly instanceId?: string;
}

export type ArpReason =
  | 'not-a-havip'
  | 'unknown-sender'
  | 'other-subnet'
  | 'check-associate'
  | 'too-many';

export type ArpAnswer =
  | { readonly accepted: true }
  /** The lab must drop the claim, as the cloud does. */
  | { readonly accepted: false; readonly reason: ArpReason };

interface Sender {
  readonly instance: WorldInstance;
  readonly nic: WorldNic;
}

/** What the cloud makes of gratuitous ARP. It remembers how often each card has announced. */
export class Arp {
  readonly #heard = new Map<string, number[]>();

  announce(context: Context, announcement: Announcement): ArpAnswer {
    const havip = context.state.havips.find(({ vip }) => vip === announcement.vip);
    if (!havip) return no('not-a-havip');
    const sender = senderOf(context, havip, announcement);
    if (!sender) return no('unknown-sender');
    if (sender.nic.subnet !== havip.subnet) return no('other-subnet');
    if (!mayClaim(havip, sender)) return no('check-associate');
    if (!this.#isWithinLimit(sender.nic.eni, context.atMs)) return no('too-many');
    claim(context, havip, sender);
    return { accepted: true };
  }

  #isWithinLimit(eni: string, nowMs: number): boolean {
    const recent = (this.#heard.get(eni) ?? []).filter((at) => at > nowMs - LIMIT.windowMs);
    this.#heard.set(eni, [...recent, nowMs]);
    return recent.length < LIMIT.claims;
  }
}

const no = (reason: ArpReason): ArpAnswer => ({ accepted: false, reason });

function senderOf(
  { world }: Context,
  havip: HaVip,
  { mac, instanceId }: Announcement,
): Sender | undefined {
  const region = world.regions.find((one) => one.region === havip.region) as WorldRegion;
  const senders = region.instances.flatMap((instance) =>
    instance.nics.map((nic) => ({ instance, nic })),
  );
  if (mac !== undefined) {
    return senders.find(({ nic }) => nic.mac.toLowerCase() === mac.toLowerCase());
  }
  const own = senders.filter(({ instance }) => instance.id === instanceId);
  return own.find(({ nic }) => nic.subnet === havip.subnet) ?? own[0];
}

function mayClaim({ checkAssociate, associations }: HaVip, { instance, nic }: Sender): boolean {
  if (!checkAssociate) return true;
  return associations.some(
    ({ InstanceId }) => InstanceId === instance.id || InstanceId === nic.eni,
  );
}

function claim(context: Context, havip: HaVip, { instance, nic }: Sender): void {
  const made: Claim = {
    dueMs: context.atMs + context.pace.arpDelayMs,
    havip: havip.id,
    instance: instance.id,
    eni: nic.eni,
  };
  if (context.pace.arpDelayMs === 0) takeEffect(context, made);
  else context.state.claims.push(made);
}
