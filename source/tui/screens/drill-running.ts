import { type LiveDrill, type RunState, worstLive, worstOutside } from '../../model/index.ts';
import { drillName, sayMessage } from '../../text/index.ts';
import { type Canvas, words } from '../canvas.ts';
import { laneLines } from '../drill-lanes.ts';
import { absentLines, outsideLines } from '../drill-outside.ts';
import {
  bandLine,
  clockTime,
  countsLine,
  phaseLines,
  placeLine,
  sentences,
  stepsLine,
} from '../drill-parts.ts';
import { BLANK, type Line, line, paragraph, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Drawn, Room, Screen } from '../screen.ts';

type Running = Extract<Scene, { kind: 'drill-running' }>;

/** What is said of a drill of which another run was told before is not this one's. */
function liveOf({ live }: RunState, { drill }: Running): LiveDrill | undefined {
  return live?.id === drill ? live : undefined;
}

/** A drill while it goes on: what should happen, and what does, as time passes. */
export const drillRunning: Screen<Running> = {
  keys: () => 'drill-running',
  offers: () => ['stop'],
  react: (_, action) => (action === 'stop' ? { intent: { kind: 'stop' } } : {}),
  draw: ({ scene, run, canvas }, room) => {
    const live = liveOf(run, scene);
    const title: Drawn['title'] = [titleOf(canvas, scene, live), placeLine(canvas, scene.place)];
    if (!live) return { title, body: waiting(canvas, scene, run, room) };
    return { title, head: headOf(canvas, scene, live, room), body: bodyOf(canvas, live, room) };
  },
};

function titleOf(canvas: Canvas, scene: Running, live: LiveDrill | undefined): Line {
  const drill = drillName(canvas.speech, scene.drill);
  const named = live ? words(canvas, 'dv-on', { drill, node: live.victim }) : drill;
  const { times } = scene;
  const run = words(canvas, 'dv-run-of', { run: live?.run ?? 1, times });
  return line(
    `${words(canvas, 'dv-title')}  `,
    toned('strong', named),
    ...(times > 1 ? ['   ', toned('quiet', run)] : []),
  );
}

/** Before the first word of the drill: what the run says that it is doing. */
function waiting(
  canvas: Canvas,
  scene: Running,
  { progress }: RunState,
  { columns }: Room,
): readonly Line[] {
  const text = progress.at(-1)?.text;
  const said =
    text === undefined || typeof text === 'string'
      ? words(canvas, 'dv-starting')
      : sayMessage(canvas.speech, text);
  const texts = [said, ...(scene.stopping ? [words(canvas, 'dv-stopping')] : [])];
  return sentences(texts, columns);
}

function headOf(canvas: Canvas, scene: Running, live: LiveDrill, room: Room): readonly Line[] {
  const { armed, texts, restored } = live;
  const said = texts.map((text) => sayMessage(canvas.speech, text));
  const undoes =
    armed && restored === undefined
      ? [words(canvas, 'dv-undoes-at', { node: armed.node, time: clockTime(armed.untilMs) })]
      : [];
  return [
    ...sentences(said, room.columns),
    ...sentences(undoes, room.columns).map((one) =>
      one.map((span) => ({ ...span, tone: 'quiet' as const })),
    ),
    ...(scene.stopping ? paragraph(words(canvas, 'dv-stopping'), room.columns, 'warn') : []),
    BLANK,
  ];
}

function bodyOf(canvas: Canvas, live: LiveDrill, { columns }: Room): readonly Line[] {
  const worst = worstLive(live);
  return [
    ...laneLines(canvas, live, columns, canvas.now),
    BLANK,
    ...phaseLines(canvas, live, columns, false),
    bandLine(canvas, live, worst.outageMs, columns),
    ...outsideLines(canvas, worstOutside(live), columns),
    ...absentLines(canvas, live, columns),
    countsLine(canvas, worst),
    BLANK,
    stepsLine(canvas, live, false),
  ];
}
