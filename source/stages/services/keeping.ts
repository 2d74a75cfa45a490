import type { Resource, UndoStep } from '../../model/index.ts';

/**
 * The resource, with what an undo of it leaves behind by design named: what the daemons wrote is
 * data, and nobody has asked us to delete it.
 */
export function keeping(resource: Resource, folders: readonly string[]): Resource {
  const kept = folders.map((path): UndoStep => ({ kind: 'keep', resource: `directory:${path}` }));
  return {
    ...resource,
    plan: (output) => {
      const planned = resource.plan(output);
      if (planned.kind !== 'change') return planned;
      const { change } = planned;
      return { kind: 'change', change: { ...change, undo: [...change.undo, ...kept] } };
    },
  };
}
