import { type EventBody, message } from '../../model/index.ts';

/** For each database that an undo leaves where it is: that it does, and how to drop it. */
export function keptDataHints(kept: readonly string[]): readonly EventBody[] {
  return kept.flatMap((what) => {
    const [, node = '', database = ''] = /^([^:]+):schema:(.+)$/.exec(what) ?? [];
    if (database === '') return [];
    const text = message('undo-data-kept', { node, database });
    return [{ type: 'progress', stage: 'database', node, text, keep: true }];
  });
}
