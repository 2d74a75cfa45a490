import {
  type CloudPort,
  type CloudSeen,
  type HaVipSeen,
  OperatorError,
  type Problem,
  type PublicAddressSeen,
} from '../../model/index.ts';
import { EVERYTHING, type Ours, type Removal, removalsOf } from './removals.ts';
import { type Remover, removeAll, stillThere, type Told } from './remove.ts';

/** Something that a session made whose journal nobody has any more. */
export interface CloudOrphan {
  readonly what: 'ha-vip' | 'public-address';
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Of the session that made it. */
  readonly session: string;
  /** Who holds it, or what it leads to: it may be in use. */
  readonly usedBy: string | null;
  /** When it was made, or moved last, ISO 8601; null: not told. */
  readonly since: string | null;
}

/** What is not an orphan. */
export interface Living {
  /** The marks of sessions that have a journal. */
  readonly sessions: readonly string[];
  /** Ids of what those sessions use, which another may have made; see `thingsInUse`. */
  readonly things: readonly string[];
}

/**
 * Everything in a region that has a mark of ours, and no session: the journal of the one that made it is
 * lost. What leads to something that lives is none.
 *
 * @param seen what a look at {@link EVERYTHING} came to
 */
export function orphansOf(seen: CloudSeen, living: Living): readonly CloudOrphan[] {
  const isLost = ({ id, session }: HaVipSeen | PublicAddressSeen) =>
    session !== null && !living.sessions.includes(session) && !living.things.includes(id);
  const lives = (haVip: HaVipSeen) =>
    living.things.includes(haVip.id) || living.sessions.includes(haVip.session ?? '');
  const alive = new Set(seen.haVips.filter(lives).map(({ id }) => id));
  const haVips = seen.haVips.filter(isLost).map(
    ({ id, name, address, session, holder, publicAddress, movedAt }): CloudOrphan => ({
      ...{ what: 'ha-vip', id, name, address, session: session as string },
      ...{ usedBy: publicAddress ?? holder, since: movedAt },
    }),
  );
  const addresses = seen.publicAddresses
    .filter((one) => isLost(one) && !alive.has(one.boundTo ?? ''))
    .map(
      ({ id, name, address, session, boundTo, madeAt }): CloudOrphan => ({
        ...{ what: 'public-address', id, name, address, session: session as string },
        ...{ usedBy: boundTo, since: madeAt },
      }),
    );
  return [...haVips, ...addresses];
}

export interface Swept {
  /** By the cloud's own ids. */
  readonly removed: readonly string[];
  readonly left: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Removes these, as far as they still have the mark with which they were found: unbinds, releases,
 * deletes, goes on past what will not go, and asks the cloud what is left at the end.
 *
 * @throws OperatorError when the cloud does not say what is there; InterruptedError between two removals
 */
export async function removeOrphans(
  remover: Remover,
  orphans: readonly CloudOrphan[],
  told: Told,
): Promise<Swept> {
  const look = async () => removalsOf(await lookAtAll(remover.cloud), oursOf(orphans));
  const removals = await look();
  const { stuck, problems } = await removeAll(removals, remover, told);
  const left = (await stillThere(look, stuck, remover)).map(nameOf);
  const removed = removals.map(nameOf).filter((name) => !left.includes(name));
  return { removed, left, problems };
}

const nameOf = ({ name }: Removal) => name;

function oursOf(orphans: readonly CloudOrphan[]): Ours {
  const isOne = (what: CloudOrphan['what']) => (seen: HaVipSeen | PublicAddressSeen) =>
    orphans.some((one) => one.what === what && one.id === seen.id && one.session === seen.session);
  return {
    haVip: isOne('ha-vip'),
    publicAddress: isOne('public-address'),
    binding: () => false,
    rule: () => false,
  };
}

async function lookAtAll(cloud: CloudPort): Promise<CloudSeen> {
  const seen = await cloud.look(EVERYTHING);
  if ('problem' in seen) throw new OperatorError(seen.problem);
  return seen;
}
