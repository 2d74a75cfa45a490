import { doneByHand } from '../engine/by-hand.ts';
import { changesToUndo } from '../engine/undo.ts';
import {
  EXIT,
  type JournalRecord,
  message,
  OperatorError,
  type OwnWords,
  ownParams,
  problem,
} from '../model/index.ts';
import type { Runbook } from '../stages/runbook.ts';
import type { Io } from './io.ts';

/** The last known titles of the steps that this session's runbooks had, by id. */
function stepTitles(records: readonly JournalRecord[]): Readonly<Record<string, OwnWords>> {
  return Object.assign(
    {},
    ...records.map((record) => (record.type === 'runbook-chosen' ? record.titles : {})),
  );
}

/** The stages that this session has changed something in, or had somebody do. */
function changedStages(records: readonly JournalRecord[]): readonly string[] {
  const changes = changesToUndo(records, []).map(({ stage }) => stage);
  return [...new Set([...changes, ...doneByHand(records).map(({ step }) => step)])];
}

/** What the runbook had once, and has no more, is still as it was done: that is said. */
function sayLeftOver(io: Io, runbook: Runbook, records: readonly JournalRecord[]): void {
  const titles = stepTitles(records);
  for (const step of changedStages(records)) {
    if (runbook.stages.some(({ id }) => id === step)) continue;
    const title = titles[step] ?? { en: step, zh: step };
    const text = message('step-left-over', { step, ...ownParams('title', title) });
    io.emit({ type: 'progress', stage: '', node: null, text, keep: true });
  }
}

/**
 * `--stage` names stages of the runbook; for an undo also those that the session has changed something in.
 *
 * @throws OperatorError, exit 64
 */
export function verifyStages(
  asked: readonly string[],
  runbook: Runbook,
  records: readonly JournalRecord[] = [],
): void {
  const ids = runbook.stages.map(({ id }) => id);
  const known = [...ids, ...changedStages(records)];
  const found = asked.find((id) => !known.includes(id));
  if (found === undefined) return;
  const params = { found, runbook: runbook.id, known: ids.join(', ') };
  throw new OperatorError(problem('stage-not-in-runbook', params), EXIT.usage);
}

/** Before a plan: whether its stages are the runbook's, and what the runbook has no more. */
export function meetRunbook(
  io: Io,
  asked: readonly string[],
  runbook: Runbook,
  records: readonly JournalRecord[],
): void {
  verifyStages(asked, runbook);
  sayLeftOver(io, runbook, records);
}
