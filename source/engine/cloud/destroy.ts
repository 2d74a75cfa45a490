import type { CloudChange, Ports, Problem, SecurityGroupSeen } from '../../model/index.ts';
import { DestroyNotes, keptBy } from './destroy-notes.ts';
import { cloudOf, LAG_MS, lookAtCloud, PAUSE_MS } from './looks.ts';
import { type CloudOwner, groupsOf, groupsRemembered, ownedBy } from './own.ts';
import { cloudChangesToUndo } from './records.ts';
import { EVERYTHING, fulfils, type Removal, removalsOf } from './removals.ts';
import { removeAll, stillThere } from './remove.ts';

export interface CloudDestroyed {
  readonly undone: readonly string[];
  /** Still there, by the cloud's own ids. */
  readonly left: readonly string[];
  /** Somebody else's: it stays. */
  readonly kept: readonly string[];
  /** Why what is left would not go. */
  readonly problems: readonly Problem[];
}

/**
 * `way-out`: public addresses and what they are bound to. They cost money as soon as nobody holds what
 * they lead to, so they go before the nodes let go of it; the rest goes after.
 */
export type DestroyPart = 'everything' | 'way-out';

/**
 * What a destroy would take away, said as a plan. Changes nothing.
 *
 * @throws OperatorError when the cloud does not say what is there
 */
export async function planDestroy(
  ports: Ports,
  owner: CloudOwner,
): Promise<Pick<CloudDestroyed, 'undone' | 'kept'>> {
  const pending = pendingOf(ports);
  const removals = await lookForOwn(ports, owner);
  new DestroyNotes(ports, pending, removals).planned();
  return { undone: removals.map(({ name }) => name), kept: keptOf(pending) };
}

/**
 * Takes away everything in the cloud that is the session's own, as it is found there now; the journal
 * only says where to look, and which bindings between other people's things were made by it. At the end
 * the cloud is asked again: what is still there is left.
 *
 * `everything` is to be called when no node holds the address any more: a HAVIP that is held is not
 * deleted.
 *
 * @throws OperatorError when the cloud does not say what is there; InterruptedError between two removals
 */
export async function destroyCloud(
  ports: Ports,
  owner: CloudOwner,
  part: DestroyPart = 'everything',
): Promise<CloudDestroyed> {
  const isMine = (removal: Removal) => part === 'everything' || leadsOut(removal);
  const pending = pendingOf(ports).filter((one) => part === 'everything' || isOnTheWayOut(one));
  const remover = { cloud: cloudOf(ports), clock: ports.clock, stop: ports.stop };
  const removals = (await lookUntilSeen(ports, owner, pending)).filter(isMine);
  const notes = new DestroyNotes(ports, pending, removals);
  const { stuck, problems } = await removeAll(removals, remover, notes);
  const look = async () => (await lookForOwn(ports, owner)).filter(isMine);
  const there = await stillThere(look, stuck, remover);
  await notes.proven(there);
  const left = there.map(({ name }) => name);
  const undone = removals.map(({ name }) => name).filter((name) => !left.includes(name));
  return { undone, left, kept: keptOf(pending), problems };
}

function leadsOut({ action }: Removal): boolean {
  return action.kind === 'unbind' || action.kind === 'remove-public-address';
}

/** Whether it is made of public addresses and bindings alone. */
function isOnTheWayOut({ intent: { undo } }: CloudChange): boolean {
  return (
    undo.length > 0 &&
    undo.every(
      (step) =>
        step.kind === 'unbind' || (step.kind === 'remove' && step.what === 'public-address'),
    )
  );
}

/** Changes that have not been taken back, the newest first. */
function pendingOf({ journal }: Ports): readonly CloudChange[] {
  return cloudChangesToUndo(journal.records());
}

function keptOf(pending: readonly CloudChange[]): readonly string[] {
  return [...new Set(pending.flatMap(keptBy))];
}

/** What is there now of the session's own. */
async function lookForOwn(ports: Ports, owner: CloudOwner): Promise<readonly Removal[]> {
  const records = ports.journal.records();
  const seen = await lookAtCloud(EVERYTHING, ports);
  const securityGroups = await groupsNow(ports);
  return removalsOf({ ...seen, securityGroups }, ownedBy(owner, records));
}

/**
 * The groups with rules of ours. A group that is gone, or that we may not read any more, keeps nothing
 * that costs money: then those rules are taken for there that the journal has, and removing one tells.
 */
async function groupsNow(ports: Ports): Promise<readonly SecurityGroupSeen[]> {
  const ids = groupsOf(ports.journal.records());
  if (ids.length === 0) return [];
  const seen = await cloudOf(ports).look([{ kind: 'security-groups', ids }]);
  return 'problem' in seen ? groupsRemembered(pendingOf(ports)) : seen.securityGroups;
}

/** After this long no read of a cloud lags behind a change. */
const OLD_MS = 60_000;

/**
 * What was asked for a moment ago may have been made, and not be seen yet: nobody would look for it
 * again, and it would cost money for ever. So that is looked for a while.
 */
async function lookUntilSeen(
  ports: Ports,
  owner: CloudOwner,
  pending: readonly CloudChange[],
): Promise<readonly Removal[]> {
  const { clock, stop } = ports;
  const fresh = pending.filter((one) => mayLag(one, clock.now()));
  const endMs = clock.now() + LAG_MS;
  for (;;) {
    const removals = await lookForOwn(ports, owner);
    const isAllSeen = fresh.every((one) => isSeen(one, removals));
    if (isAllSeen || stop.requested || clock.now() >= endMs) return removals;
    await clock.sleep(PAUSE_MS, stop.signal);
  }
}

function mayLag({ intent, outcome }: CloudChange, nowMs: number): boolean {
  const isOld = nowMs - Date.parse((outcome ?? intent).at) > OLD_MS;
  return outcome?.state !== 'failed' && !isOld;
}

function isSeen({ intent }: CloudChange, removals: readonly Removal[]): boolean {
  return intent.undo.every(
    (step) => step.kind === 'keep' || removals.some((one) => fulfils(one, step)),
  );
}
