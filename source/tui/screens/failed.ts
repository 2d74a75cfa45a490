import { meterText } from '../../text/index.ts';
import { words } from '../canvas.ts';
import type { Action } from '../keys.ts';
import { BLANK, line, paragraph, toned } from '../lines.ts';
import { problemLines, saidInFull } from '../problem-rows.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';

type Failed = Extract<Scene, { kind: 'failed' }>;

const INTENTS: Partial<Record<Action, 'retry' | 'ignore' | 'edit' | 'back' | 'home' | 'read'>> = {
  retry: 'retry',
  ignore: 'ignore',
  edit: 'edit',
  back: 'back',
  home: 'home',
  read: 'read',
};

/** What happened, why that is likely, and what to try, each with its key. */
export const failed: Screen<Failed> = {
  keys: ({ local }) => (local.pane === 'output' ? 'reading' : 'failed'),
  offers: ({ scene, local }) => {
    if (local.pane === 'output') return ['close'];
    const { canRetry, canEdit, canIgnore, canGoBack, problems } = scene;
    return [
      ...(canRetry ? (['retry'] as const) : []),
      ...(canEdit ? (['edit'] as const) : []),
      ...(canIgnore ? (['ignore'] as const) : []),
      ...(scene.canRead ? (['read'] as const) : []),
      ...(canGoBack ? (['back'] as const) : []),
      ...(problems.some(({ detail }) => detail) ? (['output'] as const) : []),
      'home',
    ];
  },
  react: ({ local }, action) => {
    if (action === 'output') return { local: { ...local, pane: 'output', scroll: 0 } };
    if (action === 'close') return { local: { ...local, pane: '', scroll: 0 } };
    const kind = INTENTS[action];
    return kind ? { intent: { kind } } : {};
  },
  draw: ({ scene, local, canvas }, room) => {
    if (local.pane === 'output') return { body: saidInFull(scene.problems, room.columns) };
    const title: [ReturnType<typeof line>, ReturnType<typeof line>] = [
      line(toned('strong', 'iam-ha-wizard')),
      BLANK,
    ];
    return {
      ...(scene.journey ? {} : { title }),
      body: [
        ...scene.problems.flatMap((one) => [...problemLines(canvas, one, room.columns), BLANK]),
        ...paragraph(words(canvas, 'tui-failed-nothing-lost'), room.columns, 'quiet'),
        ...(scene.meter ?? []).flatMap((one) =>
          paragraph(meterText(one, canvas.speech.language), room.columns),
        ),
      ],
    };
  },
};
