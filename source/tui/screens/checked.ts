import { sayCount } from '../../text/index.ts';
import { words } from '../canvas.ts';
import { checkLines, seeLinesWithin } from '../check-rows.ts';
import type { Action } from '../keys.ts';
import { BLANK, line, spread, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { storyHead } from '../story.ts';
import { glyph } from '../theme.ts';
import { stageGlance } from '../work-rows.ts';

type Checked = Extract<Scene, { kind: 'checked' }>;

const INTENTS: Partial<Record<Action, 'next' | 'again' | 'drills' | 'back'>> = {
  next: 'next',
  again: 'again',
  drills: 'drills',
  back: 'back',
};

/** A stage that is done: what was made, what was checked, how to see for oneself, what to break. */
export const checked: Screen<Checked> = {
  keys: () => 'checked',
  offers: ({ scene }) => [
    'next',
    'again',
    ...(scene.drills > 0 ? (['drills'] as const) : []),
    ...(scene.journey.at > 0 ? (['back'] as const) : []),
  ],
  react: (_, action) => {
    const kind = INTENTS[action];
    return kind ? { intent: { kind } } : {};
  },
  draw: ({ scene, run, canvas }, room) => {
    const { style } = canvas.speech;
    const stage = run.stages.find(({ id }) => id === scene.story.id);
    const [title = BLANK] = storyHead(canvas, scene.story, { ...room, rows: 1 });
    const glance = stage ? stageGlance(canvas, stage) : BLANK;
    const drills = sayCount(canvas.speech, 'tui-drills-offered', scene.drills);
    const offered =
      scene.drills > 0 ? [line({ text: 'd', tone: 'key' }, '  ', drills), BLANK] : [BLANK];
    const head = [
      title,
      spread(line(glyph(style, 'done'), ' ', ...glance), BLANK, room.columns),
      ...offered,
    ];
    const body = [
      line(toned('strong', words(canvas, 'tui-heading-checks'))),
      ...checkLines(canvas, stage?.checks ?? [], run, room.columns),
    ];
    const left = room.rows - head.length;
    const space = Math.max(left - body.length, Math.floor(left / 2)) - 1;
    const see = seeLinesWithin(canvas, scene.see, room.columns, space);
    return {
      head,
      body,
      foot: see.length > 0 ? [BLANK, ...see] : [],
    };
  },
};
