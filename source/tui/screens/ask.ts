import { type Canvas, words } from '../canvas.ts';
import { BLANK, broken, type Line, line, paragraph, toned } from '../lines.ts';
import { problemLines } from '../problem-rows.ts';
import type { Scene } from '../scenes.ts';
import type { Drawn, Props, Screen } from '../screen.ts';
import { emptyField, type TextField, textOf } from '../text-field.ts';
import { glyph } from '../theme.ts';

type Ask = Extract<Scene, { kind: 'ask' }>;
type AskYes = Extract<Scene, { kind: 'ask-yes' }>;
type Confirm = Extract<Scene, { kind: 'confirm' }>;

/** What is typed, with the cursor; a secret is only counted. */
export function fieldLines(
  canvas: Canvas,
  field: TextField,
  secret: boolean,
  columns: number,
): readonly Line[] {
  const { style } = canvas.speech;
  const seen = secret ? field.text.map(() => '*') : field.text;
  const cursor = glyph(style, 'cursor').text;
  const text = [...seen.slice(0, field.cursor), cursor, ...seen.slice(field.cursor)].join('');
  return broken(text, columns - 2).map((row, index) =>
    line(index === 0 ? glyph(style, 'current') : ' ', ' ', toned('accent', row)),
  );
}

const PLAIN_TITLE = [line(toned('strong', 'iam-ha-wizard')), BLANK] as const;

/** A line of text is asked for. What is refused says why, on the spot. */
export const ask: Screen<Ask> = {
  types: () => true,
  keys: () => 'ask',
  offers: () => ['accept', 'back'],
  react: ({ local }, action) => {
    if (action === 'back') return { intent: { kind: 'back' } };
    if (action !== 'accept') return {};
    return { intent: { kind: 'answer', text: textOf(local.field) } };
  },
  draw: ({ scene, local, canvas }, room): Drawn => ({
    title: PLAIN_TITLE,
    body: [
      BLANK,
      ...scene.question.split('\n').flatMap((text) => paragraph(text, room.columns)),
      BLANK,
      ...fieldLines(canvas, local.field, scene.secret, room.columns),
    ],
  }),
};

/** A yes or a no. */
export const askYes: Screen<AskYes> = {
  keys: () => 'ask-yes',
  offers: () => ['yes', 'no'],
  react: (_, action) => (action === 'yes' || action === 'no' ? { intent: { kind: action } } : {}),
  draw: ({ scene, canvas }, room) => ({
    title: PLAIN_TITLE,
    body: [
      ...(scene.said ?? []).map((text) => line(toned('quiet', text))),
      BLANK,
      ...scene.about.flatMap((one) => [...problemLines(canvas, one, room.columns), BLANK]),
      ...scene.question.split('\n').flatMap((text) => paragraph(text, room.columns, 'strong')),
    ],
  }),
};

function refusal({ canvas, scene, local }: Props<Confirm>): readonly Line[] {
  if (!local.refused) return [];
  return paragraph(words(canvas, 'tui-confirm-other', { word: scene.node }), canvas.columns, 'bad');
}

/** What must not be said by habit: the name of the node whose service is interrupted is typed. */
export const confirm: Screen<Confirm> = {
  types: () => true,
  keys: () => 'confirm',
  offers: () => ['accept', 'back'],
  react: ({ scene, local }, action) => {
    if (action === 'back') return { intent: { kind: 'back' } };
    if (action !== 'accept') return {};
    if (textOf(local.field) === scene.node) return { intent: { kind: 'yes' } };
    return { local: { ...local, field: emptyField, refused: true } };
  },
  draw: (props, room) => {
    const { scene, local, canvas } = props;
    const { style, language } = canvas.speech;
    return {
      body: [
        line(toned('strong', scene.story.title[language])),
        BLANK,
        line(
          glyph(style, 'warned'),
          ' ',
          toned('bad', words(canvas, 'ask-outage', { node: scene.node })),
        ),
        BLANK,
        ...paragraph(words(canvas, 'prompt-word', { word: scene.node }), room.columns),
        BLANK,
        ...fieldLines(canvas, local.field, false, room.columns),
        BLANK,
        ...refusal(props),
      ],
    };
  },
};
