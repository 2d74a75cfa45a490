import { sanitizeLine, say, sayMessage, table } from '../../text/index.ts';
import { type Canvas, listMark, words } from '../canvas.ts';
import { BLANK, foreign, indent, type Line, line, paragraph, toned } from '../lines.ts';
import { chosen, moved } from '../lists.ts';
import { refusalLines } from '../problem-rows.ts';
import type { Scene } from '../scenes.ts';
import type { Drawn, Local, Props, Reaction, Screen } from '../screen.ts';
import { emptyField, textOf } from '../text-field.ts';
import { fieldLines } from './ask.ts';

type Question = Extract<Scene, { kind: 'question' }>;
type Choose = Extract<Scene, { kind: 'choose' }>;

function title(canvas: Canvas): readonly [Line, Line] {
  return [line(toned('strong', words(canvas, 'tui-new-title'))), BLANK];
}

/** What has been told since the last question, in its own lines. */
function told(said: readonly string[]): readonly Line[] {
  const lines = said.flatMap((text) => text.split('\n')).map((text) => line(foreign(text)));
  return lines.length > 0 ? [...lines, BLANK] : [];
}

/** A list begins at what is offered. */
function at({ scene, local }: Props<Question>): number {
  const { choices = [], offered } = scene;
  if (local.pane === 'moved') return chosen(local, choices.length);
  return Math.max(
    0,
    choices.findIndex(({ value }) => value === offered?.value),
  );
}

function answer(props: Props<Question>): string {
  const { scene, local } = props;
  if (scene.choices) return scene.choices[at(props)]?.value ?? '';
  return textOf(local.field).trim() || (scene.offered?.value ?? '');
}

function taken(props: Props<Question>): Reaction {
  const { scene, local } = props;
  const text = answer(props);
  const wrong = scene.check(text);
  if (!wrong) return { intent: { kind: 'answer', text } };
  const field = scene.choices ? local.field : emptyField;
  return { local: { ...local, field, refused: wrong } };
}

function choiceLines(props: Props<Question>, columns: number): readonly Line[] {
  const { canvas, scene } = props;
  const { speech } = canvas;
  return (scene.choices ?? []).flatMap((choice, index) => {
    const isChosen = index === at(props);
    const mark = listMark(canvas, isChosen, index);
    const name = {
      text: sayMessage(speech, choice.title),
      tone: isChosen ? ('strong' as const) : undefined,
    };
    const about = choice.about
      ? paragraph(sayMessage(speech, choice.about), columns - 4, 'quiet')
      : [];
    return [line(mark, ' ', name), ...indent(about, 4)];
  });
}

/** What the choices come to, in columns. */
function tableLines({ canvas, scene }: Props<Question>): readonly Line[] {
  if (!scene.table) return [];
  const rows = scene.table.map((row) => row.map((cell) => sayMessage(canvas.speech, cell)));
  const [head = '', ...rest] = table(rows, ['left', 'right', 'right', 'right']);
  return [line(toned('quiet', head)), ...rest.map((text) => line(text)), BLANK];
}

/** What Enter alone answers, and why that is likely right. */
function offer({ canvas, scene }: Props<Question>, columns: number): readonly Line[] {
  const { speech } = canvas;
  if (!scene.offered) return [];
  const { value, because } = scene.offered;
  const choice = scene.choices?.find((one) => one.value === value);
  if (choice) {
    const params = {
      value: sayMessage(speech, choice.title),
      because: sayMessage(speech, because),
    };
    return paragraph(say(speech, 'init-offered', params), columns, 'quiet');
  }
  return [
    ...paragraph(say(speech, 'tui-enter-takes', { value: sanitizeLine(value) }), columns, 'accent'),
    ...paragraph(sayMessage(speech, because), columns, 'quiet'),
  ];
}

/** One question at a time: why it is asked, what is offered, and why an answer was refused. */
export const question: Screen<Question> = {
  types: ({ choices }) => choices === undefined,
  keys: ({ scene }) => (scene.choices ? 'choose' : 'question'),
  offers: ({ scene }) => ['accept', 'home', ...(scene.choices ? (['up', 'down'] as const) : [])],
  react: (props, action) => {
    if (action === 'accept') return taken(props);
    if (action === 'home') return { intent: { kind: 'home' } };
    const from: Local = { ...props.local, selected: at(props), pane: 'moved' };
    const next = moved(from, action, props.scene.choices?.length ?? 0);
    return next ? { local: next } : {};
  },
  draw: (props, room): Drawn => {
    const { canvas, scene, local } = props;
    const { columns } = room;
    const refused = local.refused && local.refused !== true ? local.refused : scene.problem;
    const field = scene.choices
      ? choiceLines(props, columns)
      : fieldLines(canvas, local.field, false, columns);
    return {
      title: title(canvas),
      body: [
        ...told(scene.said),
        line(toned('strong', sayMessage(canvas.speech, scene.title))),
        ...paragraph(sayMessage(canvas.speech, scene.why), columns, 'quiet'),
        BLANK,
        ...tableLines(props),
        ...field,
        BLANK,
        ...(refused ? [...refusalLines(canvas, refused, columns), BLANK] : []),
        ...offer(props, columns),
      ],
    };
  },
};

/** Something to choose. */
export const choose: Screen<Choose> = {
  keys: () => 'choose',
  offers: () => ['accept', 'home', 'up', 'down'],
  react: ({ scene, local }, action) => {
    const { options } = scene;
    const value = options[chosen(local, options.length)]?.value ?? '';
    if (action === 'accept') return { intent: { kind: 'answer', text: value } };
    if (action === 'home') return { intent: { kind: 'home' } };
    const next = moved(local, action, options.length);
    return next ? { local: next } : {};
  },
  draw: ({ scene, local, canvas }, room) => {
    const selected = chosen(local, scene.options.length);
    const about = scene.options[selected]?.about;
    return {
      title: title(canvas),
      head: [...told(scene.said), ...paragraph(scene.title, room.columns, 'strong'), BLANK],
      body: scene.options.map(({ name }, index) => {
        const isChosen = index === selected;
        const text = { ...foreign(name), tone: isChosen ? ('strong' as const) : undefined };
        return line(listMark(canvas, isChosen, index), ' ', text);
      }),
      focus: selected,
      foot: about ? [BLANK, ...paragraph(about, room.columns, 'quiet')] : [],
    };
  },
};
