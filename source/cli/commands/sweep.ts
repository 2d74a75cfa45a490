import { systemClock } from '../../drivers/clock.ts';
import { EVERYTHING } from '../../engine/cloud/removals.ts';
import { type CloudOrphan, orphansOf, removeOrphans } from '../../engine/cloud/sweep.ts';
import { EXIT, message, OperatorError, type OrphanFields, problem } from '../../model/index.ts';
import { findAccess } from '../cloud/access.ts';
import { type OpenedCloud, openRegion } from '../cloud/open-cloud.ts';
import { orphanLines } from '../cloud/orphan-lines.ts';
import { living, orphanFields, placesOf } from '../cloud/orphans.ts';
import { readSessions } from '../cloud/sessions.ts';
import { tried } from '../cloud/tried.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { stateFolder } from '../open-cluster.ts';
import type { Outcome } from '../outcome.ts';
import { listenForSignals, type SignalStopper } from '../stop.ts';
import { askConsent, notConfirmed } from './consent.ts';

type SweepInvocation = Extract<Invocation, { action: 'sweep' }>;

/** What lost sessions have left in a region. */
interface Found {
  readonly cloud: OpenedCloud;
  readonly orphans: readonly CloudOrphan[];
}

/**
 * Finds what sessions have left in the cloud that no journal of this computer will give back, and
 * removes it on a yes. A region that does not answer hides no other.
 */
export async function sweep(io: Io, { options, regions }: SweepInvocation): Promise<Outcome> {
  const folder = stateFolder(options, io.environment);
  const { regions: named, accounts } = placesOf((await readSessions(folder)).sessions);
  const asked = [...new Set([...named, ...regions])];
  if (asked.length === 0) throw new OperatorError(problem('cd-no-region'), EXIT.usage);
  const access = await findAccess(io);
  const stop = listenForSignals(() => say(io, 'stopping'));
  const clouds = asked.map((region) => openRegion(io, access, region, stop.signal));
  try {
    await sayAccounts(io, clouds, accounts);
    const { found, problems } = await findAll(io, folder, clouds);
    const fields = found.flatMap(fieldsOf);
    const isWhole = problems.length === 0;
    if (fields.length === 0) return nothing(io, asked, isWhole);
    if (!io.json) io.write(`${orphanLines(io.language, fields).join('\n')}\n`);
    const may = await mayRemove(io, options.yes, fields.length);
    if (!may) return { exitCode: EXIT.usage, quiet: true, fields: { ok: false, orphans: fields } };
    return await removeAll(io, stop, found, isWhole);
  } finally {
    for (const cloud of clouds) cloud.close();
    stop.release();
  }
}

const fieldsOf = ({ cloud, orphans }: Found): readonly OrphanFields[] =>
  orphans.map((one) => orphanFields(cloud.region, one));

/**
 * @throws OperatorError `cd-sweep-unread` where something was found, and a journal cannot be read: it
 *   may be its
 */
async function findAll(io: Io, folder: string, clouds: readonly OpenedCloud[]) {
  say(io, 'cd-sweep-asking', { regions: clouds.map(({ region }) => region).join(', ') });
  const seen = await Promise.all(
    clouds.map(async (cloud) => ({ cloud, looked: await cloud.port.look(EVERYTHING) })),
  );
  // read after the look: what was made meanwhile has its journal by now
  const { sessions, problems: unread } = await readSessions(folder);
  const problems = [...seen.flatMap(({ looked }) => ('problem' in looked ? [looked.problem] : []))];
  for (const one of [...problems, ...unread]) io.emit({ type: 'problem', problem: one });
  const live = living(sessions);
  const found = seen.flatMap(({ cloud, looked }) =>
    'problem' in looked ? [] : [{ cloud, orphans: orphansOf(looked, live) }],
  );
  if (unread.length > 0 && found.some(({ orphans }) => orphans.length > 0))
    throw new OperatorError(problem('cd-sweep-unread'));
  return { found, problems: [...problems, ...unread] };
}

/** Things of another account are not seen with these keys: that is said, not passed over. */
async function sayAccounts(
  io: Io,
  [first]: readonly OpenedCloud[],
  accounts: readonly string[],
): Promise<void> {
  const own = accounts.length > 0 ? await first?.account() : undefined;
  const others = accounts.filter((account) => account !== own);
  if (own === undefined || others.length === 0) return;
  say(io, 'cd-sweep-accounts', { own, others: others.join(', ') }, true);
}

function nothing(io: Io, regions: readonly string[], isWhole: boolean): Outcome {
  if (isWhole) say(io, 'cd-sweep-nothing', { regions: regions.join(', ') }, true);
  return {
    exitCode: isWhole ? EXIT.done : EXIT.failed,
    quiet: true,
    fields: { ok: isWhole, orphans: [], undone: [], left: [] },
  };
}

/** False: nobody can be asked, and nobody has said yes. @throws OperatorError "not-confirmed" */
async function mayRemove(io: Io, yes: boolean, count: number): Promise<boolean> {
  if (!yes && !io.prompter) {
    const missing = problem('yes-missing', { command: 'sessions sweep' });
    io.emit({ type: 'problem', problem: missing });
    return false;
  }
  if (await askConsent(io, yes, 'cd-ask-sweep', { count })) return true;
  throw notConfirmed();
}

async function removeAll(
  io: Io,
  stop: SignalStopper,
  found: readonly Found[],
  isWhole: boolean,
): Promise<Outcome> {
  const undone: string[] = [];
  const left: string[] = [];
  for (const { cloud, orphans } of found) {
    const remover = { cloud: cloud.port, clock: systemClock, stop };
    const named = (names: readonly string[]) => names.map((name) => `${cloud.region}:${name}`);
    const done = await tried(io.emit, () => removeOrphans(remover, orphans, teller(io)));
    undone.push(...named(done?.removed ?? []));
    left.push(...named(done?.left ?? orphans.map(({ what, id }) => `${what}:${id}`)));
    for (const one of done?.problems ?? []) io.emit({ type: 'problem', problem: one });
  }
  if (left.length === 0) say(io, 'cd-sweep-proven', {}, true);
  const ok = left.length === 0 && isWhole;
  const orphans = found.flatMap(fieldsOf);
  return { exitCode: ok ? EXIT.done : EXIT.failed, fields: { ok, orphans, undone, left } };
}

function teller(io: Io): Parameters<typeof removeOrphans>[2] {
  return {
    begun: ({ name }) => say(io, 'cd-sweep-removing', { name }),
    ended: async () => undefined,
  };
}

function say(io: Io, code: string, params = {}, keep = false): void {
  const text = message(code, params);
  io.emit({ type: 'progress', stage: '', node: null, text, ...(keep && { keep: true }) });
}
