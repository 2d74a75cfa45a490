import type { JournalRecord } from './records.ts';

type RecordOf<Type extends JournalRecord['type']> = Extract<JournalRecord, { type: Type }>;
export type CloudIntent = RecordOf<'cloud-intent'>;
export type CloudOutcome = RecordOf<'cloud-outcome'>;

/** A change of the cloud, as far as the journal knows. */
export interface CloudChange {
  readonly intent: CloudIntent;
  /** The last that was learnt; undefined: the run ended before it was. */
  readonly outcome: CloudOutcome | undefined;
  /** When it was taken back as a whole, ISO 8601; undefined: it was not. */
  readonly undoneAt: string | undefined;
}

/** All changes of the cloud, the oldest first. */
export function cloudChanges(records: readonly JournalRecord[]): readonly CloudChange[] {
  const outcomes = new Map<string, CloudOutcome>();
  const undone = new Map<string, string | undefined>();
  for (const record of records) {
    if (record.type === 'cloud-outcome') outcomes.set(record.change, record);
    if (record.type === 'cloud-undone')
      undone.set(record.change, record.left.length === 0 ? record.at : undefined);
  }
  return records
    .filter((record): record is CloudIntent => record.type === 'cloud-intent')
    .map((intent) => ({
      intent,
      outcome: outcomes.get(intent.change),
      undoneAt: undone.get(intent.change),
    }));
}
