import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { emptyState } from './context.ts';
import type { State } from './types.ts';

/** What a killed stand-in knew; nothing where there is no file yet. */
export function loadState(path: string | undefined): State {
  if (path === undefined) return emptyState();
  try {
    return { ...emptyState(), ...(JSON.parse(readFileSync(path, 'utf8')) as State) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyState();
    throw error;
  }
}

/** Never seen half written. It holds temporary pairs, so it is nobody else's to read. */
export function saveState(path: string | undefined, state: State): void {
  if (path === undefined) return;
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
