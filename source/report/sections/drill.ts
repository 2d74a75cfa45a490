import { absentPlaces, askedMessages, PHASE_NAMES, worstOutsideView } from '../../model/index.ts';
import { failureLines, formatCount, formatRange } from '../../text/index.ts';
import { type Block, type Inlines, list, paragraph } from '../document.ts';
import { drillPicture, drillWindows } from '../pictures/drill-picture.ts';
import type { TimeWindow } from '../pictures/time-scale.ts';
import { figuresOf, type ReportDrill } from '../report-data.ts';
import type { Words } from '../words.ts';
import { sideBySide, viewsTable } from './drill-tables.ts';
import { stamp } from './stamp.ts';

/** What the cloud had in it, in a sentence; and where nobody could look from. */
function outside(words: Words, { views, notMeasured = [] }: ReportDrill): readonly Inlines[] {
  const worst = worstOutsideView(views);
  return [
    ...(worst?.cloudMs === undefined
      ? []
      : [
          words.say('report-cloud-share', {
            vantage: worst.vantage,
            cloud: formatCount(worst.cloudMs),
          }),
        ]),
    ...askedMessages(views).map(({ code, params }) => words.say(code, params)),
    ...absentPlaces(notMeasured).map(({ vantage, target, problem }) => ({
      strong: words.say('drill-view-absent', {
        vantage,
        target,
        why: words.problemTitle(problem),
      }),
    })),
  ];
}

/** What calls came to while it was broken. */
function calls(words: Words, { calls: made = [] }: ReportDrill): readonly Block[] {
  if (made.length === 0) return [];
  const head = ['call', 'asked', 'expected', 'seen', 'works'];
  return [
    paragraph(words.say('report-calls')),
    {
      kind: 'table',
      caption: words.say('report-caption-calls'),
      head: head.map((name) => words.say(`report-column-${name}`)),
      rows: made.map(({ call, at, expected, seen, works }) => [
        { code: call },
        at,
        { code: expected },
        seen === expected ? { code: seen } : { code: seen, strong: true },
        words.say(works ? 'report-yes' : 'report-no'),
      ]),
    },
  ];
}

function phases(words: Words, { phases: seen }: ReportDrill): readonly Inlines[] {
  if (!seen) return [];
  const parts = PHASE_NAMES.flatMap((name) =>
    seen[name] === undefined ? [] : [`${words.say(`phase-${name}`)} ${seen[name]} ms`],
  );
  return parts.length === 0
    ? [words.say('report-no-failover')]
    : [words.say('report-phases', { phases: parts.join(' · ') })];
}

function pictures(words: Words, drill: ReportDrill, place: number): readonly Block[] {
  const { trace, predictedMs, phases: seen = {} } = drill;
  if (!trace) return [paragraph(words.say('report-no-picture'))];
  const shown = { trace, predictedMs, measuredMs: figuresOf(drill).outageMs, phases: seen };
  const { near, whole } = drillWindows(shown);
  const figure = (code: string, id: string, window: TimeWindow): Block => {
    const title = words.say(code, { drill: words.say(`drill-${drill.id}`) });
    return { kind: 'figure', picture: drillPicture(shown, window, { id, title, words }) };
  };
  return [
    figure('report-picture-drill', `picture-${place}`, near),
    ...(whole ? [figure('report-picture-drill-whole', `picture-${place}-whole`, whole)] : []),
  ];
}

/** Everything that is known of one run of a drill. */
export function drillBlocks(words: Words, drill: ReportDrill, place: number): readonly Block[] {
  const { id, run, outcome, rate, at, predictedMs, restored, problems } = drill;
  const isPlain = outcome === 'passed';
  const heading = words.say(isPlain ? 'report-heading-drill' : 'report-heading-drill-outcome', {
    drill: words.say(`drill-${id}`),
    run,
    ...(!isPlain && { outcome: words.say(`outcome-${outcome}`) }),
  });
  const measured = words.say('report-measured', {
    ms: figuresOf(drill).outageMs,
    predicted: formatRange(predictedMs),
  });
  const items: readonly Inlines[] = [
    // a picture says it itself
    ...(drill.trace ? [] : [measured]),
    ...phases(words, drill),
    ...failureLines(drill.views, words.language),
    ...outside(words, drill),
    ...(restored ? [] : [{ strong: words.say('drill-still-broken') }]),
    ...problems.map((problem) => ({ strong: words.problemTitle(problem) })),
  ];
  return [
    { kind: 'heading', id: `${id}-${place}`, text: heading },
    paragraph([words.say('report-rate', { rate, at: stamp(at) }), ' ', { code: id }]),
    ...pictures(words, drill, place),
    ...list(items),
    ...sideBySide(words, drill),
    ...viewsTable(words, drill),
    ...calls(words, drill),
  ];
}
