import { words } from '../canvas.ts';
import type { Action } from '../keys.ts';
import { BLANK, line, paragraph, toned } from '../lines.ts';
import type { Intent, Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { storyHead } from '../story.ts';
import { glyph } from '../theme.ts';

type ByHand = Extract<Scene, { kind: 'by-hand' }>;

const INTENTS: Partial<Record<Action, Intent>> = {
  yes: { kind: 'yes' },
  skip: { kind: 'skip' },
  back: { kind: 'back' },
};

/** What a person is to do somewhere else, until they say that it is done. */
export const byHand: Screen<ByHand> = {
  keys: () => 'by-hand',
  offers: ({ scene }) => ['yes', 'skip', ...(scene.journey.at > 0 ? (['back'] as const) : [])],
  react: (_, action) => {
    const intent = INTENTS[action];
    return intent ? { intent } : {};
  },
  draw: ({ scene, canvas }, room) => {
    const { style, language } = canvas.speech;
    const todo = scene.text[language].trimEnd().split('\n');
    const after = scene.isChecked ? 'tui-by-hand-checked' : 'tui-by-hand-asked-once';
    return {
      head: storyHead(canvas, scene.story, room),
      body: [
        line(glyph(style, 'current'), ' ', toned('strong', words(canvas, 'tui-by-hand'))),
        ...todo.flatMap((text) => (text === '' ? [BLANK] : paragraph(text, room.columns))),
        BLANK,
        ...paragraph(words(canvas, after), room.columns, 'quiet'),
      ],
    };
  },
};
