import type { DrillEvent, RunState } from '../../model/index.ts';
import { drillName, formatRange, say, sayMessage } from '../../text/index.ts';
import { type Canvas, listMark, words } from '../canvas.ts';
import {
  BLANK,
  foreign,
  type Line,
  line,
  padLine,
  paragraph,
  spread,
  toned,
  widthOf,
} from '../lines.ts';
import { chosen, moved } from '../lists.ts';
import type { OfferedDrill, Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph } from '../theme.ts';

type Drills = Extract<Scene, { kind: 'drills' }>;

function lastRun(run: RunState, id: string): DrillEvent | undefined {
  return run.drills.findLast((one) => one.id === id);
}

/** What it came to, beside what was expected. */
function outcome(canvas: Canvas, drill: DrillEvent | undefined): Line {
  if (!drill) return BLANK;
  const passed = drill.outcome === 'passed';
  const figures = `${drill.outageMs} ms / ${formatRange(drill.predictedMs)}`;
  const measured = passed || drill.outcome === 'failed';
  const text = measured ? figures : say(canvas.speech, `outcome-${drill.outcome}`);
  return line(glyph(canvas.speech.style, passed ? 'done' : 'failed'), ' ', text);
}

function row(
  canvas: Canvas,
  run: RunState,
  drill: OfferedDrill,
  isChosen: boolean,
  index: number,
  columns: number,
): Line {
  const name = {
    text: drillName(canvas.speech, drill.id),
    tone: isChosen ? ('strong' as const) : undefined,
  };
  const left = line(listMark(canvas, isChosen, index), ' ', name);
  return spread(left, outcome(canvas, lastRun(run, drill.id)), columns);
}

/** What should happen, said before it does. */
function expectation(canvas: Canvas, { expects }: OfferedDrill, columns: number): readonly Line[] {
  return expects.flatMap((one) => paragraph(sayMessage(canvas.speech, one), columns));
}

/** The drills that there are: what each breaks, and what it came to. */
export const drills: Screen<Drills> = {
  keys: () => 'drills',
  offers: ({ scene }) => [
    'run',
    'next',
    ...(scene.drills.length > 1 ? (['run-all', 'up', 'down'] as const) : []),
  ],
  react: ({ scene, local }, action) => {
    const ids = scene.drills.map(({ id }) => id);
    const at = chosen(local, ids.length);
    if (action === 'run') return { intent: { kind: 'drill', ids: ids.slice(at, at + 1) } };
    if (action === 'run-all') return { intent: { kind: 'drill', ids } };
    if (action === 'next') return { intent: { kind: 'next' } };
    const next = moved({ ...local, selected: at }, action, ids.length);
    return next ? { local: next } : {};
  },
  draw: ({ scene, run, local, canvas }, room) => {
    const at = chosen(local, scene.drills.length);
    const rows = scene.drills.map((drill, index) =>
      row(canvas, run, drill, at === index, index, room.columns),
    );
    const chosenDrill = scene.drills[at];
    const about = chosenDrill ? expectation(canvas, chosenDrill, room.columns) : [];
    return {
      head: [
        line(toned('strong', words(canvas, 'tui-drills-title'))),
        ...paragraph(words(canvas, 'tui-drills-what'), room.columns, 'quiet'),
        BLANK,
      ],
      body: rows,
      focus: at,
      foot: [BLANK, ...about],
    };
  },
};

type Drilling = Extract<Scene, { kind: 'drilling' }>;

/** A drill while it runs: what is broken, what should happen, and what is done now. */
export const drilling: Screen<Drilling> = {
  keys: () => 'busy',
  offers: () => ['stop'],
  react: (_, action) => (action === 'stop' ? { intent: { kind: 'stop' } } : {}),
  draw: ({ scene, run, canvas }, room) => ({
    head: [
      line(toned('strong', drillName(canvas.speech, scene.drill.id))),
      ...expectation(canvas, scene.drill, room.columns),
      BLANK,
    ],
    body: run.progress.map(({ node, text }) =>
      line(
        glyph(canvas.speech.style, 'busy'),
        ' ',
        node ? `${node}  ` : '',
        typeof text === 'string' ? foreign(text) : sayMessage(canvas.speech, text),
      ),
    ),
  }),
};

type Drilled = Extract<Scene, { kind: 'drilled' }>;

function detail(canvas: Canvas, code: string, value: string): Line {
  const label = line(toned('quiet', words(canvas, code)));
  return line(...padLine(label, Math.max(14, widthOf(label) + 2)), value);
}

/** A drill afterwards. */
export const drilled: Screen<Drilled> = {
  keys: () => 'drilled',
  offers: () => ['next', 'again'],
  react: (_, action) =>
    action === 'next' || action === 'again' ? { intent: { kind: action } } : {},
  draw: ({ scene, run, canvas }, room) => {
    const drill = lastRun(run, scene.drill);
    if (!drill) return { body: [] };
    const nobody = words(canvas, 'nobody');
    const holders = `${drill.holderBefore ?? nobody} → ${drill.holderAfter ?? nobody}`;
    const lines = Object.entries(drill.notifyLines).flatMap(([node, all]) => [
      line(toned('strong', node)),
      ...(all.length > 0 ? all : [words(canvas, 'no-lines')]).flatMap((text) =>
        paragraph(text, room.columns - 2).map((one) => line('  ', ...one)),
      ),
    ]);
    return {
      head: [
        spread(
          line(toned('strong', drillName(canvas.speech, drill.id))),
          outcome(canvas, drill),
          room.columns,
        ),
        BLANK,
      ],
      body: [
        detail(canvas, 'column-outage', `${drill.outageMs} ms`),
        detail(canvas, 'column-expected', formatRange(drill.predictedMs)),
        detail(
          canvas,
          'column-requests-failed',
          say(canvas.speech, 'failed-of-sent', { failed: drill.failedRequests, sent: drill.sent }),
        ),
        detail(canvas, 'tui-vip', holders),
        BLANK,
        ...lines,
      ],
    };
  },
};
