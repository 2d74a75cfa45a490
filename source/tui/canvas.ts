import type { Params } from '../model/index.ts';
import { type Language, type Speech, type Style, say as sayText } from '../text/index.ts';
import { glyph, type Span } from './theme.ts';

/** Below this the screens fold: the stage list goes into the title. */
const WHOLE = { columns: 80, rows: 20 };
/** Below this nothing can be drawn that could be read. */
const LEAST = { columns: 40, rows: 10 };

/** Where a screen draws: how much room there is, and how it may look. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly speech: Speech;
  /** One column of everything: a small terminal, or a screen reader. */
  readonly folded: boolean;
  /** Nothing can be read in this. */
  readonly tooSmall: boolean;
  /** Read aloud: no rules, nothing beside anything else. */
  readonly spoken: boolean;
  /** Milliseconds since the epoch; moves only while something is at work. */
  readonly now: number;
}

export interface CanvasOptions {
  readonly columns: number;
  readonly rows: number;
  readonly language: Language;
  readonly style: Style;
  readonly spoken?: boolean;
  readonly now: number;
}

export function canvasOf(options: CanvasOptions): Canvas {
  const { columns, rows, language, style, spoken = false, now } = options;
  return {
    columns,
    rows,
    speech: { language, style },
    folded: spoken || columns < WHOLE.columns || rows < WHOLE.rows,
    tooSmall: columns < LEAST.columns || rows < LEAST.rows,
    spoken,
    now,
  };
}

/** The mark of a list's line: the chosen one, or its number where a line is answered by one. */
export function listMark(canvas: Canvas, isChosen: boolean, index: number): Span {
  if (canvas.spoken) return { text: `${index + 1}`.padStart(2), tone: 'key' };
  return isChosen ? glyph(canvas.speech.style, 'current') : { text: ' ' };
}

export const leastSize = LEAST;

export function words({ speech }: Canvas, code: string, params?: Params): string {
  return sayText(speech, code, params);
}
