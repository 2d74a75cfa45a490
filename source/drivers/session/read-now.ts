import { readFileSync } from 'node:fs';
import { decodeJournal } from '../../model/journal/chain.ts';
import type { SessionPaths } from './store.ts';

/**
 * The stages that a session's journal names, read at once: for a command line that is still being
 * understood. None where it cannot be read.
 */
export function stagesInJournal({ journal }: SessionPaths): readonly string[] {
  try {
    const { records } = decodeJournal(readFileSync(journal, 'utf8'), journal);
    return records.flatMap((record) => {
      if (record.type === 'intent' || record.type === 'cloud-intent') return [record.stage];
      return record.type === 'manual-done' ? [record.step] : [];
    });
  } catch {
    return [];
  }
}
