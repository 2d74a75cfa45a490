import { type DrillEvent, insideFigures, type RunState } from '../../model/index.ts';
import { drillName, formatRange, renderProblem, say, sayMessage } from '../../text/index.ts';
import { type Canvas, words } from '../canvas.ts';
import { placeLine, sentences } from '../drill-parts.ts';
import type { DrillOffer } from '../drill-scenes.ts';
import { BLANK, indent, type Line, line, padLine, paragraph, toned, widthOf } from '../lines.ts';
import { chosen, moved } from '../lists.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { glyph, type Span } from '../theme.ts';

type Menu = Extract<Scene, { kind: 'drill-menu' }>;

function isPossible({ plan }: DrillOffer): boolean {
  return plan !== undefined;
}

/** All drills, with what should happen if each were run now, and what it came to the last time. */
export const drillMenu: Screen<Menu> = {
  keys: () => 'drill-menu',
  offers: ({ scene, local }) => [
    scene.goesOn ? 'next' : 'back',
    ...(scene.offers.length > 1 ? (['up', 'down'] as const) : []),
    ...(scene.offers[chosen(local, scene.offers.length)]?.plan ? (['run'] as const) : []),
    ...(scene.offers.filter(isPossible).length > 1 ? (['run-all'] as const) : []),
  ],
  react: ({ scene, local }, action) => {
    const at = chosen(local, scene.offers.length);
    const possible = scene.offers.filter(isPossible).map(({ id }) => id);
    if (action === 'run') return { intent: { kind: 'drill', ids: [scene.offers[at]!.id] } };
    if (action === 'run-all') return { intent: { kind: 'drill', ids: possible } };
    if (action === 'back' || action === 'next') return { intent: { kind: action } };
    const next = moved({ ...local, selected: at }, action, scene.offers.length);
    return next ? { local: next } : {};
  },
  draw: ({ scene, run, local, canvas }, room) => {
    const at = chosen(local, scene.offers.length);
    const offer = scene.offers[at];
    return {
      title: [
        line(toned('strong', scene.place.cluster), `   ${words(canvas, 'dv-menu-title')}`),
        placeLine(canvas, scene.place),
      ],
      head: [...paragraph(words(canvas, 'dv-menu-what'), room.columns, 'quiet'), BLANK],
      body: rows(canvas, scene.offers, run, at),
      focus: at + 1,
      foot: offer ? [BLANK, ...about(canvas, offer, room.columns)] : [],
    };
  },
};

/** Name, predicted outage, what becomes of the VIP, what it came to: in columns under their heads. */
function rows(
  canvas: Canvas,
  offers: readonly DrillOffer[],
  run: RunState,
  at: number,
): readonly Line[] {
  const { style } = canvas.speech;
  const heads = COLUMNS.map((column) => line(toned('quiet', words(canvas, `dv-column-${column}`))));
  const cells = offers.map((offer, index) => [
    line({
      text: drillName(canvas.speech, offer.id),
      tone: index === at ? 'strong' : isPossible(offer) ? undefined : 'quiet',
    }),
    predicted(canvas, offer),
    vip(canvas, offer),
    came(canvas, lastRun(run, offer.id)),
  ]);
  const widths = COLUMNS.map((_, column) =>
    Math.max(...[heads, ...cells].map((row) => widthOf(row[column] ?? BLANK))),
  );
  const inColumns = (row: readonly Line[]) =>
    row.flatMap((cell, column) => [...padLine(cell, widths[column]!), { text: '  ' }]);
  return [
    line('  ', ...inColumns(heads)),
    ...cells.map((row, index) =>
      line(index === at ? glyph(style, 'current') : ' ', ' ', ...inColumns(row)),
    ),
  ];
}

const COLUMNS = ['drill', 'expected', 'vip', 'measured'] as const;

function predicted(canvas: Canvas, { plan }: DrillOffer): Line {
  if (!plan) return line(toned('warn', words(canvas, 'dv-impossible')));
  return line(formatRange(plan.predictedMs));
}

function vip(canvas: Canvas, { plan }: DrillOffer): Line {
  if (!plan) return BLANK;
  const { holder, holderAfter } = plan;
  const isStaying = holder === holderAfter;
  const params = { from: holder ?? words(canvas, 'nobody'), to: holderAfter };
  return line(toned('quiet', words(canvas, isStaying ? 'dv-stays' : 'dv-moves', params)));
}

function lastRun({ drills }: RunState, id: string): DrillEvent | undefined {
  return drills.findLast((one) => one.id === id);
}

function came(canvas: Canvas, drill: DrillEvent | undefined): Line {
  if (!drill) return BLANK;
  const { outcome } = drill;
  const { outageMs } = insideFigures(drill);
  const isPassed = outcome === 'passed';
  const text =
    isPassed || outcome === 'failed' ? `${outageMs} ms` : say(canvas.speech, `outcome-${outcome}`);
  const said: Span = { text, tone: isPassed ? 'good' : 'bad' };
  return line(glyph(canvas.speech.style, isPassed ? 'done' : 'failed'), ' ', said);
}

/** The chosen one in full: what should happen, and how it undoes itself; or why it is impossible. */
function about(canvas: Canvas, { plan, problem }: DrillOffer, columns: number): readonly Line[] {
  if (problem) {
    const { title, cause, nextSteps } = renderProblem(problem, canvas.speech.language);
    return [
      ...paragraph(title, columns, 'warn'),
      ...indent(sentences([cause, ...nextSteps], columns - 2), 2),
    ];
  }
  if (!plan) return [];
  const { victim, armedSeconds, texts } = plan;
  const undoes =
    armedSeconds === undefined
      ? []
      : [words(canvas, 'dv-undoes-within', { node: victim, seconds: armedSeconds })];
  return [
    ...sentences(
      texts.map((text) => sayMessage(canvas.speech, text)),
      columns,
    ),
    ...undoes.flatMap((text) => paragraph(text, columns, 'quiet')),
  ];
}
