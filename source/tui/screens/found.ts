import { sayCount } from '../../text/index.ts';
import { words } from '../canvas.ts';
import { BLANK, line, paragraph, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph } from '../theme.ts';
import { ago } from './home.ts';

type Found = Extract<Scene, { kind: 'found' }>;

/** After a pause: what the machines say about what was done before, and nothing from memory. */
export const found: Screen<Found> = {
  keys: () => 'found',
  offers: () => ['continue', 'home'],
  react: (_, action) => {
    if (action === 'continue' || action === 'home') return { intent: { kind: action } };
    return {};
  },
  draw: ({ scene, canvas }, room) => {
    const { speech } = canvas;
    const { style, language } = speech;
    const title = (id: string) =>
      scene.journey.stages.find((stage) => stage.id === id)?.title[language] ?? id;
    const nothing = scene.changed.length === 0 && scene.failing.length === 0;
    return {
      head: [
        line(toned('strong', words(canvas, 'tui-found-title'))),
        ...paragraph(
          words(canvas, 'tui-found-ago', { ago: ago(speech, scene.agoMs) }),
          room.columns,
          'quiet',
        ),
        BLANK,
      ],
      body: [
        ...scene.held.map((id) =>
          line(
            glyph(style, 'done'),
            ' ',
            title(id),
            '  ',
            toned('quiet', words(canvas, 'tui-found-holds')),
          ),
        ),
        ...scene.changed.map(({ stage, count }) =>
          line(
            glyph(style, 'changed'),
            ' ',
            toned('strong', title(stage)),
            '  ',
            sayCount(speech, 'tui-found-changed', count),
          ),
        ),
        ...scene.failing.map(({ stage, problem }) =>
          line(
            glyph(style, 'failed'),
            ' ',
            toned('strong', title(stage)),
            '  ',
            words(canvas, problem.code, problem.params),
          ),
        ),
        BLANK,
        ...paragraph(words(canvas, nothing ? 'tui-found-same' : 'tui-found-differs'), room.columns),
      ],
    };
  },
};
