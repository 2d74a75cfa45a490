import { readJournal, sessionPaths } from '../../drivers/session/store.ts';
import { type JournalRecord, message } from '../../model/index.ts';
import { renderMessage, type Speech, sanitizeLine } from '../../text/index.ts';
import type { Scene } from '../../tui/scenes.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openCluster, stateFolder } from '../open-cluster.ts';
import type { Theatre } from './theatre.ts';

/** As often the journal is looked at. It is small, and here. */
const EVERY_MS = 1000;

/** Follows what another process writes into the session's journal, the latest first. */
export async function readAlong(theatre: Theatre, io: Io, options: GlobalOptions): Promise<void> {
  const { name } = await openCluster(options, io.environment);
  const paths = sessionPaths(stateFolder(options, io.environment), name);
  const scene = async () => sceneOf(name, await readJournal(paths));
  const asked = theatre.ask(await scene());
  let over = false;
  const follow = async () => {
    if (over) return;
    const next = await scene().catch(() => undefined);
    if (next && !over) theatre.update(next);
  };
  const timer = setInterval(() => void follow(), EVERY_MS);
  try {
    await asked;
  } finally {
    over = true;
    clearInterval(timer);
  }
}

function sceneOf(session: string, records: readonly JournalRecord[]): Scene {
  const run = records.findLast((record) => record.type === 'run-started');
  const { user, host } = run?.type === 'run-started' ? run : { user: '?', host: '?' };
  return {
    kind: 'reading',
    title: message('tui-reading-along', { session, user, host }),
    lines: (speech) => records.toReversed().flatMap((record) => lineOf(speech, record)),
  };
}

function lineOf({ language }: Speech, record: JournalRecord): readonly string[] {
  const at = record.at.slice(11, 19);
  switch (record.type) {
    case 'intent':
      return record.parts.map(
        ({ summary }) => `${at}  ${record.node}  ${renderMessage(summary, language)}`,
      );
    case 'cloud-intent':
      return [`${at}  ${renderMessage(record.summary, language)}`];
    case 'outcome':
    case 'cloud-outcome':
      return record.state === 'done'
        ? []
        : [`${at}  ${record.state}  ${record.problem?.code ?? ''}`];
    case 'checked':
      return [`${at}  ${record.verdict}  ${sanitizeLine(record.id)}`];
    case 'stage-done':
    case 'drilled':
    case 'run-started':
      return [`${at}  ${record.type}  ${whatOf(record)}`];
    default:
      return [];
  }
}

function whatOf(record: JournalRecord): string {
  if (record.type === 'stage-done') return record.stage;
  if (record.type === 'drilled') return `${record.drill} ${record.outcome}`;
  return record.type === 'run-started' ? record.command : '';
}
