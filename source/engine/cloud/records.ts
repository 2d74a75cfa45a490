import {
  type CloudChange,
  cloudChanges,
  type JournalRecord,
  type Outputs,
} from '../../model/index.ts';

/** Those that have not been taken back, the newest first. */
export function cloudChangesToUndo(records: readonly JournalRecord[]): readonly CloudChange[] {
  return cloudChanges(records)
    .filter(({ undoneAt }) => undoneAt === undefined)
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
  const known = cloudChanges(records).flatMap(({ intent, outcome, undoneAt }) =>
    outcome?.state === 'done' && undoneAt === undefined
      ? [[intent.resource, outcome.outputs] as const]
      : [],
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
    ({ intent, outcome, undoneAt }) =>
      intent.actions.some(({ kind }) => kind === MAKES[step]) &&
      (undoneAt !== undefined || outcome?.state === 'failed'),
  ).length;
}
