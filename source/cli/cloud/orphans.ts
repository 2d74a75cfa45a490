import { thingsInUse } from '../../engine/cloud/own.ts';
import { cloudChangesToUndo } from '../../engine/cloud/records.ts';
import type { CloudOrphan, Living } from '../../engine/cloud/sweep.ts';
import { IDLE_YUAN_PER_HOUR, type JournalRecord, type OrphanFields } from '../../model/index.ts';
import { sessionMark } from '../../resources/cloud-names.ts';
import type { KnownSession } from './sessions.ts';

type RecordOf<Type extends JournalRecord['type']> = Extract<JournalRecord, { type: Type }>;

/** What is written on what a session makes. */
function markOf(records: readonly JournalRecord[]): string | undefined {
  const created = records.find(
    (record): record is RecordOf<'session-created'> => record.type === 'session-created',
  );
  return created && sessionMark(created.id);
}

/** Who will give back what is theirs: sessions with something in a cloud, and such as are at work now. */
export function living(sessions: readonly KnownSession[]): Living {
  const live = sessions.filter(
    ({ records, isBusy }) => isBusy || cloudChangesToUndo(records).length > 0,
  );
  return {
    sessions: live.flatMap(({ records }) => markOf(records) ?? []),
    things: live.flatMap(({ records }) => thingsInUse(records)),
  };
}

/** Where these sessions made things, and in whose account. */
export function placesOf(sessions: readonly KnownSession[]) {
  const chosen = sessions.flatMap(({ records }) =>
    records.filter((one): one is RecordOf<'cloud-chosen'> => one.type === 'cloud-chosen'),
  );
  return {
    regions: [...new Set(chosen.map(({ region }) => region))],
    accounts: [...new Set(chosen.map(({ account }) => account).filter(Boolean))],
  };
}

/** What it is, where, whose, and what it costs. */
export function orphanFields(region: string, orphan: CloudOrphan): OrphanFields {
  const { what, id, address, session, usedBy, since } = orphan;
  const isIdle = what === 'public-address' && usedBy === null;
  const yuanPerHour = isIdle ? IDLE_YUAN_PER_HOUR : 0;
  return { what, id, address, region, session, usedBy, since, yuanPerHour };
}
