import type { Cluster } from '../cluster/index.ts';
import { doneByHand } from '../engine/by-hand.ts';
import { changesToUndo } from '../engine/undo.ts';
import {
  EXIT,
  type JournalRecord,
  message,
  OperatorError,
  type OwnWords,
  ownParams,
  type Params,
  problem,
} from '../model/index.ts';
import { nodesAt } from '../stages/own-steps/plan.ts';
import type { Runbook, RunbookStage } from '../stages/runbook.ts';
import { leftOverHints } from './cloud/left-in-cloud.ts';
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
function sayLeftOver(
  io: Io,
  runbook: Runbook,
  cluster: Cluster,
  records: readonly JournalRecord[],
): void {
  const titles = stepTitles(records);
  const say = (code: string, step: string, more: Params = {}) => {
    const title = titles[step] ?? { en: step, zh: step };
    const text = message(code, { step, ...ownParams('title', title), ...more });
    io.emit({ type: 'progress', stage: '', node: null, text, keep: true });
  };
  for (const step of changedStages(records)) {
    const stage = runbook.stages.find(({ id }) => id === step);
    if (!stage) say('step-left-over', step);
    else for (const node of leftNodes(stage, cluster, records)) say('step-left-on', step, { node });
  }
}

/** Where a command was run, that is not to be run there any more, on a node that is still in the cluster. */
function leftNodes(
  { id, own }: RunbookStage,
  cluster: Cluster,
  records: readonly JournalRecord[],
): readonly string[] {
  if (own?.kind !== 'command') return [];
  const meant = nodesAt(cluster, own.command.on).map(({ name }) => name as string);
  const done = changesToUndo(records, [id]).filter(({ resource }) =>
    resource.startsWith('command:'),
  );
  const nodes = cluster.nodes
    .map(({ name }) => name as string)
    .filter((name) => !meant.includes(name));
  return nodes.filter((name) => done.some(({ node }) => node === name));
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
  cluster: Cluster,
  records: readonly JournalRecord[],
): void {
  verifyStages(asked, runbook);
  sayLeftOver(io, runbook, cluster, records);
  for (const hint of leftOverHints(cluster, records)) io.emit(hint);
}
