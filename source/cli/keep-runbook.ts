import { rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { type SessionPaths, writing } from '../drivers/session/store.ts';
import type { JournalPort } from '../model/index.ts';
import { type OpenedRunbook, runbookHash } from './runbook-file.ts';

/** The session remembers which runbook it runs: a copy beside the journal, and a record of every change. */
export async function keepRunbook(
  paths: SessionPaths,
  journal: JournalPort,
  opened: OpenedRunbook,
): Promise<void> {
  const { runbook, text, remember } = opened;
  if (!remember) return;
  const sha256 = runbookHash(opened);
  const last = journal.records().findLast((record) => record.type === 'runbook-chosen');
  if ((last?.sha256 ?? null) !== sha256) {
    const own = runbook.stages.filter((stage) => stage.own);
    const titles = Object.fromEntries(own.map(({ id, title }) => [id, title]));
    await journal.append([{ type: 'runbook-chosen', runbook: runbook.id, sha256, titles }]);
  }
  await writing(paths.runbook, async () => {
    if (text === null) await rm(paths.runbook, { force: true });
    else await writeFileAtomic(paths.runbook, text, { mode: 0o600 });
  });
}
