import stringWidth from 'string-width';
import {
  DRILL_STEPS,
  type LiveDrill,
  type OutageBand,
  PHASE_NAMES,
  type Phases,
} from '../model/index.ts';
import { formatCount, formatRange, pad } from '../text/index.ts';
import { type Canvas, words } from './canvas.ts';
import type { DrillPlace } from './drill-scenes.ts';
import { BLANK, type Line, line, padLine, paragraph, toned, widthOf } from './lines.ts';
import { glyph, type Span } from './theme.ts';

/** The time of day, as this computer has it: `14:09:31`. */
export function clockTime(ms: number): string {
  const at = new Date(ms);
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** What stands at the right of every drill screen's title. */
export function placeLine(canvas: Canvas, { profile, rate }: DrillPlace): Line {
  return line(toned('quiet', words(canvas, 'dv-place', { profile, rate })));
}

/** A label, and what belongs to it: their left edges are the lanes'. */
export function labelled(label: string, width: number, value: Line): Line {
  return line(toned('quiet', pad(label, width)), ...value);
}

export function labelWidth(canvas: Canvas): number {
  const codes = ['dv-phases', 'dv-outage', 'dv-outside', 'dv-requests'];
  const labels = codes.map((code) => words(canvas, code));
  return Math.max(...labels.map((label) => stringWidth(label))) + 2;
}

/** The phases in words: ms after the fault. */
export function phaseLines(
  canvas: Canvas,
  drill: LiveDrill,
  columns: number,
  isOver: boolean,
): readonly Line[] {
  const width = labelWidth(canvas);
  const { phases } = drill;
  const seen = PHASE_NAMES.filter((name) => phases[name] !== undefined);
  if (seen.length === 0) {
    const code = isOver ? 'dv-no-failover' : 'dv-no-phases';
    return [labelled(words(canvas, 'dv-phases'), width, line(toned('quiet', words(canvas, code))))];
  }
  const parts = seen.map((name, index): Line => {
    const unit = index === seen.length - 1 ? ' ms' : '';
    return line(toned('quiet', `${words(canvas, `dv-phase-${name}`)} `), `${phases[name]}${unit}`);
  });
  return rowsOf(parts, columns - width).map((one, index) =>
    labelled(index === 0 ? words(canvas, 'dv-phases') : '', width, one),
  );
}

/** As many of the pieces in a row as there is room for. */
function rowsOf(pieces: readonly Line[], columns: number): readonly Line[] {
  return pieces.reduce<Line[]>((rows, piece) => {
    const last = rows.at(-1);
    if (last && widthOf(last) + 2 + widthOf(piece) <= columns)
      rows[rows.length - 1] = line(...last, '  ', ...piece);
    else rows.push(piece);
    return rows;
  }, []);
}

/** Predicted band, phases and measured outage on one scale that begins at the fault. */
export function bandLine(
  canvas: Canvas,
  { predictedMs, phases }: { readonly predictedMs: OutageBand; readonly phases: Phases },
  measuredMs: number,
  columns: number,
): Line {
  const width = labelWidth(canvas);
  const predicted = formatRange(predictedMs);
  const figures = words(canvas, 'dv-measured', { ms: measuredMs, predicted });
  const isInside = measuredMs <= predictedMs[1];
  const said: Span = { text: figures, tone: isInside ? 'good' : 'bad' };
  const cells = columns - width - stringWidth(figures) - 2;
  const most = Math.max(predictedMs[1], measuredMs, ...Object.values(phases));
  const label = words(canvas, 'dv-outage');
  if (most === 0 || cells < 12) return labelled(label, width, line(said));
  return labelled(
    label,
    width,
    line(...bandCells(canvas, predictedMs, phases, measuredMs, { cells, most }), '  ', said),
  );
}

function bandCells(
  canvas: Canvas,
  [min, max]: OutageBand,
  phases: Phases,
  measuredMs: number,
  { cells, most }: { readonly cells: number; readonly most: number },
): Line {
  const { style } = canvas.speech;
  const place = (ms: number) => Math.round((ms / most) * (cells - 1));
  const row = Array.from({ length: cells }, (_, cell): Span => {
    const isInBand = cell >= place(min) && cell <= place(max);
    return isInBand ? glyph(style, 'band') : { text: ' ' };
  });
  row[place(min)] = glyph(style, 'band-from');
  row[place(max)] = glyph(style, 'band-to');
  for (const ms of Object.values(phases)) row[place(ms)] = glyph(style, 'phase');
  row[place(measuredMs)] = glyph(style, 'measured');
  return row;
}

/** How many were asked, and what became of them. */
export function countsLine(
  canvas: Canvas,
  count: {
    readonly sent: number;
    readonly ok: number;
    readonly late: number;
    readonly failed: number;
  },
): Line {
  const text = words(canvas, 'dv-counts', {
    sent: formatCount(count.sent),
    ok: formatCount(count.ok),
    late: formatCount(count.late),
    failed: formatCount(count.failed),
  });
  return labelled(words(canvas, 'dv-requests'), labelWidth(canvas), line(text));
}

/** What the drill is busy with: what is done, what is in hand, what comes. */
export function stepsLine(canvas: Canvas, { steps }: LiveDrill, isOver: boolean): Line {
  const { style } = canvas.speech;
  const current = DRILL_STEPS.findLast((step) => steps[step] !== undefined);
  return line(
    ...DRILL_STEPS.flatMap((step, index): Line => {
      const isNow = step === current && !isOver;
      const isDone = steps[step] !== undefined && !isNow;
      const name = words(canvas, `dv-step-${step}`);
      const mark = glyph(style, isNow ? 'busy' : isDone ? 'done' : 'open');
      const text: Span = isNow ? { text: name, tone: 'strong' } : { text: name, tone: 'quiet' };
      return [...(index > 0 ? [{ text: '  ' }] : []), mark, { text: ' ' }, text];
    }),
  );
}

/** Sentences, each on lines of its own. */
export function sentences(texts: readonly string[], columns: number): readonly Line[] {
  return texts.flatMap((text) => paragraph(text, columns));
}

/** A label, and a line of the notify log with its time. */
const LEAST_BESIDE = 36;

/** Two columns beside each other; under each other where there is no room. */
export function besideEachOther(
  blocks: readonly (readonly Line[])[],
  columns: number,
): readonly Line[] {
  const width = Math.floor((columns - (blocks.length - 1) * 2) / Math.max(1, blocks.length));
  if (width < LEAST_BESIDE) return blocks.flatMap((block) => [...block, BLANK]).slice(0, -1);
  const height = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, row) =>
    line(
      ...blocks.flatMap((block, index): Line => {
        const cells = padLine(block[row] ?? BLANK, width);
        return index < blocks.length - 1 ? [...cells, { text: '  ' }] : cells;
      }),
    ),
  );
}
