import {
  type CloudPlanned,
  type CloudResource,
  message,
  type Outputs,
  type PublicAddressSeen,
  problem,
} from '../model/index.ts';
import { type CloudSession, cloudMarks, cloudName, cloudToken, isOwn } from './cloud-names.ts';

export interface ElasticIpOptions {
  readonly session: CloudSession;
  /** One that the operator has: it is bound, and never given back. */
  readonly existing?: string;
  /** Mbit/s; absent where the account's kind takes none. */
  readonly bandwidth?: number;
  /** The resource whose `id` the address is to be bound to. */
  readonly haVip: string;
  readonly generation: number;
}

/** The public address: bought, or the operator's own. */
export function elasticIp(options: ElasticIpOptions): CloudResource {
  return {
    id: `eip:${options.existing ?? options.session.cluster}`,
    looks: [{ kind: 'public-addresses' }],
    plan: ({ publicAddresses }, outputs) =>
      options.existing === undefined
        ? planOwn(options, publicAddresses)
        : planExisting(options, options.existing, publicAddresses, outputs),
  };
}

function planOwn(options: ElasticIpOptions, seen: readonly PublicAddressSeen[]): CloudPlanned {
  const { session, bandwidth, generation } = options;
  const [own, ...more] = seen.filter((one) => isOwn(one, session));
  if (own && more.length > 0) {
    const ids = [own, ...more].map(({ id }) => id).join(', ');
    return { kind: 'refused', problem: problem('eip-twice', { ids }) };
  }
  if (own) return settled(own, true);
  return {
    kind: 'change',
    summary: message('eip-make'),
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
