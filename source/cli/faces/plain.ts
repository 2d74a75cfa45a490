import {
  type ChangeView,
  type EngineEvent,
  elapsedMs,
  emptyRunState,
  type ProgressView,
  type RunState,
  reduceRun,
  type StageView,
} from '../../model/index.ts';
import { cut, formatElapsed, wrap } from '../../text/index.ts';
import type { SummaryContext } from '../summary.ts';
import { summaryLines } from '../summary.ts';
import { drillLines } from './drill-lines.ts';
import type { Face } from './face.ts';
import {
  checkLines,
  diffLines,
  endedLine,
  plannedLine,
  problemLines,
  startedText,
} from './plain-lines.ts';
import { LastWords, progressLine } from './plain-progress.ts';
import { paint, plainSigns, symbol } from './style.ts';
import { type Speech, say, stageName } from './words.ts';

/** Longer lines are hard to read. */
const WHY_COLUMNS = 76;

export interface PlainOptions extends Speech {
  readonly write: (text: string) => void;
  /** A terminal: what is in hand is one line that rewrites itself. Else a line per event. */
  readonly interactive: boolean;
  /** Cells in a row, asked anew each time: a terminal can be resized. */
  readonly columns: () => number;
  /** What the summary needs and no event says; undefined until it is known. */
  readonly context: () => SummaryContext | undefined;
  /** Why there is a stage: shown under the heading of its plan. */
  readonly why?: (stage: string) => string | undefined;
}

/** The face of lines, for a person and for a log. */
export function createPlainFace(asked: PlainOptions): Face {
  const options = asked.interactive ? { ...asked, proseColumns: asked.columns } : asked;
  const seen: Seen = {
    state: emptyRunState,
    heading: '',
    diffs: new Map(),
    planned: new Set(),
    lastWords: new LastWords(),
  };
  let transient = false;
  const settle = () => {
    if (transient) options.write('\r\u001b[K');
    transient = false;
  };
  const show = (event: EngineEvent) => {
    seen.state = reduceRun(seen.state, event);
    const drawn = draw(options, seen, event);
    if (drawn.lines.length > 0) settle();
    for (const line of drawn.lines) options.write(`${line}\n`);
    if (drawn.busy === undefined || !options.interactive) return;
    options.write(`\r\u001b[K${cut(drawn.busy, Math.max(20, options.columns() - 1))}`);
    transient = true;
  };
  return { show, settle };
}

/** What the face remembers beside the run's state: what it has already put on the screen. */
interface Seen {
  state: RunState;
  heading: string;
  /** Whose diff of a resource has been shown: the same one on another node is only named. */
  readonly diffs: Map<string, string>;
  /** The plan's lines without a diff: two resources may both start a unit. */
  readonly planned: Set<string>;
  readonly lastWords: LastWords;
}

interface Drawn {
  readonly lines: readonly string[];
  /** For the line that rewrites itself. */
  readonly busy?: string;
}

function draw(options: PlainOptions, seen: Seen, event: EngineEvent): Drawn {
  switch (event.type) {
    case 'stage':
      return { lines: drawStage(options, stageOf(seen, event.id)) };
    case 'change':
      return drawChange(options, seen, changeOf(seen, event));
    case 'progress':
      return drawProgress(options, seen, event);
    case 'check': {
      const heading = headingLines(options, seen, event.stage, 'check');
      return { lines: [...heading, ...checkLines(options, event, seen.state)] };
    }
    case 'drill':
      return { lines: ['', ...drillLines(options, event)] };
    case 'drill-live':
    case 'watch':
      return { lines: [] };
    case 'problem':
      return { lines: ['', ...problemLines(options, event.problem)] };
    case 'result':
      return { lines: ['', ...summaryLines(options, seen.state, options.context())] };
  }
}

function stageOf(seen: Seen, id: string): StageView {
  return seen.state.stages.find((stage) => stage.id === id) ?? never(id);
}

function changeOf(seen: Seen, event: Extract<EngineEvent, { type: 'change' }>): ChangeView {
  const { changes } = stageOf(seen, event.stage);
  const same = (one: ChangeView) => one.resource === event.resource && one.node === event.node;
  return changes.find(same) ?? never(event.resource);
}

function never(what: string): never {
  throw new Error(`the reducer has lost ${what}`);
}

/** A stage's heading, where the lines above belong to something else. */
function headingLines(options: PlainOptions, seen: Seen, stage: string, part: string) {
  const heading = `${part} ${stage}`;
  if (seen.heading === heading) return [];
  seen.heading = heading;
  const { style } = options;
  const clock = paint(style, 'dim', formatElapsed(elapsedMs(seen.state)));
  const name = paint(style, 'bold', stageName(options, stage));
  const what = say(options, `heading-${part}`);
  const head = `${symbol(style, 'stage')} ${clock}  ${name}  ${paint(style, 'dim', what)}`;
  return ['', head, ...(part === 'plan' ? whyLines(options, stage) : [])];
}

function whyLines(options: PlainOptions, stage: string): readonly string[] {
  const why = options.why?.(stage);
  if (!why) return [];
  const width = Math.min(Math.max(20, options.columns() - 3), WHY_COLUMNS);
  return wrap(plainSigns(options.style, why), width).map(
    (line) => `  ${paint(options.style, 'dim', line)}`,
  );
}

function drawStage(options: PlainOptions, stage: StageView): readonly string[] {
  const name = stageName(options, stage.id);
  switch (stage.state) {
    case 'planned':
      return stage.changes.length > 0
        ? []
        : [`  ${say(options, 'stage-settled', { stage: name })}`];
    case 'failed':
    case 'skipped':
      return [`  ${say(options, `stage-${stage.state}`, { stage: name })}`];
    // Its heading comes with its first change: it may have none.
    case 'running':
    case 'done':
      return [];
  }
}

function drawChange(options: PlainOptions, seen: Seen, change: ChangeView): Drawn {
  if (change.state === 'planned') return { lines: drawPlanned(options, seen, change) };
  const heading = headingLines(options, seen, change.stage, 'work');
  seen.lastWords.note(change.node, change.endedAt ?? change.startedAt);
  // A log has the start of each change in its heading and its end in a line: twice as many lines
  // would bury the plan. On a terminal the start is the line that rewrites itself.
  if (change.state === 'started') return { lines: heading, busy: busyText(options, seen, change) };
  return { lines: [...heading, endedLine(options, change)] };
}

function busyText(options: PlainOptions, seen: Seen, change: ChangeView): string {
  // Without colour: this line is cut to the terminal's width.
  const speech = { ...options, style: { ...options.style, colour: false } };
  return `  ${formatElapsed(elapsedMs(seen.state))}  ${startedText(speech, change)}`;
}

function drawPlanned(options: PlainOptions, seen: Seen, change: ChangeView): readonly string[] {
  const heading = headingLines(options, seen, change.stage, 'plan');
  const line = plannedLine(options, change);
  if (!change.diff) {
    const key = `${change.stage} ${change.resource} ${line}`;
    if (seen.planned.has(key)) return heading;
    seen.planned.add(key);
    return [...heading, line];
  }
  const key = `${change.resource}\n${change.diff}`;
  const shown = seen.diffs.get(key);
  if (shown) return [...heading, `${line}  ${say(options, 'same-as-on', { node: shown })}`];
  if (change.node) seen.diffs.set(key, change.node);
  return [...heading, line, ...diffLines(options, change.diff)];
}

function drawProgress(options: PlainOptions, seen: Seen, progress: ProgressView): Drawn {
  const line = progressLine(options, seen.state, progress);
  if (!line) return { lines: [] };
  if (options.interactive && !progress.keep) return { lines: [], busy: line };
  const isOutput = typeof progress.text === 'string';
  return { lines: isOutput && !seen.lastWords.isDue(progress) ? [] : [line] };
}
