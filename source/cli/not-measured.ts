import { message } from '../model/index.ts';
import type { Run } from './open-run.ts';

/** A stage that was asked for and that nothing could measure here is not taken for one that is right. */
export function sayNotMeasured({ stages, ports }: Pick<Run, 'stages' | 'ports'>): void {
  const stage = stages.find(({ id }) => id === 'acceptance');
  if (!stage || stage.checks.length > 0) return;
  const text = message('acceptance-not-measured');
  ports.emit({ type: 'progress', stage: stage.id, node: null, text });
}
