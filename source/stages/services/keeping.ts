import type { Resource, UndoStep } from '../../model/index.ts';
import { mapUndo } from '../../resources/map-undo.ts';

/**
 * The resource, with what an undo of it leaves behind by design named: what the daemons wrote is
 * data, and nobody has asked us to delete it.
 */
export function keeping(resource: Resource, folders: readonly string[]): Resource {
  const kept = folders.map((path): UndoStep => ({ kind: 'keep', resource: `directory:${path}` }));
  return mapUndo(resource, (undo) => [...undo, ...kept]);
}
