import { absentPlaces, drillSpreads, insideFigures, type LiveDrill } from '../model/index.ts';
import { formatCount, renderProblem } from '../text/index.ts';
import { type Canvas, words } from './canvas.ts';
import { labelled, labelWidth } from './drill-parts.ts';
import type { DrillRun } from './drill-scenes.ts';
import { type Line, line, paragraph, toned, widthOf } from './lines.ts';

/** What the timers predict is what is seen from inside; outside has a line of its own. */
export function insideMs(drill: DrillRun): number {
  return insideFigures(drill).outageMs;
}

/** Several runs as figures: one number says nothing of the spread. */
export function severalRuns(canvas: Canvas, runs: readonly DrillRun[]): readonly string[] {
  return drillSpreads(runs).flatMap(({ runs: count, passed, outageMs, cloudMs }) => [
    words(canvas, 'dv-runs', { count, passed, ...outageMs }),
    ...(cloudMs ? [words(canvas, 'dv-runs-cloud', { ...cloudMs })] : []),
  ]);
}

/** Views that were wanted and could not be had, with why: once for each place. */
export function absentOf(
  canvas: Canvas,
  { notMeasured = [] }: DrillRun,
  columns: number,
): readonly Line[] {
  return absentPlaces(notMeasured).flatMap(({ vantage, target, problem }) => {
    const why = renderProblem(problem, canvas.speech.language).title;
    return paragraph(words(canvas, 'drill-view-absent', { vantage, target, why }), columns, 'warn');
  });
}

/** What is seen by the public address, and the cloud's share of it; nothing where nobody looks from there. */
export function outsideLines(
  canvas: Canvas,
  seen:
    | { readonly outageMs: number; readonly cloudMs?: number; readonly vantage: string }
    | undefined,
  columns: number,
): readonly Line[] {
  if (!seen) return [];
  const { outageMs, cloudMs, vantage } = seen;
  const width = labelWidth(canvas);
  const params = { ms: formatCount(outageMs), cloud: formatCount(cloudMs ?? 0) };
  const code = cloudMs === undefined ? 'dv-outside-figures' : 'dv-outside-cloud';
  const said = line(words(canvas, code, params));
  const from = line(toned('quiet', words(canvas, 'dv-outside-from', { vantage })));
  const whole = line(...said, '  ', ...from);
  const value = width + widthOf(whole) <= columns ? whole : said;
  return [labelled(words(canvas, 'dv-outside'), width, value)];
}

/** Where nobody can stand: said once for each place. */
export function absentLines(
  canvas: Canvas,
  { targets }: LiveDrill,
  columns: number,
): readonly Line[] {
  const places = targets.flatMap(({ absent, vantage }) => (absent ? [vantage] : []));
  return [...new Set(places)].flatMap((vantage) =>
    paragraph(words(canvas, 'dv-outside-absent', { vantage }), columns, 'warn'),
  );
}
