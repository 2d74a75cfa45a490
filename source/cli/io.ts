import type { EngineEvent, EventBody, ResultFields, Secret } from '../model/index.ts';
import type { Runbook } from '../stages/runbook.ts';
import type { Language } from '../text/index.ts';
import type { Face } from './faces/face.ts';
import type { Prompter } from './prompts.ts';
import type { SummaryContext } from './summary.ts';
import type { TerminalHold } from './terminal-hold.ts';

/** What a command has of the outside: the face it speaks through, and whom it may ask. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
  readonly json: boolean;
  readonly face: Face;
  /** Absent where nobody can answer: no terminal, `--json`, or `CI`. */
  readonly prompter?: Prompter;
  /** The terminal itself, where there is somebody at it. */
  readonly terminal?: { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream };
  readonly emit: (event: EventBody) => void;
  /** For the summary, and for each stage's why; set as soon as it is known. */
  readonly summary: {
    context?: SummaryContext;
    runbook?: Runbook;
    /** What the session is billed for: a run that may have bought something tells it however it ends. */
    billed?: () => Pick<ResultFields, 'meter'>;
  };
  /** What a person has typed and is not asked for again; it ends with this process. */
  readonly remembered?: {
    cloudKeys?: { readonly secretId: string; readonly secretKey: Secret };
  };
  /** Plain text that is the command's product (a report on `-`). */
  readonly write: (text: string) => void;
  /** For who draws a full screen: what a crash must undo before it can be told. */
  readonly hold: TerminalHold;
}

/** An emitter that dates the events and shows them. */
export function emitter(face: Face, now: () => Date): (event: EventBody) => void {
  return (event) => face.show({ ...event, at: now().toISOString() } as EngineEvent);
}
