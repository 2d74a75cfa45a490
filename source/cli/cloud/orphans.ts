import { cloudChangesToUndo } from '../../engine/cloud/records.ts';
import {
  type CloudAction,
  type CloudOrphan,
  type CloudSeen,
  IDLE_YUAN_PER_HOUR,
  type JournalRecord,
} from '../../model/index.ts';

/** A session of this computer, as far as it may still own something in a cloud. */
export interface KnownSession {
  readonly name: string;
  readonly records: readonly JournalRecord[];
  /** Somebody works on it now: what its journal says is not its last word. */
  readonly isBusy: boolean;
}

type RecordOf<Type extends JournalRecord['type']> = Extract<JournalRecord, { type: Type }>;

/** What is written on what a session makes. */
export function markOf(records: readonly JournalRecord[]): string | undefined {
  const created = records.find(
    (record): record is RecordOf<'session-created'> => record.type === 'session-created',
  );
  return created?.id.slice(0, 12);
}

/** Sessions that will give back what is theirs: their marks. */
export function liveMarks(sessions: readonly KnownSession[]): ReadonlySet<string> {
  return new Set(
    sessions.flatMap(({ records, isBusy }) => {
      const mark = markOf(records);
      const isLive = isBusy || cloudChangesToUndo(records).length > 0;
      return mark !== undefined && isLive ? [mark] : [];
    }),
  );
}

/** Where these sessions made things, and in whose account. */
export function placesOf(sessions: readonly KnownSession[]) {
  const chosen = sessions.flatMap(({ records }) =>
    records.filter((one): one is RecordOf<'cloud-chosen'> => one.type === 'cloud-chosen'),
  );
  return {
    regions: [...new Set(chosen.map(({ region }) => region))],
    accounts: [...new Set(chosen.map(({ account }) => account))],
  };
}

/** Who made it, by its mark; where marks were refused, by its name: `iamha-<cluster>-<session>`. */
function ownerOf({ name, session }: { readonly name: string; readonly session: string | null }) {
  return session ?? /^iamha-.*-([0-9a-f]{12})$/.exec(name)?.[1];
}

/** What carries a session's mark that is not live here. Public addresses first: they cost. */
export function orphansIn(
  region: string,
  { haVips, publicAddresses }: CloudSeen,
  live: ReadonlySet<string>,
): readonly CloudOrphan[] {
  const isOrphan = (session: string | undefined) => session !== undefined && !live.has(session);
  const addresses = publicAddresses.map((one): CloudOrphan => {
    const { id, address, boundTo, madeAt } = one;
    const yuanPerHour = boundTo === null ? IDLE_YUAN_PER_HOUR : 0;
    const about = { id, address, region, session: ownerOf(one) ?? '', since: madeAt };
    return { kind: 'public-address', ...about, yuanPerHour };
  });
  const vips = haVips.map((one): CloudOrphan => {
    const about = { id: one.id, address: one.address, region, session: ownerOf(one) ?? '' };
    return { kind: 'ha-vip', ...about, since: null, yuanPerHour: 0 };
  });
  return [...addresses, ...vips].filter(({ session }) => isOrphan(session || undefined));
}

/** What takes it away, in order: nothing goes while something leads to it. */
export function removalOf(orphan: CloudOrphan, { haVips }: CloudSeen): readonly CloudAction[] {
  if (orphan.kind === 'ha-vip') {
    const isBound = haVips.some(({ id, publicAddress }) => id === orphan.id && publicAddress);
    const unbind: CloudAction = { kind: 'unbind', haVip: orphan.id };
    return [...(isBound ? [unbind] : []), { kind: 'remove-ha-vip', haVip: orphan.id }];
  }
  const leads = haVips.filter(({ publicAddress }) => publicAddress === orphan.address);
  return [
    ...leads.map(({ id }): CloudAction => ({ kind: 'unbind', haVip: id })),
    { kind: 'remove-public-address', publicAddress: orphan.id },
  ];
}
