import { type Canvas, words } from '../canvas.ts';
import type { Action } from '../keys.ts';
import { BLANK, type Line, line, paragraph, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph } from '../theme.ts';

type Done = Extract<Scene, { kind: 'done' }>;

const INTENTS: Partial<Record<Action, 'home' | 'drills' | 'report' | 'back'>> = {
  home: 'home',
  drills: 'drills',
  report: 'report',
  back: 'back',
};

function headline(canvas: Canvas, { whole }: Done): Line {
  const code = whole ? 'tui-done-title' : 'tui-done-not-whole';
  const mark = glyph(canvas.speech.style, whole ? 'done' : 'warned');
  return line(mark, ' ', toned('strong', words(canvas, code)));
}

/** The working pair: addresses, DNS records, drills, and what is still a single point of failure. */
export const done: Screen<Done> = {
  keys: () => 'done',
  offers: () => ['home', 'drills', 'report', 'back'],
  react: (_, action) => {
    const kind = INTENTS[action];
    return kind ? { intent: { kind } } : {};
  },
  draw: ({ scene, canvas }, room) => ({
    head: [headline(canvas, scene), BLANK],
    body: scene.lines(canvas.speech).flatMap((text) => paragraph(text || ' ', room.columns)),
  }),
};
