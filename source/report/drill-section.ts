import { absentPlaces, askedMessages, vipViewsOf, worstOutsideView } from '../model/index.ts';
import { formatCount, formatRange } from '../text/index.ts';
import { code, escapeMarkdown, markdownTable, type Words } from './markdown.ts';
import { type ReportDrill, worstOutageMs } from './report-data.ts';

function sum(drill: ReportDrill, field: 'sent' | 'failed' | 'late'): number {
  return vipViewsOf(drill.views).reduce((total, view) => total + view[field], 0);
}

function holder(words: Words, name: string | null): string {
  return name === null ? words.say('nobody') : escapeMarkdown(name);
}

function row(words: Words, drill: ReportDrill): readonly string[] {
  return [
    words.say(`drill-${drill.id}`),
    String(drill.run),
    words.say(`outcome-${drill.outcome}`),
    `${worstOutageMs(drill)} ms`,
    formatRange(drill.predictedMs),
    formatCount(sum(drill, 'sent')),
    formatCount(sum(drill, 'failed')),
    formatCount(sum(drill, 'late')),
    `${holder(words, drill.holderBefore)} → ${holder(words, drill.holderAfter)}`,
  ];
}

const COLUMNS = [
  'drill',
  'run',
  'outcome',
  'measured',
  'predicted',
  'sent',
  'failed',
  'late',
  'holder',
];

/** Every view of a drill: where the client stood and what it saw. */
function views(words: Words, drill: ReportDrill): readonly string[] {
  const told = drill.views.some((view) => view.predictedMs);
  const outage = told ? ['outage', 'predicted'] : ['outage'];
  const isSeveral = drill.views.some((view) => view.outside);
  const share = drill.views.some((view) => view.cloudMs !== undefined);
  const head = [
    'vantage',
    ...(isSeveral ? ['asked-at'] : []),
    ...['domain', 'sent', 'ok', 'late', 'failed', ...outage],
    ...(share ? ['cloud-share'] : []),
    'slowest',
  ];
  const rows = drill.views.map((view) => [
    code(view.vantage),
    ...(isSeveral ? [code(view.target)] : []),
    view.backend === undefined
      ? code(view.domain)
      : `${code(view.domain)} (${escapeMarkdown(view.backend)})`,
    formatCount(view.sent),
    formatCount(view.ok),
    formatCount(view.late),
    formatCount(view.failed),
    `${view.outageMs} ms`,
    ...(told ? [view.predictedMs ? formatRange(view.predictedMs) : ''] : []),
    ...(share ? [view.cloudMs === undefined ? '' : `${formatCount(view.cloudMs)} ms`] : []),
    `${view.slowestMs} ms`,
  ]);
  const columns = head.map((name) => words.say(`report-column-${name}`));
  return rows.length === 0 ? [] : [...markdownTable(columns, rows), ''];
}

/** What the cloud had in it, in a sentence; and where nobody could look from. */
function outside(words: Words, { views: all, notMeasured = [] }: ReportDrill): readonly string[] {
  const worst = worstOutsideView(all);
  return [
    ...(worst?.cloudMs === undefined
      ? []
      : [
          `- ${words.say('report-cloud-share', {
            vantage: worst.vantage,
            cloud: formatCount(worst.cloudMs),
          })}`,
        ]),
    ...askedMessages(all).map(({ code: said, params }) => `- ${words.say(said, params)}`),
    ...absentPlaces(notMeasured).map(({ vantage, target, problem }) => {
      const why = words.problemTitle(problem);
      return `- **${words.say('drill-view-absent', { vantage, target, why })}**`;
    }),
  ];
}

/** What calls came to while it was broken. */
function calls(words: Words, { calls: made = [] }: ReportDrill): readonly string[] {
  if (made.length === 0) return [];
  const head = ['call', 'asked', 'expected', 'seen', 'works'];
  const rows = made.map(({ call, at, expected, seen, works }) => [
    code(call),
    escapeMarkdown(at),
    code(expected),
    seen === expected ? code(seen) : `**${code(seen)}**`,
    words.say(works ? 'report-yes' : 'report-no'),
  ]);
  const columns = head.map((name) => words.say(`report-column-${name}`));
  return [words.say('report-calls'), '', ...markdownTable(columns, rows), ''];
}

function notifyLines(words: Words, drill: ReportDrill): readonly string[] {
  return Object.entries(drill.notifyLines).map(([node, lines]) => {
    const text = lines.length > 0 ? lines.map(code).join(', ') : words.say('no-lines');
    return `- ${words.say('report-notify', { node })} ${text}`;
  });
}

function details(words: Words, drill: ReportDrill): readonly string[] {
  const title = words.say(`drill-${drill.id}`);
  return [
    `### ${title}, ${words.say('report-run', { run: drill.run })}`,
    '',
    words.say('report-rate', { rate: drill.rate, at: drill.at }),
    '',
    ...views(words, drill),
    ...calls(words, drill),
    ...outside(words, drill),
    ...notifyLines(words, drill),
    ...(drill.restored ? [] : [`- **${words.say('drill-still-broken')}**`]),
    ...drill.problems.map((problem) => `- **${words.problemTitle(problem)}**`),
    '',
  ];
}

/** The drills: a table of all, then each with its views and notify lines. */
export function drillSection(words: Words, drills: readonly ReportDrill[]): readonly string[] {
  const head = COLUMNS.map((name) => words.say(`report-column-${name}`));
  if (drills.length === 0) return [words.say('report-no-drills'), ''];
  return [
    ...markdownTable(
      head,
      drills.map((drill) => row(words, drill)),
    ),
    '',
    ...drills.flatMap((drill) => details(words, drill)),
  ];
}
