import type { RequestSecond, WatchState } from '../../model/index.ts';
import { type Canvas, words } from '../canvas.ts';
import { clockTime } from '../drill-parts.ts';
import { BLANK, indent, type Line, line, paragraph, spread, toned, widthOf } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph, type Span } from '../theme.ts';
import { nodeBoxes } from '../watch-boxes.ts';
import { cloudText } from '../watch-cloud.ts';
import {
  holderText,
  moveText,
  outsideText,
  requestsText,
  slowestText,
  troubleText,
} from '../watch-words.ts';

type Watch = Extract<Scene, { kind: 'watch' }>;

/** The pair, live: who has the address, what answers, and how old each of these is. */
export const watch: Screen<Watch> = {
  keys: () => 'watch',
  offers: () => ['back'],
  react: (_, action) => (action === 'back' ? { intent: { kind: 'back' } } : {}),
  draw: ({ scene: { watch: state }, canvas }, { columns }) => ({
    title: [
      line(toned('strong', state.cluster), `   ${words(canvas, 'watch-title')}`),
      line(toned('quiet', clockTime(canvas.now))),
    ],
    body: [
      BLANK,
      ...wayDown(canvas, state, columns),
      ...inCloud(canvas, state),
      ...outside(canvas, state, columns),
      ...nodeBoxes(canvas, state, columns),
      BLANK,
      ...sentences(canvas, state, columns),
    ],
  }),
};

/** Whom the cloud has for its holder: what traffic from outside follows. */
function inCloud({ speech, now }: Canvas, state: WatchState): readonly Line[] {
  const said = cloudText(speech, state, now);
  return said === undefined ? [] : [line('         ', toned('quiet', said))];
}

/** From the clients to the VIP, with what they meet on the way. */
function wayDown(canvas: Canvas, state: WatchState, columns: number): readonly Line[] {
  const { speech, now } = canvas;
  const { style } = speech;
  const holder = holderText(speech, state, now);
  const from =
    state.vantage === undefined
      ? ''
      : ` ${words(canvas, 'watch-from', { vantage: state.vantage })}`;
  const requests = line(toned('quiet', requestsText(speech, state)));
  const slowest = line('  ', toned('quiet', slowestText(speech, state)));
  const room = Math.max(10, columns - 40);
  return [
    spread(line('  ', words(canvas, 'watch-clients'), toned('quiet', from)), requests, columns),
    spread(
      line('     ', glyph(style, 'way')),
      line(...sparkline(canvas, state.seconds.slice(-room)), ...slowest),
      columns,
    ),
    line(
      '     ',
      glyph(style, 'way-end'),
      ' VIP ',
      toned('accent', state.vip),
      ' ',
      glyph(style, 'arrow'),
      ' ',
      toned(holder.tone === 'good' ? 'strong' : holder.tone, holder.text),
    ),
  ];
}

/** The way by the public address, as the cloud leads it: a row of its own, where there is one. */
function outside(canvas: Canvas, state: WatchState, columns: number): readonly Line[] {
  const { speech } = canvas;
  const said = outsideText(speech, state);
  if (!state.outside || said === undefined) return [];
  const { vantage, address, problem } = state.outside;
  const where = line(
    '  ',
    words(canvas, 'watch-outside'),
    toned('quiet', ` ${words(canvas, 'watch-from', { vantage })}`),
    ` ${glyph(speech.style, 'arrow').text} `,
    toned('accent', address),
  );
  const what = line(toned(problem ? 'warn' : 'quiet', said));
  if (widthOf(where) + widthOf(what) + 2 <= columns) return [spread(where, what, columns)];
  return [where, ...indent(paragraph(said, columns - 5, problem ? 'warn' : 'quiet'), 5)];
}

/** A bar a second: how slow the slowest answer was; a second in which one was lost stands out. */
function sparkline(canvas: Canvas, seconds: readonly RequestSecond[]): Line {
  const { style } = canvas.speech;
  const bars = [...glyph(style, 'spark').text];
  const most = Math.max(20, ...seconds.map(({ slowestMs }) => slowestMs));
  return seconds.map(({ failed, late, slowestMs }): Span => {
    if (failed > 0) return glyph(style, 'lost');
    if (late > 0) return glyph(style, 'late');
    const level = Math.min(bars.length - 1, Math.floor((slowestMs / most) * bars.length));
    return { text: bars[level]!, tone: 'good' };
  });
}

function sentences(canvas: Canvas, state: WatchState, columns: number): readonly Line[] {
  const { speech, now } = canvas;
  const trouble = troubleText(speech, state, now);
  return [
    ...paragraph(trouble.text, columns, trouble.tone === 'bad' ? 'bad' : undefined),
    ...paragraph(moveText(speech, state, now), columns, 'quiet'),
  ];
}
