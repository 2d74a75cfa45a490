import type { ResultFields } from '../model/index.ts';

/** How a command ended: its exit code, and what its result event says. */
export interface Outcome {
  readonly exitCode: number;
  /** The command's product was text: no summary follows it for a person. */
  readonly quiet?: boolean;
  /** It goes on until a signal comes: that is its end, and no interruption. */
  readonly endless?: boolean;
  readonly fields: Omit<ResultFields, 'command' | 'elapsedMs'>;
}
