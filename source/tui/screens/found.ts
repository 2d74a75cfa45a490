import { sayCount } from '../../text/index.ts';
import { type Canvas, words } from '../canvas.ts';
import { BLANK, type Line, line, padLine, paragraph, toned, widthOf } from '../lines.ts';
import type { ListedStage, Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph } from '../theme.ts';
import { ago } from './home.ts';

type Found = Extract<Scene, { kind: 'found' }>;

/** What the machines say of a stage; nothing of one that was never done. */
function finding(
  canvas: Canvas,
  scene: Found,
  { id }: ListedStage,
): readonly [Line, Line] | undefined {
  const { speech } = canvas;
  const changed = scene.changed.find(({ stage }) => stage === id);
  if (changed) {
    const what = sayCount(speech, 'tui-found-changed', changed.count);
    return [line(glyph(speech.style, 'changed')), line(toned('warn', what))];
  }
  const failing = scene.failing.find(({ stage }) => stage === id);
  if (failing) {
    const { code, params } = failing.problem;
    return [line(glyph(speech.style, 'failed')), line(toned('bad', words(canvas, code, params)))];
  }
  if (!scene.held.includes(id)) return undefined;
  return [
    line(glyph(speech.style, 'done')),
    line(toned('quiet', words(canvas, 'tui-found-holds'))),
  ];
}

function findings(canvas: Canvas, scene: Found): readonly Line[] {
  const { stages } = scene.journey;
  const name = ({ title }: ListedStage) => line(title[canvas.speech.language]);
  const width = Math.max(0, ...stages.map((stage) => widthOf(name(stage))));
  return stages.flatMap((stage) => {
    const found = finding(canvas, scene, stage);
    if (!found) return [];
    return [line(...found[0], ' ', ...padLine(name(stage), width), '  ', ...found[1])];
  });
}

/** After a pause: what the machines say about what was done before, and nothing from memory. */
export const found: Screen<Found> = {
  keys: () => 'found',
  offers: () => ['continue', 'home'],
  react: (_, action) => {
    if (action === 'continue' || action === 'home') return { intent: { kind: action } };
    return {};
  },
  draw: ({ scene, canvas }, room) => {
    const isSame = scene.changed.length === 0 && scene.failing.length === 0;
    const since = words(canvas, 'tui-found-ago', { ago: ago(canvas.speech, scene.agoMs) });
    return {
      head: [
        line(toned('strong', words(canvas, 'tui-found-title'))),
        ...paragraph(since, room.columns, 'quiet'),
        BLANK,
      ],
      body: [
        ...findings(canvas, scene),
        BLANK,
        ...paragraph(words(canvas, isSame ? 'tui-found-same' : 'tui-found-differs'), room.columns),
      ],
    };
  },
};
