import type { AddressMeter, Message, Problem } from '../model/index.ts';
import type { Language, Speech } from '../text/index.ts';
import type { DrillScene } from './drill-scenes.ts';

/** A text that is not in the catalogue but in a runbook: in both languages, too. */
export type Bilingual = Readonly<Record<Language, string>>;

/** How a stage stands, as the list on the left marks it. */
export type StageMark = 'open' | 'done' | 'changed' | 'failed' | 'skipped' | 'unknown';

export interface ListedStage {
  readonly id: string;
  readonly title: Bilingual;
  readonly mark: StageMark;
}

/** What stands around every screen of a session: whose it is, and how far it has come. */
export interface Journey {
  readonly cluster: string;
  readonly nodes: readonly { readonly name: string; readonly address: string }[];
  readonly vip: string;
  readonly stages: readonly ListedStage[];
  /** Index of the stage in hand; -1 before the first, `stages.length` after the last. */
  readonly at: number;
  /** Milliseconds of work so far, and since when work goes on (absent at rest). */
  readonly workedMs: number;
  readonly workingSince?: number;
}

/** What a runbook says of a stage. */
export interface StageStory {
  readonly id: string;
  readonly title: Bilingual;
  readonly why: Bilingual;
  /** Whether `why` is the lecture's own words. */
  readonly isLecture: boolean;
  readonly place?: { readonly part: Bilingual; readonly lines: readonly [number, number] };
  readonly departures: readonly {
    readonly lecture: Bilingual;
    readonly here: Bilingual;
    readonly because: Bilingual;
  }[];
}

export interface SessionRow {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly vip: string;
  readonly done: number;
  readonly total: number;
  /** When its journal was last written, milliseconds since the epoch. */
  readonly lastMs: number;
  /** The stage that comes next; absent when all are done. */
  readonly next?: Bilingual;
  /** Another process works on it. */
  readonly holder?: { readonly user: string; readonly host: string; readonly since: string };
  /** Why it cannot be opened. */
  readonly problem?: Problem;
}

/** A command that a person would run to see for themselves, and where. */
export interface SeeForYourself {
  readonly node: string | null;
  readonly command: string;
}

/** What is on the screen, as data. The words come from the catalogue when it is drawn. */
export type Scene =
  | {
      readonly kind: 'home';
      readonly sessions: readonly SessionRow[];
      /** The lab in which we run. */
      readonly lab?: string;
      readonly entries: readonly HomeEntry[];
      readonly note?: Message;
    }
  /** Something takes seconds and is no stage's. */
  | {
      readonly kind: 'busy';
      readonly journey?: Journey;
      readonly what: Message;
      readonly said?: readonly string[];
    }
  /** What the machines say about what was done before. */
  | {
      readonly kind: 'found';
      readonly journey: Journey;
      /** Milliseconds since the session was last at work. */
      readonly agoMs: number;
      readonly held: readonly string[];
      readonly changed: readonly { readonly stage: string; readonly count: number }[];
      readonly failing: readonly { readonly stage: string; readonly problem: Problem }[];
    }
  | {
      readonly kind: 'review';
      readonly journey: Journey;
      readonly story: StageStory;
      readonly checks: number;
      /** What is due by the last look, of changes that the run has: see {@link dueKey}. */
      readonly due: readonly string[];
      readonly canSkip: boolean;
    }
  /** What only a person can do, and nobody has done yet. */
  | {
      readonly kind: 'by-hand';
      readonly journey: Journey;
      readonly story: StageStory;
      /** What is to be done; may have several lines. */
      readonly text: Bilingual;
      /** Something is measured before it counts as done. */
      readonly isChecked: boolean;
    }
  /** An outage: the node's name is typed. */
  | {
      readonly kind: 'confirm';
      readonly journey: Journey;
      readonly story: StageStory;
      readonly node: string;
    }
  /** A question of the program below, already in the reader's language. */
  | {
      readonly kind: 'ask';
      readonly question: string;
      readonly secret: boolean;
      readonly initial?: string;
    }
  /** A question with its reason, and what Enter alone answers. */
  | {
      readonly kind: 'question';
      readonly title: Message;
      readonly why: Message;
      readonly offered?: { readonly value: string; readonly because: Message };
      readonly choices?: readonly {
        readonly value: string;
        readonly title: Message;
        readonly about?: Message;
      }[];
      /** What the choices come to, the head first. */
      readonly table?: readonly (readonly Message[])[];
      /** Why it is asked again. */
      readonly problem?: Problem;
      /** What has been told since the last question. */
      readonly said: readonly string[];
      /** What is wrong with an answer: it is refused on the spot. */
      readonly check: (answer: string) => Problem | null;
    }
  /** Something to choose, in words that are already the reader's. */
  | {
      readonly kind: 'choose';
      readonly title: string;
      readonly options: readonly {
        readonly value: string;
        readonly name: string;
        readonly about?: string;
      }[];
      readonly said: readonly string[];
    }
  | {
      readonly kind: 'ask-yes';
      readonly said?: readonly string[];
      readonly question: string;
      /** What it is about. */
      readonly about: readonly Problem[];
    }
  | {
      readonly kind: 'work';
      readonly journey: Journey;
      readonly story: StageStory;
      readonly stopping: boolean;
    }
  | {
      readonly kind: 'checked';
      readonly journey: Journey;
      readonly story: StageStory;
      readonly see: readonly SeeForYourself[];
      readonly drills: number;
    }
  | {
      readonly kind: 'failed';
      readonly journey?: Journey;
      readonly problems: readonly Problem[];
      readonly canIgnore: boolean;
      readonly canRetry: boolean;
      readonly canEdit: boolean;
      readonly canGoBack: boolean;
      /** The public addresses that are paid for, however this ends. */
      readonly meter?: readonly AddressMeter[];
      /** Somebody else is at work on the session: what they do can be read. */
      readonly canRead?: true;
    }
  | {
      readonly kind: 'done';
      readonly journey: Journey;
      /** Every stage is done, and no drill came out otherwise than expected. */
      readonly whole: boolean;
      /** The summary, in the reader's language. */
      readonly lines: (speech: Speech) => readonly string[];
    }
  /** Something to be read in full. */
  | {
      readonly kind: 'reading';
      readonly title: Message;
      readonly lines: (speech: Speech) => readonly string[];
    }
  | DrillScene;

export type SceneKind = Scene['kind'];

export type HomeEntry = 'continue' | 'start' | 'new' | 'drills' | 'watch' | 'lab' | 'report';

/** What the operator wants. The wiring carries it out; a screen never does anything itself. */
export type Intent =
  | { readonly kind: 'quit' }
  | { readonly kind: 'home' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'enter'; readonly entry: HomeEntry; readonly session?: string }
  | { readonly kind: 'continue' }
  | { readonly kind: 'apply' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'back' }
  | { readonly kind: 'edit' }
  | { readonly kind: 'next' }
  | { readonly kind: 'again' }
  | { readonly kind: 'again-ten' }
  | { readonly kind: 'move-home' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'drills' }
  | { readonly kind: 'drill'; readonly ids: readonly string[] }
  | { readonly kind: 'report' }
  | { readonly kind: 'read' }
  | { readonly kind: 'close' }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' };

/** How a review names a change that is due; `node` is null for what is made in the cloud. */
export function dueKey({
  node,
  resource,
}: {
  readonly node: string | null;
  readonly resource: string;
}): string {
  return `${node ?? ''} ${resource}`;
}
