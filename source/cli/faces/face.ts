import type { EngineEvent } from '../../model/index.ts';

/** Draws a run for one reader. It is told every event, in order, and nothing else. */
export interface Face {
  show(event: EngineEvent): void;
  /** Nothing more comes (a prompt, or the end): leaves the cursor on a line of its own. */
  settle(): void;
}
