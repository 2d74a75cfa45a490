import type { Action } from './keys.ts';
import type { Local } from './screen.ts';

/** A list's choice moves with the arrows, and stops at its ends; undefined for another action. */
export function moved(local: Local, action: Action, count: number): Local | undefined {
  const by = action === 'up' ? -1 : action === 'down' ? 1 : 0;
  if (by === 0 || count === 0) return undefined;
  const selected = Math.max(0, Math.min(count - 1, local.selected + by));
  return { ...local, selected };
}

/** A choice that the list still has. */
export function chosen(local: Local, count: number): number {
  return Math.max(0, Math.min(count - 1, local.selected));
}
