import {
  absentPlaces,
  askedMessages,
  type DrillEvent,
  insideFigures,
  type Phases,
  type View,
  worstOutsideView,
} from '../../model/index.ts';
import {
  failureLines,
  formatCount,
  formatRange,
  renderProblem,
  sanitizeLine,
} from '../../text/index.ts';
import { problemLines } from './plain-lines.ts';
import { paint, plainSigns, type SymbolName, symbol } from './style.ts';
import { drillName, type Speech, say, sayList } from './words.ts';

const MARKS: Readonly<Record<DrillEvent['outcome'], SymbolName>> = {
  passed: 'passed',
  failed: 'failed',
  'not-injected': 'unknown',
  aborted: 'unknown',
};

const PHASES: readonly (keyof Phases)[] = ['detected', 'decided', 'added', 'announced', 'answered'];

function headline(speech: Speech, drill: DrillEvent): string {
  const { outcome, predictedMs, run } = drill;
  // what the timers predict is what is seen from inside; outside is told on a line of its own
  const inside = insideFigures(drill);
  const measured = outcome === 'passed' || outcome === 'failed';
  const mark = symbol(speech.style, MARKS[outcome]);
  const name = paint(speech.style, 'bold', drillName(speech, drill.id));
  const number = run > 1 ? `  ${say(speech, 'drill-run', { run })}` : '';
  const figures = say(speech, 'drill-figures', {
    outage: inside.outageMs,
    predicted: formatRange(predictedMs),
    failed: formatCount(inside.failed),
    sent: formatCount(inside.sent),
  });
  return `${mark} ${name}${number}  ${measured ? figures : say(speech, `outcome-${outcome}`)}`;
}

function holders(speech: Speech, { holderBefore, holderAfter }: DrillEvent): string {
  const nobody = say(speech, 'nobody');
  const params = { before: holderBefore ?? nobody, after: holderAfter ?? nobody };
  return say(speech, 'drill-holders', params);
}

function phases(speech: Speech, { phases }: DrillEvent): readonly string[] {
  const seen = PHASES.filter((name) => phases[name] !== undefined);
  if (seen.length === 0) return [];
  const list = seen.map((name) => `${say(speech, `phase-${name}`)} ${phases[name]} ms`);
  return [say(speech, 'drill-phases', { phases: sayList(speech, list) })];
}

function notifyLines(speech: Speech, { notifyLines }: DrillEvent): readonly string[] {
  return Object.entries(notifyLines).map(([node, lines]) => {
    const text = lines.map(sanitizeLine).join('; ') || say(speech, 'no-lines');
    return say(speech, 'drill-notify', { node, lines: text });
  });
}

/** Who met a backend that had gone; where nobody did, there is nothing to say. */
function lateAfter(speech: Speech, { lateAfter: late = 0 }: DrillEvent): readonly string[] {
  return late > 0 ? [say(speech, 'drill-late-afterwards', { late: formatCount(late) })] : [];
}

/** What clients saw by the public address, and the cloud's share of it; or why nobody saw anything. */
function outside(speech: Speech, { views, notMeasured = [] }: DrillEvent): readonly string[] {
  const worst = worstOutsideView(views);
  return [
    ...(worst ? [outsideLine(speech, worst)] : []),
    ...askedMessages(views).map(({ code, params }) => say(speech, code, params)),
    ...absentPlaces(notMeasured).map(({ vantage, target, problem }) => {
      const why = renderProblem(problem, speech.language).title;
      return paint(
        speech.style,
        'yellow',
        say(speech, 'drill-view-absent', { vantage, target, why }),
      );
    }),
  ];
}

function outsideLine(speech: Speech, { vantage, target, outageMs, cloudMs }: View): string {
  const params = { vantage, target, outage: formatCount(outageMs) };
  if (cloudMs === undefined) return say(speech, 'drill-outside', params);
  return say(speech, 'drill-outside-cloud', { ...params, cloud: formatCount(cloudMs) });
}

/** View by view, where they were not to fare alike. */
function views(speech: Speech, { views }: DrillEvent): readonly string[] {
  return views.flatMap(({ predictedMs, domain, backend, outageMs, late, failed, sent }) => {
    if (!predictedMs) return [];
    const of = backend === undefined ? domain : `${backend} (${domain})`;
    const counts = {
      late: formatCount(late),
      failed: formatCount(failed),
      sent: formatCount(sent),
    };
    const predicted = formatRange(predictedMs);
    return [say(speech, 'drill-view-figures', { of, outage: outageMs, predicted, ...counts })];
  });
}

function calls(speech: Speech, { calls = [] }: DrillEvent): readonly string[] {
  return calls.map(({ call, at, expected, seen, works }) => {
    const asSaid = works ? 'drill-call-worked' : 'drill-call-failed';
    const code = seen === expected ? asSaid : 'drill-call-surprised';
    const line = say(speech, code, { call, at, expected, seen });
    return seen === expected ? line : paint(speech.style, 'red', line);
  });
}

/** A drill afterwards: outage against prediction, who has the VIP, each node's new log lines. */
export function drillLines(speech: Speech, drill: DrillEvent): readonly string[] {
  const details = [
    holders(speech, drill),
    ...phases(speech, drill),
    ...failureLines(drill.views, speech.language),
    ...lateAfter(speech, drill),
    ...outside(speech, drill),
    ...views(speech, drill),
    ...calls(speech, drill),
    ...notifyLines(speech, drill),
    ...(drill.restored ? [] : [paint(speech.style, 'red', say(speech, 'drill-still-broken'))]),
  ];
  const problems = drill.problems.flatMap((one) => problemLines(speech, one));
  const lines = [headline(speech, drill), ...[...details, ...problems].map((text) => `  ${text}`)];
  return lines.map((line) => plainSigns(speech.style, line));
}
