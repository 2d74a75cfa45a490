import type { Intent } from './undo.ts';

/** A node that the cluster file has. */
export interface Place {
  readonly name: string;
  readonly address: string;
  readonly frontend: boolean;
}

/** Changes that go with a node that leaves, or with a role that it has no more. */
export interface LeavingChanges {
  /** Its keepalived: before anything else. Once the others send it no adverts it would take the VIP. */
  readonly first: readonly Intent[];
  /** Everything else, and the databases' accounts for it: when nobody sends it requests any more. */
  readonly last: readonly Intent[];
}

/**
 * @param pending the session's changes that have not been taken back, the newest first
 * @param leavers nodes that the file has no more and that can be reached
 * @param frontendStages what only a front end has
 */
export function leavingChanges(
  pending: readonly Intent[],
  places: readonly Place[],
  leavers: readonly string[],
  frontendStages: readonly string[],
): LeavingChanges {
  const leaves = pending.filter((intent) => {
    if (leavers.includes(intent.node)) return true;
    const place = places.find((one) => one.name === intent.node);
    if (!place) return false;
    const isFormerRole = !place.frontend && frontendStages.includes(intent.stage);
    return isFormerRole || isStaleAccount(intent, places);
  });
  const isFirst = ({ stage }: Intent) => stage === 'keepalived';
  return { first: leaves.filter(isFirst), last: leaves.filter((one) => !isFirst(one)) };
}

const ACCOUNT = /^sql-user:.+@(\d+\.\d+\.\d+\.\d+)$/;

/** An account that we made for an address that no node has any more. */
function isStaleAccount({ resource }: Intent, places: readonly Place[]): boolean {
  const address = ACCOUNT.exec(resource)?.[1];
  if (!address || address.startsWith('127.')) return false;
  return places.every((place) => place.address !== address);
}
