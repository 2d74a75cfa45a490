import {
  type CloudPlanned,
  type CloudResource,
  type CloudSeen,
  type HaVipSeen,
  type Message,
  message,
  type Outputs,
  type PublicAddressSeen,
  problem,
} from '../model/index.ts';
import { isHeldByUs, laterAfter, laterWithoutHolder } from './cloud-holder.ts';
import { type CloudSession, cloudMarks, cloudName, cloudToken, isOwn } from './cloud-names.ts';

export interface ElasticIpOptions {
  readonly session: CloudSession;
  /** One that the operator has: it is bound, and never given back. */
  readonly existing?: string;
  /** Mbit/s; absent where the account's kind takes none. */
  readonly bandwidth?: number;
  /** Where the HAVIP is. */
  readonly network: string;
  /** The resource whose `id` the address is to be bound to. */
  readonly haVip: string;
  /** The nodes' instances: one of them is to hold the HAVIP before anything is bought. */
  readonly instances: readonly string[];
  /** Yuan, as the cloud says; null: it did not tell. */
  readonly pricePerGigabyte: number | null;
  /** Yuan an hour while nothing holds the address: no call tells it. */
  readonly idlePricePerHour: number;
  readonly generation: number;
}

/** The public address: bought once it has somewhere to lead to, or the operator's own. */
export function elasticIp(options: ElasticIpOptions): CloudResource {
  return {
    id: `eip:${options.existing ?? options.session.cluster}`,
    looks: [{ kind: 'public-addresses' }, { kind: 'ha-vips', network: options.network }],
    plan: (seen, outputs) =>
      options.existing === undefined
        ? planOwn(options, seen, outputs)
        : planExisting(options, options.existing, seen.publicAddresses, outputs),
  };
}

function planOwn(options: ElasticIpOptions, seen: CloudSeen, outputs: Outputs): CloudPlanned {
  const { session, instances, haVip: resource } = options;
  const [own, ...more] = seen.publicAddresses.filter((one) => isOwn(one, session));
  if (own && more.length > 0) {
    const ids = [own, ...more].map(({ id }) => id).join(', ');
    return { kind: 'refused', problem: problem('eip-twice', { ids }) };
  }
  if (own) return settled(own, true);
  const haVip = seen.haVips.find(({ id }) => id === outputs[resource]?.id);
  if (!haVip) return laterAfter(resource, summaryOf(options));
  const theirs = boundElsewhere(haVip);
  if (theirs) return theirs;
  if (!isHeldByUs(haVip, instances)) {
    return laterWithoutHolder(haVip, instances, summaryOf(options));
  }
  return make(options);
}

/** It would be bought for nothing: a HAVIP has one at most. */
function boundElsewhere({ id, publicAddress }: HaVipSeen): CloudPlanned | undefined {
  if (publicAddress === null) return undefined;
  const params = { id, address: publicAddress };
  return { kind: 'refused', problem: problem('ha-vip-bound-elsewhere', params) };
}

function make(options: ElasticIpOptions): CloudPlanned {
  const { session, bandwidth, generation } = options;
  return {
    kind: 'change',
    summary: summaryOf(options),
    owned: true,
    actions: [
      {
        kind: 'make-public-address',
        name: cloudName(session),
        marks: cloudMarks(session),
        token: cloudToken(session, 'eip', generation),
        ...(bandwidth !== undefined && { bandwidth }),
      },
    ],
    undo: [{ kind: 'remove', what: 'public-address', name: cloudName(session) }],
  };
}

/** With what it costs: nobody says yes to a price that they have not seen. */
function summaryOf({ bandwidth, pricePerGigabyte, idlePricePerHour }: ElasticIpOptions): Message {
  const idle = idlePricePerHour;
  if (bandwidth === undefined) return message('eip-make-legacy', { idle });
  if (pricePerGigabyte === null) return message('eip-make-unpriced', { bandwidth, idle });
  return message('eip-make', { bandwidth, price: pricePerGigabyte, idle });
}

function planExisting(
  { haVip }: ElasticIpOptions,
  address: string,
  seen: readonly PublicAddressSeen[],
  outputs: Outputs,
): CloudPlanned {
  const found = seen.find((one) => one.address === address);
  if (!found) return { kind: 'refused', problem: problem('eip-not-there', { address }) };
  const { boundTo } = found;
  if (boundTo !== null && boundTo !== outputs[haVip]?.id) {
    return { kind: 'refused', problem: problem('eip-in-use', { address, by: boundTo }) };
  }
  return settled(found, false);
}

function settled({ id, address }: PublicAddressSeen, owned: boolean): CloudPlanned {
  const reason = message(owned ? 'eip-right' : 'eip-adopted', { address, id });
  return { kind: 'settled', reason, owned, outputs: { id, address } };
}
