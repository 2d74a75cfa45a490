import type { Resource, UndoStep } from '../model/index.ts';

/** The resource, with other steps to take its change back. */
export function mapUndo(
  resource: Resource,
  change: (undo: readonly UndoStep[]) => readonly UndoStep[],
): Resource {
  return {
    ...resource,
    plan: (output) => {
      const planned = resource.plan(output);
      if (planned.kind !== 'change') return planned;
      const undo = change(planned.change.undo);
      return { kind: 'change', change: { ...planned.change, undo } };
    },
  };
}
