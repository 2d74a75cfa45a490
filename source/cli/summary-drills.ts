import { type DrillEvent, insideFigures, type ResultFields } from '../model/index.ts';
import { formatCount, formatRange, table } from '../text/index.ts';
import { paint } from './faces/style.ts';
import { drillName, type Speech, say } from './faces/words.ts';

function drillRow(speech: Speech, drill: DrillEvent): readonly string[] {
  const { outcome, predictedMs } = drill;
  const { outageMs, failed, sent } = insideFigures(drill);
  const of = { failed: formatCount(failed), sent: formatCount(sent) };
  return [
    drillName(speech, drill.id),
    `${outageMs} ms`,
    formatRange(predictedMs),
    say(speech, 'failed-of-sent', of),
    ...(outcome === 'passed' ? [] : [say(speech, `outcome-${outcome}`)]),
  ];
}

/** Every run: outage against prediction. */
export function drillTable(speech: Speech, drills: readonly DrillEvent[]): readonly string[] {
  if (drills.length === 0) return [];
  const head = ['drill', 'outage', 'expected', 'requests-failed'];
  const rows = [
    head.map((name) => say(speech, `column-${name}`)),
    ...drills.map((drill) => drillRow(speech, drill)),
  ];
  const lines = table(rows, ['left', 'right', 'left', 'left']);
  return ['', ...lines.map((line) => `  ${line}`)];
}

/** Of drills that ran more than once. */
export function spreadLines(speech: Speech, { spreads = [] }: ResultFields): readonly string[] {
  const lines = spreads.flatMap(({ id, runs: count, passed, outageMs, lateRequests }) => [
    paint(speech.style, 'bold', drillName(speech, id)),
    `  ${say(speech, 'dv-runs', { count, passed, ...outageMs })}`,
    `  ${say(speech, 'drill-runs-late', { median: lateRequests.median, max: lateRequests.max })}`,
  ]);
  return lines.length > 0 ? ['', ...lines.map((line) => `  ${line}`)] : [];
}
