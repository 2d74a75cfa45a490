import { sayMessage } from '../../text/index.ts';
import { line, paragraph, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';

/** Something to be read in full: a report, what a server said. */
export const reading: Screen<Extract<Scene, { kind: 'reading' }>> = {
  keys: () => 'reading',
  offers: () => ['close'],
  react: (_, action) => (action === 'close' ? { intent: { kind: 'close' } } : {}),
  draw: ({ scene, canvas }, room) => ({
    title: [line(toned('strong', sayMessage(canvas.speech, scene.title))), []],
    body: scene.lines(canvas.speech).flatMap((text) => paragraph(text, room.columns)),
  }),
};
