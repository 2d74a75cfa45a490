import type { JournalRecord } from '../../model/index.ts';

/** How a session's journal says that a stage stands; what is true only the machines know. */
export interface Progress {
  /** Stages that were carried out to their end and found right, and not taken back since. */
  readonly done: ReadonlySet<string>;
  /** Whether anything was ever begun on a node. */
  readonly begun: boolean;
  /** When something was last written, milliseconds since the epoch; absent: nothing ever. */
  readonly lastMs?: number;
}

const stageOf = (change: string) => change.slice(0, change.indexOf('/'));

/** What a journal says, read from its first record to its last. */
export function progressOf(records: readonly JournalRecord[]): Progress {
  const done = new Set<string>();
  const begun = new Set<string>();
  const bad = new Set<string>();
  for (const record of records) {
    switch (record.type) {
      case 'run-started':
        bad.clear();
        break;
      case 'intent':
        begun.add(record.stage);
        done.delete(record.stage);
        break;
      case 'cloud-intent':
        // what is only taken as it is begins nothing
        if (record.actions.length === 0) break;
        begun.add(record.stage);
        done.delete(record.stage);
        break;
      case 'undone':
      case 'cloud-undone':
        done.delete(stageOf(record.change));
        break;
      case 'stage-done':
        done.add(record.stage);
        break;
      case 'checked':
        onChecked(record, { done, begun, bad });
        break;
    }
  }
  const last = records.at(-1);
  return { done, begun: begun.size > 0, ...(last && { lastMs: Date.parse(last.at) }) };
}

interface Seen {
  readonly done: Set<string>;
  readonly begun: Set<string>;
  /** Stages with a check that failed in this run. */
  readonly bad: Set<string>;
}

/** A stage that changes nothing is done when its checks have passed. */
function onChecked(
  { stage, verdict }: Extract<JournalRecord, { type: 'checked' }>,
  { done, begun, bad }: Seen,
): void {
  if (verdict === 'failed' || verdict === 'unknown') {
    bad.add(stage);
    if (!begun.has(stage)) done.delete(stage);
  } else if (!begun.has(stage) && !bad.has(stage)) done.add(stage);
}
