import type { ChangeView } from '../model/index.ts';
import type { SymbolName } from './style.ts';

/** New, gone, edited, or a unit that is turned: read from the resource and its diff. */
export function changeSign({
  resource,
  diff,
}: Pick<ChangeView, 'resource' | 'diff'>): Extract<SymbolName, 'add' | 'edit' | 'remove' | 'turn'> {
  if (resource.startsWith('unit:')) return 'turn';
  if (!diff) return resource.startsWith('file:') ? 'edit' : 'add';
  const lines = diff.split('\n').filter((line) => !/^(?:---|\+\+\+) /.test(line));
  const added = lines.some((line) => line.startsWith('+'));
  const kept = lines.some((line) => line.startsWith('-') || line.startsWith(' '));
  if (added && !kept) return 'add';
  return added || lines.some((line) => line.startsWith(' ')) ? 'edit' : 'remove';
}
