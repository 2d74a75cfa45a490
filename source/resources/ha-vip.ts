import {
  type CloudPlanned,
  type CloudResource,
  type CloudSeen,
  type CloudUndo,
  type HaVipSeen,
  message,
  problem,
} from '../model/index.ts';
import { type CloudSession, cloudMarks, cloudName, cloudToken, isOwn } from './cloud-names.ts';

export interface HaVipOptions {
  readonly session: CloudSession;
  readonly network: string;
  readonly subnet: string;
  /** `auto`: one that is free. */
  readonly address: string;
  /** The nodes' instances: only they may hold it. */
  readonly instances: readonly string[];
  /** The operator said that one which is there may be taken. */
  readonly adopt: boolean;
  /** The id of the one that was taken before: for that one it need not be said again. */
  readonly adopted?: string | undefined;
  /** The operator's own public address that is to lead to it: one that is adopted may be bound to it. */
  readonly publicAddress?: string;
  readonly generation: number;
}

/** The address that keepalived moves, in the cloud: made, or taken as it is. */
export function haVip(options: HaVipOptions): CloudResource {
  return {
    id: `ha-vip:${options.address}`,
    looks: [{ kind: 'ha-vips', network: options.network }, { kind: 'public-addresses' }],
    plan: (seen) => plan(options, seen),
  };
}

function plan(options: HaVipOptions, all: CloudSeen): CloudPlanned {
  const { haVips: seen } = all;
  const { session, address } = options;
  const [own, ...more] = seen.filter((one) => isOwn(one, session));
  if (own && more.length > 0) {
    const ids = [own, ...more].map(({ id }) => id).join(', ');
    return { kind: 'refused', problem: problem('ha-vip-twice', { ids }) };
  }
  if (own) return planOwn(options, own);
  const there = seen.find((one) => one.address === address);
  return there ? planForeign(options, there, all) : make(options);
}

function planOwn(options: HaVipOptions, own: HaVipSeen): CloudPlanned {
  const { address, subnet } = options;
  if ((address !== 'auto' && own.address !== address) || own.subnet !== subnet) {
    const params = { id: own.id, address: own.address, subnet: own.subnet };
    return { kind: 'refused', problem: problem('ha-vip-elsewhere', params) };
  }
  return settledOrAllowed(options, own, true);
}

/** Somebody else's: only on a word, and only if it leads nowhere and nobody else holds it. */
function planForeign(options: HaVipOptions, there: HaVipSeen, all: CloudSeen): CloudPlanned {
  const { id, name, address, holder, publicAddress, subnet } = there;
  const params = { id, name, address };
  if (subnet !== options.subnet) {
    return {
      kind: 'refused',
      problem: problem('ha-vip-elsewhere', { id, address, subnet }),
    };
  }
  const isHeld = holder !== null && !options.instances.includes(holder);
  const isLed = publicAddress !== null && !isOurs(options, publicAddress, all);
  if (isLed || isHeld) {
    const by = isLed ? publicAddress : (holder ?? '');
    return { kind: 'refused', problem: problem('ha-vip-in-use', { ...params, by }) };
  }
  if (!options.adopt && id !== options.adopted)
    return { kind: 'refused', problem: problem('ha-vip-foreign', params) };
  return settledOrAllowed(options, there, false);
}

/** What we have bound to it ourselves is nobody else's use of it. */
function isOurs(options: HaVipOptions, address: string, { publicAddresses }: CloudSeen): boolean {
  if (address === options.publicAddress) return true;
  return publicAddresses.some((one) => one.address === address && isOwn(one, options.session));
}

/** One whose set lacks a node is made whole: that node's announcements would go unheard. */
function settledOrAllowed(options: HaVipOptions, seen: HaVipSeen, owned: boolean): CloudPlanned {
  const { id, address, mayHold } = seen;
  const lacking = mayHold ? options.instances.filter((one) => !mayHold.includes(one)) : [];
  if (lacking.length === 0) {
    const reason = message(owned ? 'ha-vip-right' : 'ha-vip-adopted', { address, id });
    return { kind: 'settled', reason, owned, outputs: { id, address } };
  }
  return {
    kind: 'change',
    summary: message('ha-vip-allow', { address, instances: lacking.join(', ') }),
    owned,
    actions: [{ kind: 'allow-holders', haVip: id, instances: lacking }],
    undo: [undoOf(options, owned, id)],
  };
}

function undoOf({ session }: HaVipOptions, owned: boolean, id: string): CloudUndo {
  if (!owned) return { kind: 'keep', what: `ha-vip:${id}` };
  return { kind: 'remove', what: 'ha-vip', name: cloudName(session) };
}

function make(options: HaVipOptions): CloudPlanned {
  const { session, network, subnet, address, instances, generation } = options;
  return {
    kind: 'change',
    summary:
      address === 'auto'
        ? message('ha-vip-make-auto', { subnet })
        : message('ha-vip-make', { address, subnet }),
    owned: true,
    actions: [
      {
        kind: 'make-ha-vip',
        name: cloudName(session),
        marks: cloudMarks(session),
        token: cloudToken(session, 'havip', generation),
        network,
        subnet,
        ...(address !== 'auto' && { address }),
        mayHold: instances,
      },
    ],
    undo: [{ kind: 'remove', what: 'ha-vip', name: cloudName(session) }],
  };
}
