import { doneByHand, undoByHand } from '../../engine/by-hand.ts';
import { changesToUndo, type Intent, undo as undoChanges } from '../../engine/undo.ts';
import { EXIT, type JournalRecord } from '../../model/index.ts';
import { keptInCloud, keptInCloudHints } from '../cloud/left-in-cloud.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { giveUp } from '../leaving/leave.ts';
import { withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { askConsent, notConfirmed, sayDigest, verifyConsent } from './consent.ts';
import { keptDataHints } from './kept-data.ts';

/** Puts back what this session changed on the nodes. */
export async function undo(
  io: Io,
  invocation: Extract<Invocation, { command: 'undo' }>,
): Promise<Outcome> {
  const { options, packages } = invocation;
  verifyConsent(io, options.yes, 'undo');
  return withRun(
    io,
    { command: 'undo', options, lock: true, planless: true },
    async ({ ports, leaving }) => {
      const silent = leaving.gone.map(({ name }) => name);
      const isThere = ({ node }: Intent) => !silent.some((name) => name === node);
      const due = changesToUndo(ports.journal.records(), options.stages).filter(isThere);
      const parts = due.flatMap(({ stage, node, parts: all }) =>
        all.map(() => ({ stage, node, effect: 'none' as const })),
      );
      const changes = parts.length;
      if (changes > 0) sayDigest(io, options.yes, 'undo-digest', parts);
      if (changes > 0 && !(await askConsent(io, options.yes, 'ask-undo', { changes })))
        throw notConfirmed();
      const { undone, left, kept } = await undoChanges({
        ports,
        stages: options.stages,
        removePackages: packages,
        only: isThere,
      });
      const byHand = await undoByHand(dueByHand(ports.journal.records(), options.stages), ports);
      const inCloud = options.stages.length > 0 ? [] : ports.journal.records();
      for (const hint of [...keptDataHints(kept), ...keptInCloudHints(inCloud)]) io.emit(hint);
      // Nobody answers there: what was changed there stays, for ever as far as we can know.
      await giveUp(ports, leaving);
      const all = [...left, ...silent.map((name) => `${name}:*`)];
      const ok = all.length === 0;
      return {
        exitCode: ok ? EXIT.done : EXIT.failed,
        fields: { ok, undone, left: all, kept: [...kept, ...keptInCloud(inCloud), ...byHand] },
      };
    },
  );
}

/** Of the named stages; of all if none is named. */
function dueByHand(records: readonly JournalRecord[], stages: readonly string[]) {
  return doneByHand(records).filter(({ step }) => stages.length === 0 || stages.includes(step));
}
