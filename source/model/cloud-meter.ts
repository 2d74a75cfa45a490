import { idleCost } from './cloud-prices.ts';
import { type CloudIntent, cloudChanges } from './journal/cloud-changes.ts';
import type { JournalRecord } from './journal/records.ts';

/** A public address that a session has bought, as its journal tells its life. */
export interface AddressMeter {
  readonly address: string;
  readonly id: string;
  /** ISO 8601, as all times here. */
  readonly boughtAt: string;
  /** Since when it leads somewhere; absent: it does not, now. */
  readonly boundAt?: string;
  /** When it was given back. */
  readonly releasedAt?: string;
  /** How long it led nowhere, up to now or to when it was given back. */
  readonly idleMs: number;
  /** Yuan, for that time. */
  readonly idleCost: number;
}

interface Life {
  /** When it was done, as far as is known. */
  readonly at: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly undoneAt: string | undefined;
}

/** The changes with such an action that were not proven to have failed. */
function livesOf(records: readonly JournalRecord[], kind: string): readonly Life[] {
  return cloudChanges(records)
    .filter(
      ({ intent, outcome }) =>
        intent.actions.some((action) => action.kind === kind) && outcome?.state !== 'failed',
    )
    .map(({ intent, outcome, undoneAt }) => {
      return { at: doneAt(intent, records), outputs: outcome?.outputs ?? {}, undoneAt };
    });
}

/** A run that was killed may have learnt it days later: then it was when the cloud was asked. */
function doneAt({ change, at, n }: CloudIntent, records: readonly JournalRecord[]): string {
  const later = records.filter((one) => one.n > n);
  const next = later.findIndex((one) => one.type === 'run-started');
  const sameRun = next < 0 ? later : later.slice(0, next);
  const done = sameRun.find(
    (one) => one.type === 'cloud-outcome' && one.change === change && one.state === 'done',
  );
  return done?.at ?? at;
}

/**
 * What was paid for: from when it was bought until it was bound, and whenever it was not. What only the
 * cloud knows (that it was bound to an address which no node held) is not in it.
 */
export function addressMeters(
  records: readonly JournalRecord[],
  nowMs: number,
): readonly AddressMeter[] {
  const binds = livesOf(records, 'bind');
  return livesOf(records, 'make-public-address').map(({ at, outputs, undoneAt }) => {
    const from = Date.parse(at);
    const to = undoneAt === undefined ? nowMs : Date.parse(undoneAt);
    const mine = binds.filter(
      (bind) => bind.at >= at && (undoneAt === undefined || bind.at < undoneAt),
    );
    const idleMs = Math.max(0, to - from - boundMs(mine, to));
    const open =
      undoneAt === undefined ? mine.find((bind) => bind.undoneAt === undefined) : undefined;
    return {
      address: outputs.address ?? '',
      id: outputs.id ?? '',
      boughtAt: at,
      ...(open && { boundAt: open.at }),
      ...(undoneAt !== undefined && { releasedAt: undoneAt }),
      idleMs,
      idleCost: idleCost(idleMs),
    };
  });
}

/** How long one of them held, up to `toMs`. It leads to one place at a time. */
function boundMs(binds: readonly Life[], toMs: number): number {
  let total = 0;
  let until = 0;
  for (const { at, undoneAt } of binds.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const from = Math.max(Date.parse(at), until);
    const to = Math.min(undoneAt === undefined ? toMs : Date.parse(undoneAt), toMs);
    total += Math.max(0, to - from);
    until = Math.max(until, to);
  }
  return total;
}
