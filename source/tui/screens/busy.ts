import { sayMessage } from '../../text/index.ts';
import { BLANK, foreign, line, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph } from '../theme.ts';

type Busy = Extract<Scene, { kind: 'busy' }>;

/** Something takes seconds and is no stage's: what it is, and what was said last. */
export const busy: Screen<Busy> = {
  keys: () => 'busy',
  offers: () => ['stop'],
  react: (_, action) => (action === 'stop' ? { intent: { kind: 'stop' } } : {}),
  draw: ({ scene, run, canvas }) => {
    const { speech } = canvas;
    const said = run.progress.map(({ node, text }) =>
      line(
        '  ',
        node ? `${node}  ` : '',
        typeof text === 'string'
          ? foreign(text, 'quiet')
          : toned('quiet', sayMessage(speech, text)),
      ),
    );
    return {
      ...(scene.journey ? {} : { title: [line(toned('strong', 'iam-ha-wizard')), BLANK] as const }),
      head: [line(glyph(speech.style, 'busy'), ' ', sayMessage(speech, scene.what)), BLANK],
      body: [
        ...(scene.said ?? [])
          .flatMap((text) => text.split('\n'))
          .map((text) => line('  ', foreign(text))),
        ...said,
      ],
    };
  },
};
