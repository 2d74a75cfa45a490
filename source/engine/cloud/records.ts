import type { JournalRecord, Outputs } from '../../model/index.ts';

type RecordOf<Type extends JournalRecord['type']> = Extract<JournalRecord, { type: Type }>;
export type CloudIntent = RecordOf<'cloud-intent'>;
export type CloudOutcome = RecordOf<'cloud-outcome'>;

/** A change of the cloud, as far as the journal knows. */
export interface CloudChange {
  readonly intent: CloudIntent;
  /** The last that was learnt; undefined: the run ended before it was. */
  readonly outcome: CloudOutcome | undefined;
  readonly isUndone: boolean;
}

/** All changes of the cloud, the oldest first. */
export function cloudChanges(records: readonly JournalRecord[]): readonly CloudChange[] {
  const outcomes = new Map<string, CloudOutcome>();
  const undone = new Map<string, boolean>();
  for (const record of records) {
    if (record.type === 'cloud-outcome') outcomes.set(record.change, record);
    if (record.type === 'cloud-undone') undone.set(record.change, record.left.length === 0);
  }
  return records
    .filter((record): record is CloudIntent => record.type === 'cloud-intent')
    .map((intent) => ({
      intent,
      outcome: outcomes.get(intent.change),
      isUndone: undone.get(intent.change) ?? false,
    }));
}

/** Those that have not been taken back, the newest first. */
export function cloudChangesToUndo(records: readonly JournalRecord[]): readonly CloudChange[] {
  return cloudChanges(records)
    .filter(({ isUndone }) => !isUndone)
    .reverse();
}

/** Its end was never learnt: it may have been done. */
export function isOpen({ outcome }: CloudChange): boolean {
  return outcome === undefined || outcome.state === 'unknown';
}

/**
 * What came out of earlier runs, by resource: for a run of one stage alone. Whoever reads it looks
 * whether what it names is still there.
 */
export function outputsOf(records: readonly JournalRecord[]): Outputs {
  const known = cloudChanges(records).flatMap(({ intent, outcome, isUndone }) =>
    outcome?.state === 'done' && !isUndone ? [[intent.resource, outcome.outputs] as const] : [],
  );
  return Object.fromEntries(known);
}

/** Whose id this session has taken over, on a word, for a resource: it need not be said again. */
export function adoptedId(records: readonly JournalRecord[], resource: string): string | undefined {
  const taken = cloudChangesToUndo(records).filter(
    ({ intent }) => intent.resource === resource && !intent.owned,
  );
  return taken.map(({ outcome }) => outcome?.outputs.id).find((id) => id !== undefined);
}

const MAKES = { havip: 'make-ha-vip', eip: 'make-public-address' } as const;

/**
 * Which token a make has: another one only after a make that is proven to have failed, or that was
 * taken back. As long as one may have been done, the same request is made again.
 */
export function generationOf(records: readonly JournalRecord[], step: keyof typeof MAKES): number {
  return cloudChanges(records).filter(
    ({ intent, outcome, isUndone }) =>
      intent.actions.some(({ kind }) => kind === MAKES[step]) &&
      (isUndone || outcome?.state === 'failed'),
  ).length;
}
