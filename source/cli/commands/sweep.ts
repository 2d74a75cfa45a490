import {
  type CloudOrphan,
  type CloudPort,
  type CloudSeen,
  EXIT,
  message,
  OperatorError,
  type Problem,
  problem,
  yuan,
} from '../../model/index.ts';
import { renderMessage, table } from '../../text/index.ts';
import { findAccess } from '../cloud/access.ts';
import { type OpenedCloud, openRegion } from '../cloud/open-cloud.ts';
import { liveMarks, orphansIn, placesOf, removalOf } from '../cloud/orphans.ts';
import { readSessions } from '../cloud/sessions.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { stateFolder } from '../open-cluster.ts';
import type { Outcome } from '../outcome.ts';
import { askConsent, notConfirmed } from './consent.ts';

type SweepInvocation = Extract<Invocation, { action: 'sweep' }>;

/** What is there of a region. */
interface Region {
  readonly cloud: OpenedCloud;
  readonly seen: CloudSeen;
}

/**
 * Finds what sessions have left in the cloud that no journal of this computer will give back, and
 * removes it on a yes. A region that does not answer hides no other.
 */
export async function sweep(io: Io, { options, regions }: SweepInvocation): Promise<Outcome> {
  const folder = stateFolder(options, io.environment);
  const before = await readSessions(folder);
  const places = placesOf(before.sessions);
  const asked = [...new Set([...places.regions, ...regions])];
  if (asked.length === 0) throw new OperatorError(problem('cd-no-region'), EXIT.usage);
  const access = await findAccess(io);
  const clouds = asked.map((region) => openRegion(io, access, region));
  try {
    await sayAccounts(io, clouds, places.accounts);
    const { found, problems } = await lookAll(io, clouds);
    // read anew: what was made since has its journal by now
    const { sessions, problems: unread } = await readSessions(folder);
    tell(io, [...problems, ...unread]);
    const live = liveMarks(sessions);
    const orphans = found.flatMap(({ cloud, seen }) => orphansIn(cloud.region, seen, live));
    const bad = problems.length + unread.length > 0;
    if (orphans.length === 0) return nothing(io, asked, bad);
    list(io, orphans);
    // of a journal that cannot be read nobody knows what it owns
    if (unread.length > 0) throw new OperatorError(problem('cd-sweep-unread'));
    return await remove(io, options.yes, { orphans, found, bad });
  } finally {
    for (const cloud of clouds) cloud.close();
  }
}

const ALL = [{ kind: 'ha-vips', network: null }, { kind: 'public-addresses' }] as const;

async function lookAll(io: Io, clouds: readonly OpenedCloud[]) {
  say(io, 'cd-sweep-asking', { regions: clouds.map(({ region }) => region).join(', ') });
  const found: Region[] = [];
  const problems: Problem[] = [];
  for (const cloud of clouds) {
    const seen = await cloud.port.look(ALL);
    if ('problem' in seen) problems.push(seen.problem);
    else found.push({ cloud, seen });
  }
  return { found, problems };
}

/** Things of another account are not seen with these keys: that is said, not passed over. */
async function sayAccounts(
  io: Io,
  [first]: readonly OpenedCloud[],
  accounts: readonly string[],
): Promise<void> {
  const own = await first?.account();
  const others = accounts.filter((account) => account !== own);
  if (own === undefined || others.length === 0) return;
  say(io, 'cd-sweep-accounts', { own, others: others.join(', ') }, true);
}

function nothing(io: Io, regions: readonly string[], bad: boolean): Outcome {
  if (!bad) sayLine(io, 'cd-sweep-nothing', { regions: regions.join(', ') });
  return {
    exitCode: bad ? EXIT.failed : EXIT.done,
    quiet: true,
    fields: { ok: !bad, orphans: [], undone: [], left: [] },
  };
}

/** What it is, where, whose, since when, and what it costs. */
function list(io: Io, orphans: readonly CloudOrphan[]): void {
  if (io.json) return;
  const words = (code: string, params = {}) => renderMessage(message(code, params), io.language);
  const rows = orphans.map(({ kind, id, address, region, session, since, yuanPerHour }) => [
    kind === 'ha-vip' ? 'HAVIP' : 'EIP',
    ...[address, id, region, session, since ?? ''],
    yuanPerHour > 0 ? words('cd-yuan-per-hour', { yuan: yuan(yuanPerHour) }) : '',
  ]);
  io.face.settle();
  io.write(`${words('cd-sweep-found')}\n`);
  io.write(
    `${table(rows)
      .map((line) => `  ${line}`)
      .join('\n')}\n`,
  );
}

interface Removal {
  readonly orphans: readonly CloudOrphan[];
  readonly found: readonly Region[];
  /** Something could not be asked. */
  readonly bad: boolean;
}

async function remove(io: Io, yes: boolean, { orphans, found, bad }: Removal): Promise<Outcome> {
  if (!yes && !io.prompter) {
    tell(io, [problem('yes-missing', { command: 'sessions sweep' })]);
    return { exitCode: EXIT.usage, quiet: true, fields: { ok: false, orphans } };
  }
  if (!(await askConsent(io, yes, 'cd-ask-sweep', { count: orphans.length }))) throw notConfirmed();
  for (const region of found) await removeIn(io, region, orphans);
  const left = await leftOf(io, found, orphans);
  const undone = orphans.map(nameOf).filter((name) => !left.includes(name));
  const ok = left.length === 0 && !bad;
  return {
    exitCode: ok ? EXIT.done : EXIT.failed,
    fields: { ok, orphans, undone, left },
  };
}

const nameOf = ({ kind, id, region }: CloudOrphan) => `${region}:${kind}:${id}`;

/** One that does not go keeps no other. */
async function removeIn(io: Io, region: Region, orphans: readonly CloudOrphan[]) {
  const { cloud, seen } = region;
  for (const orphan of orphans.filter((one) => one.region === cloud.region)) {
    say(io, 'cd-sweep-removing', { id: orphan.id, address: orphan.address });
    for (const action of removalOf(orphan, seen)) {
      const end = await cloud.port.perform(action);
      if (end.kind === 'done') continue;
      tell(io, [end.problem]);
      break;
    }
  }
}

/** What the cloud still has of them, asked once more. */
async function leftOf(
  io: Io,
  found: readonly Region[],
  orphans: readonly CloudOrphan[],
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { cloud } of found) {
    const mine = orphans.filter(({ region }) => region === cloud.region);
    const ids = await idsIn(cloud.port);
    if ('problem' in ids) tell(io, [ids.problem]);
    left.push(...mine.filter(({ id }) => 'problem' in ids || ids.has(id)).map(nameOf));
  }
  if (left.length === 0) say(io, 'cd-sweep-proven', {}, true);
  return left;
}

async function idsIn(port: CloudPort) {
  const seen = await port.look(ALL);
  if ('problem' in seen) return seen;
  return new Set([...seen.haVips, ...seen.publicAddresses].map(({ id }) => id));
}

function say(io: Io, code: string, params = {}, keep = false): void {
  const text = message(code, params);
  io.emit({ type: 'progress', stage: '', node: null, text, ...(keep && { keep: true }) });
}

function sayLine(io: Io, code: string, params: Record<string, string>): void {
  if (!io.json) io.write(`${renderMessage(message(code, params), io.language)}\n`);
}

function tell(io: Io, problems: readonly Problem[]): void {
  for (const one of problems) io.emit({ type: 'problem', problem: one });
}
