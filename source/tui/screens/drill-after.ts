import {
  insideFigures,
  isStale,
  type LiveDrill,
  vipViewsOf,
  type WatchedNode,
  worstInsideView,
  worstOutsideView,
} from '../../model/index.ts';
import {
  drillName,
  failureLines,
  formatCount,
  formatRange,
  pad,
  renderProblem,
  say,
} from '../../text/index.ts';
import { type Canvas, words } from '../canvas.ts';
import { laneLines } from '../drill-lanes.ts';
import { absentOf, insideMs, outsideLines, severalRuns } from '../drill-outside.ts';
import {
  bandLine,
  besideEachOther,
  clockTime,
  countsLine,
  phaseLines,
  placeLine,
  sentences,
} from '../drill-parts.ts';
import type { DrillRun } from '../drill-scenes.ts';
import type { Action } from '../keys.ts';
import {
  BLANK,
  foreign,
  indent,
  type Line,
  line,
  paragraph,
  spread,
  toned,
  widthOf,
} from '../lines.ts';
import type { Intent, Scene } from '../scenes.ts';
import type { Room, Screen } from '../screen.ts';
import { glyph, type Span } from '../theme.ts';

type After = Extract<Scene, { kind: 'drill-after' }>;

const WANTS: Partial<Record<Action, Intent>> = {
  next: { kind: 'next' },
  again: { kind: 'again' },
  'again-ten': { kind: 'again-ten' },
  'move-home': { kind: 'move-home' },
  back: { kind: 'drills' },
};

/** A drill afterwards: what it came to, both nodes side by side, and the picture of it. */
export const drillAfter: Screen<After> = {
  keys: () => 'drill-after',
  offers: ({ scene }) => [
    'next',
    'again',
    'again-ten',
    'back',
    ...(scene.home !== undefined ? (['move-home'] as const) : []),
  ],
  react: (_, action) => {
    const intent = WANTS[action];
    return intent ? { intent } : {};
  },
  draw: ({ scene, run, canvas }, room) => {
    const last = scene.runs.at(-1);
    if (!last) return { body: [] };
    const live = run.live?.id === scene.drill ? run.live : undefined;
    return {
      title: [
        line(
          `${words(canvas, 'dv-title')}  `,
          toned('strong', drillName(canvas.speech, scene.drill)),
        ),
        placeLine(canvas, scene.place),
      ],
      head: headOf(canvas, scene, last, room),
      body: [
        ...nodesBeside(canvas, scene, last, live, room),
        BLANK,
        ...(live ? picture(canvas, live, last, room) : []),
      ],
      foot: nextLine(canvas, scene),
    };
  },
};

function headOf(canvas: Canvas, scene: After, last: DrillRun, room: Room): readonly Line[] {
  return [
    ...headline(canvas, last, scene.atMs, room.columns),
    ...(scene.runs.length > 1
      ? severalRuns(canvas, scene.runs).flatMap((text) => paragraph(text, room.columns))
      : []),
    ...absentOf(canvas, last, room.columns),
    ...problemsOf(canvas, last, room.columns),
    BLANK,
  ];
}

function headline(canvas: Canvas, drill: DrillRun, atMs: number, columns: number): readonly Line[] {
  const { outcome, predictedMs } = drill;
  const { style } = canvas.speech;
  const isMeasured = outcome === 'passed' || outcome === 'failed';
  const mark = glyph(style, outcome === 'passed' ? 'done' : isMeasured ? 'failed' : 'unknown');
  const said = line(mark, ' ', say(canvas.speech, `outcome-${outcome}`));
  const figures = words(canvas, 'dv-headline', {
    outage: insideMs(drill),
    predicted: formatRange(predictedMs),
  });
  const time = line(toned('quiet', clockTime(atMs)));
  if (!isMeasured) return [spread(said, time, columns)];
  const measured = line(...said, '   ', toned('strong', figures));
  const counts = lostText(canvas, drill);
  const whole = line(...measured, `   ${counts}`);
  return widthOf(whole) + widthOf(time) + 2 <= columns
    ? [spread(whole, time, columns)]
    : [spread(measured, time, columns), line(`  ${counts}`)];
}

function lostText(canvas: Canvas, drill: DrillRun): string {
  const inside = worstInsideView(drill.views);
  const worst = vipViewsOf(drill.views).filter(({ outside }) => !inside || !outside);
  const lost = Math.max(0, ...worst.map(({ late, failed }) => late + failed));
  const params = { lost: formatCount(lost), sent: formatCount(insideFigures(drill).sent) };
  return words(canvas, 'dv-lost', params);
}

/** What was not as it should be: what happened, why that is likely, what to try. */
function problemsOf(canvas: Canvas, drill: DrillRun, columns: number): readonly Line[] {
  const { language } = canvas.speech;
  const broken = drill.restored ? [] : paragraph(words(canvas, 'dv-still-broken'), columns, 'bad');
  return [
    ...broken,
    ...drill.problems.flatMap((problem) => {
      const { title, cause, nextSteps } = renderProblem(problem, language);
      return [
        ...paragraph(title, columns, 'bad'),
        ...indent(sentences([cause, ...nextSteps].filter(Boolean), columns - 2), 2),
      ];
    }),
  ];
}

const LABEL = 13;

function nodesBeside(
  canvas: Canvas,
  scene: After,
  last: DrillRun,
  live: LiveDrill | undefined,
  { columns }: Room,
): readonly Line[] {
  const frontends = scene.nodes.filter(({ isFrontend }) => isFrontend);
  const blocks = frontends.map((node) =>
    nodeBlock(canvas, scene, node, linesOf(last, live, node.name)),
  );
  return besideEachOther(blocks, columns);
}

function nodeBlock(
  canvas: Canvas,
  { vip, atMs }: After,
  node: WatchedNode,
  logged: readonly string[],
): readonly Line[] {
  const { look } = node;
  const isKnown = look !== undefined && !isStale(node, atMs);
  const row = (label: string, value: Span) => line(' ', toned('quiet', pad(label, LABEL)), value);
  const unknown: Span = { text: words(canvas, 'dv-unknown'), tone: 'warn' };
  const runs = look?.units.nginx ?? false;
  return [
    line(toned('strong', node.name), '  ', toned('quiet', node.address)),
    row(words(canvas, 'dv-vip'), isKnown ? held(canvas, look.holds, vip) : unknown),
    row(
      'nginx',
      isKnown
        ? {
            text: words(canvas, runs ? 'dv-running' : 'dv-not-running'),
            tone: runs ? undefined : 'bad',
          }
        : unknown,
    ),
    row(
      'keepalived',
      isKnown
        ? { text: look.state, tone: look.state === 'MASTER' ? 'strong' : undefined }
        : unknown,
    ),
    ...(logged.length > 0 ? logged : [words(canvas, 'no-lines')]).map((text, index) =>
      row(index === 0 ? words(canvas, 'dv-log') : '', foreign(text)),
    ),
  ];
}

function held(canvas: Canvas, holds: boolean, vip: string): Span {
  return holds ? { text: vip, tone: 'accent' } : { text: words(canvas, 'dv-no'), tone: 'quiet' };
}

/** `22:13:13 notify_fault`: as they were followed, with their time; else as they were counted afterwards. */
function linesOf(last: DrillRun, live: LiveDrill | undefined, name: string): readonly string[] {
  const followed = live?.nodes.find((node) => node.name === name)?.lines ?? [];
  if (followed.length > 0)
    return followed.map((text) => text.replace(/^\[\d{4}-\d\d-\d\d (\S+)\] /, '$1 '));
  return last.notifyLines[name] ?? [];
}

/** The lanes, the phases and the band; what the eye can do without goes where there is no room. */
function picture(
  canvas: Canvas,
  live: LiveDrill,
  last: DrillRun,
  { columns, rows }: Room,
): readonly Line[] {
  const worst = worstInsideView(last.views) ?? vipViewsOf(last.views)[0];
  const isRoomy = rows >= 22;
  return [
    ...laneLines(canvas, live, columns, Number.POSITIVE_INFINITY, isRoomy),
    ...(isRoomy ? [BLANK] : []),
    ...phaseLines(canvas, live, columns, true),
    bandLine(canvas, live, insideMs(last), columns),
    ...outsideLines(canvas, worstOutsideView(last.views), columns),
    ...(worst && isRoomy ? [countsLine(canvas, worst)] : []),
    ...(isRoomy ? failures(canvas, last, columns) : []),
  ];
}

function failures(canvas: Canvas, { views }: DrillRun, columns: number): readonly Line[] {
  return failureLines(views, canvas.speech.language).flatMap((said) =>
    paragraph(said, columns, 'quiet'),
  );
}

function nextLine(canvas: Canvas, { next }: After): readonly Line[] {
  if (next === undefined) return [];
  const drill = drillName(canvas.speech, next);
  return [line(toned('quiet', words(canvas, 'dv-next', { drill })))];
}
