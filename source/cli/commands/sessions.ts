import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJournal, sessionExists, sessionPaths } from '../../drivers/session/store.ts';
import { cloudChangesToUndo } from '../../engine/cloud/records.ts';
import { changesToUndo } from '../../engine/undo.ts';
import {
  byHandResource,
  EXIT,
  type JournalRecord,
  message,
  OperatorError,
  type Problem,
  problem,
} from '../../model/index.ts';
import { renderMessage, table } from '../../text/index.ts';
import { foldersIn } from '../cloud/sessions.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { stateFolder } from '../open-cluster.ts';
import type { Outcome } from '../outcome.ts';
import { askConsent, notConfirmed, verifyConsent } from './consent.ts';

type SessionsInvocation = Extract<Invocation, { command: 'sessions' }>;

/** Lists the sessions, shows one's journal in short, forgets one, or sweeps up after lost ones. */
export async function sessions(io: Io, invocation: SessionsInvocation): Promise<Outcome> {
  const folder = stateFolder(invocation.options, io.environment);
  if (invocation.action === 'list') return list(io, folder);
  if (invocation.action === 'sweep') return (await import('./sweep.ts')).sweep(io, invocation);
  if (invocation.action === 'show') return show(io, folder, invocation.name);
  return forget(io, folder, invocation);
}

const DONE: Outcome = { exitCode: EXIT.done, quiet: true, fields: { ok: true } };

/** What a session's journal says in a line. */
function describe(name: string, records: readonly JournalRecord[], io: Io): readonly string[] {
  const last = records.findLast((record) => record.type === 'run-started');
  const changes = changesToUndo(records, []).length;
  const count = renderMessage(message('session-changes', { count: changes }), io.language);
  return [name, records.at(-1)?.at ?? '', last?.type === 'run-started' ? last.command : '', count];
}

/** Every session that can be read, then what is wrong with the others: one of them hides none. */
async function list(io: Io, folder: string): Promise<Outcome> {
  const rows: (readonly string[])[] = [];
  const problems: Problem[] = [];
  for (const name of (await foldersIn(folder)).toSorted()) {
    const paths = sessionPaths(folder, name);
    if (!(await sessionExists(paths))) continue;
    try {
      rows.push(describe(name, await readJournal(paths), io));
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      problems.push(...error.problems);
    }
  }
  const none = renderMessage(message('sessions-none', { folder }), io.language);
  const text = rows.length > 0 ? table(rows).join('\n') : problems.length > 0 ? '' : none;
  if (!io.json && text) io.write(`${text}\n`);
  for (const one of problems) io.emit({ type: 'problem', problem: one });
  if (problems.length === 0) return DONE;
  return { exitCode: EXIT.failed, quiet: true, fields: { ok: false } };
}

async function existing(folder: string, name: string) {
  const paths = sessionPaths(folder, name);
  if (!/[/\\]|^\.+$/.test(name) && (await sessionExists(paths))) return paths;
  throw new OperatorError(problem('session-unknown', { name, folder }), EXIT.usage);
}

/** Which runbook a session runs now. */
function runbookOf(records: readonly JournalRecord[]): string {
  const chosen = records.findLast((record) => record.type === 'runbook-chosen');
  const created = records.find((record) => record.type === 'session-created');
  return chosen?.runbook ?? created?.runbook ?? '?';
}

function runbookLine({ runbook }: { readonly runbook: string }, io: Io): string {
  return renderMessage(message('session-runbook', { runbook }), io.language);
}

async function show(io: Io, folder: string, name: string): Promise<Outcome> {
  const paths = await existing(folder, name);
  const records = await readJournal(paths);
  const lines = records.flatMap((record) => {
    if (record.type === 'run-started') return [`${record.at}  ${record.command}`];
    if (record.type === 'outcome' || record.type === 'cloud-outcome')
      return [`${record.at}    ${record.state}  ${record.change.replace(/#.*$/, '')}`];
    if (record.type === 'cloud-undone')
      return [
        `${record.at}    ${record.left.length > 0 ? 'left' : 'undone'}  ${record.change.replace(/#.*$/, '')}`,
      ];
    if (record.type === 'manual-done')
      return [`${record.at}    done  ${byHandResource(record.step)}`];
    if (record.type === 'manual-undone')
      return [`${record.at}    undone  ${byHandResource(record.step)}`];
    if (record.type === 'runbook-chosen') return [`${record.at}  ${runbookLine(record, io)}`];
    if (record.type === 'drilled') return [`${record.at}    ${record.outcome}  ${record.drill}`];
    return [];
  });
  const runbook = runbookLine({ runbook: runbookOf(records) }, io);
  if (!io.json) io.write(`${paths.folder}\n${runbook}\n${lines.join('\n')}\n`);
  return DONE;
}

type ForgetInvocation = SessionsInvocation & { readonly name: string };

/**
 * Forgetting a session whose changes are still on the nodes makes them nobody's: that is asked. What it
 * has in a cloud would go on costing: that is refused.
 */
async function forget(
  io: Io,
  folder: string,
  { name, options }: ForgetInvocation,
): Promise<Outcome> {
  verifyConsent(io, options.yes, 'sessions forget');
  const paths = await existing(folder, name);
  if (await stat(join(paths.folder, 'lock')).catch(() => undefined)) {
    throw new OperatorError(problem('session-locked', { name }, { file: paths.lock }), EXIT.locked);
  }
  const records = await readJournal(paths);
  const inCloud = cloudChangesToUndo(records).filter(({ intent }) => intent.owned);
  if (inCloud.length > 0) {
    const things = [...new Set(inCloud.map(({ intent }) => intent.resource))].join(', ');
    throw new OperatorError(problem('cd-session-in-cloud', { name, things }));
  }
  const changes = changesToUndo(records, []).length;
  if (!(await askConsent(io, options.yes, 'ask-forget', { name, changes }))) throw notConfirmed();
  await rm(paths.folder, { recursive: true });
  return DONE;
}
