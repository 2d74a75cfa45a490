import { type OutageBand, PHASE_NAMES, type Phases } from '../../model/index.ts';
import { element, type Markup } from '../markup.ts';
import type { Words } from '../words.ts';
import { filled, stroked } from './paint.ts';
import { label, line, named, rect } from './svg.ts';
import { type Scale, type TimeWindow, ticksOf, timeText } from './time-scale.ts';

interface Place {
  readonly window: TimeWindow;
  readonly scale: Scale;
  readonly top: number;
}

/** Seconds are easier to read where milliseconds have four digits and more. */
const LONG_MS = 4000;

export function axis({ window, scale, top }: Place, bottom: number): readonly Markup[] {
  const isLong = window.toMs > LONG_MS;
  return ticksOf(window, 8).flatMap((atMs) => [
    line({ x1: scale(atMs), y1: top + 6, x2: scale(atMs), y2: bottom }, stroked('rule')),
    label(
      timeText(atMs, isLong),
      { x: scale(atMs), y: top },
      {
        paint: 'quiet',
        'font-size': 11,
        'text-anchor': 'middle',
      },
    ),
  ]);
}

/** The fault, through all lanes. */
export function faultMark({ scale, top }: Place, bottom: number, words: Words): readonly Markup[] {
  const x = scale(0);
  return [
    line(
      { x1: x, y1: top + 4, x2: x, y2: bottom },
      {
        ...stroked('failed', 1.5),
        'stroke-dasharray': '4 3',
      },
    ),
    element('path', { d: `M${x - 5},${top - 4}H${x + 5}L${x},${top + 4}Z`, ...filled('failed') }),
    label(
      words.say('dv-fault'),
      { x: x - 8, y: top + 3 },
      { paint: 'failed', 'text-anchor': 'end' },
    ),
  ];
}

/** The phases' row, with room for the lines that lead from a moment to its number. */
export const PHASES_HEIGHT = 38;
const PHASE_PX = 21;

/** Where each phase is, and where its number has room: never on the one before, never past the plot's end. */
export function phasePlaces(
  phases: Phases,
  scale: Scale,
  right: number,
): readonly {
  readonly name: (typeof PHASE_NAMES)[number];
  readonly at: number;
  readonly x: number;
}[] {
  const seen = PHASE_NAMES.flatMap((name) => {
    const atMs = phases[name];
    return atMs === undefined ? [] : [{ name, at: scale(atMs) }];
  });
  let least = Number.NEGATIVE_INFINITY;
  return seen.map(({ name, at }, place) => {
    const most = right - (seen.length - 1 - place) * PHASE_PX;
    const x = Math.max(least, Math.min(at, most));
    least = x + PHASE_PX;
    return { name, at, x };
  });
}

/** Numbered, for they are often a few ms apart; what the numbers mean stands below. */
export function phaseMarks(
  phases: Phases,
  { window, scale, top }: Place,
  words: Words,
): readonly Markup[] {
  const y = top + PHASES_HEIGHT - 11;
  return phasePlaces(phases, scale, scale(window.toMs)).map(({ name, at, x }) =>
    named(
      `${words.say(`phase-${name}`)} ${phases[name]} ms`,
      element('path', { d: `M${px(at)},${top}V${top + 8}L${px(x)},${y - 8}`, ...stroked('quiet') }),
      element('circle', { cx: x, cy: y, r: 9, ...filled('ink') }),
      label(
        String(PHASE_NAMES.indexOf(name) + 1),
        { x, y: y + 4 },
        { paint: 'paper', 'font-size': 11, 'text-anchor': 'middle' },
      ),
    ),
  );
}

function px(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What the numbers mean. */
export function phaseLegend(phases: Phases, words: Words): string {
  return PHASE_NAMES.flatMap((name, at) =>
    phases[name] === undefined
      ? []
      : [`${at + 1} ${words.say(`phase-${name}`)} ${phases[name]} ms`],
  ).join(' · ');
}

/** What was predicted as a hollow band, what was measured as a solid bar in it: on the axis's own scale. */
export function outageBars(
  {
    predictedMs: [min, max],
    gap,
  }: {
    readonly predictedMs: OutageBand;
    readonly gap: { readonly fromMs: number; readonly toMs: number } | undefined;
  },
  { window, scale, top }: Place,
  names: { readonly predicted: string; readonly measured: string },
): readonly Markup[] {
  const from = scale(min);
  const band = rect(
    {
      x: from,
      y: top + 2,
      width: Math.max(2, scale(Math.min(max, window.toMs)) - from),
      height: 16,
    },
    { ...stroked('band', 1.5), 'stroke-dasharray': '3 2', 'data-part': 'predicted' },
  );
  // where nothing was lost there is a mark, too: nothing at all would be taken for not measured
  const none = line({ x1: scale(0), y1: top, x2: scale(0), y2: top + 20 }, stroked('ink', 3));
  if (!gap) return [named(names.predicted, band), named(names.measured, none)];
  const start = scale(Math.max(gap.fromMs, window.fromMs));
  const width = Math.max(2, scale(Math.min(gap.toMs, window.toMs)) - start);
  const bar = rect(
    { x: start, y: top + 6, width, height: 8 },
    { ...filled('ink'), 'data-part': 'measured' },
  );
  return [named(names.predicted, band), named(names.measured, bar)];
}
