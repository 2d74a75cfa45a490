import { meter } from './billing.ts';
import type { Context } from './context.ts';
import { expireHolder, takeEffect } from './holder.ts';
import { endTask } from './tasks.ts';

interface Due {
  readonly atMs: number;
  readonly run: () => void;
}

function due(context: Context): readonly Due[] {
  const { state, world } = context;
  const { holderExpiresMs } = world;
  return [
    ...state.tasks.flatMap((task) =>
      task.dueMs === undefined ? [] : [{ atMs: task.dueMs, run: () => endTask(context, task) }],
    ),
    ...state.claims.map((claim) => ({ atMs: claim.dueMs, run: () => takeEffect(context, claim) })),
    ...state.havips.flatMap((one) =>
      holderExpiresMs === undefined || !one.holder
        ? []
        : [{ atMs: (one.heardMs ?? 0) + holderExpiresMs, run: () => expireHolder(context, one) }],
    ),
  ];
}

/** When something is due next; undefined: nothing is. */
export function nextDue(context: Context): number | undefined {
  const times = due(context).map(({ atMs }) => atMs);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Does what was due up to `nowMs`, each at its own time and in order: so the bill is right to the millisecond. */
export function catchUp(context: Context, nowMs: number): boolean {
  let hasChanged = false;
  for (;;) {
    const next = due(context)
      .filter(({ atMs }) => atMs <= nowMs)
      .reduce<Due | undefined>(
        (first, one) => (first && first.atMs <= one.atMs ? first : one),
        undefined,
      );
    if (!next) break;
    context.atMs = Math.max(context.atMs, next.atMs);
    meter(context, context.atMs);
    next.run();
    hasChanged = true;
  }
  context.atMs = Math.max(context.atMs, nowMs);
  meter(context, context.atMs);
  return hasChanged;
}
