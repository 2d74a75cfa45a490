import { type DrillSpread, vipViewsOf } from '../../model/index.ts';
import { formatCount, formatRange } from '../../text/index.ts';
import { type Block, type Inlines, paragraph, type Section, type Tone } from '../document.ts';
import { figuresOf, type ReportData, type ReportDrill } from '../report-data.ts';
import type { Words } from '../words.ts';
import { drillBlocks } from './drill.ts';

const TONES: Readonly<Record<ReportDrill['outcome'], Tone>> = {
  passed: 'good',
  failed: 'bad',
  'not-injected': 'warn',
  aborted: 'quiet',
};

function sum(drill: ReportDrill, field: 'sent' | 'failed' | 'late'): string {
  return formatCount(vipViewsOf(drill.views).reduce((total, view) => total + view[field], 0));
}

function row(words: Words, drill: ReportDrill): readonly Inlines[] {
  const { outcome, predictedMs, holderBefore, holderAfter } = drill;
  return [
    words.say(`drill-${drill.id}`),
    String(drill.run),
    { toned: words.say(`outcome-${outcome}`), tone: TONES[outcome] },
    `${figuresOf(drill).outageMs} ms`,
    formatRange(predictedMs),
    sum(drill, 'sent'),
    sum(drill, 'failed'),
    sum(drill, 'late'),
    `${holderBefore ?? words.say('nobody')} → ${holderAfter ?? words.say('nobody')}`,
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

function overview(words: Words, drills: readonly ReportDrill[]): Block {
  return {
    kind: 'table',
    caption: words.say('report-caption-drills'),
    head: COLUMNS.map((name) => words.say(`report-column-${name}`)),
    rows: drills.map((drill) => row(words, drill)),
    numbers: [1, 3, 4, 5, 6, 7],
  };
}

/** One number says nothing of the spread. */
function repeated(words: Words, all: readonly DrillSpread[]): readonly Block[] {
  if (all.length === 0) return [];
  const columns = ['drill', 'of', 'runs', 'as-expected', 'min', 'median', 'p95', 'max'];
  return [
    {
      kind: 'table',
      caption: words.say('report-caption-repeated'),
      head: columns.map((name) => words.say(`report-column-${name}`)),
      rows: all.flatMap(({ id, runs, passed, outageMs, cloudMs }) =>
        [
          { of: 'outage', spread: outageMs },
          ...(cloudMs ? [{ of: 'cloud-share', spread: cloudMs }] : []),
        ].map(({ of, spread }) => [
          words.say(`drill-${id}`),
          words.say(`report-column-${of}`),
          String(runs),
          String(passed),
          ...[spread.min, spread.median, spread.p95, spread.max].map(
            (ms) => `${formatCount(ms)} ms`,
          ),
        ]),
      ),
      numbers: [2, 3, 4, 5, 6, 7],
    },
  ];
}

/** All drills at a glance, then each. */
export function drillsSection(words: Words, data: ReportData): Section {
  const { drills } = data;
  return {
    id: 'drills',
    title: words.say('report-section-drills'),
    blocks:
      drills.length === 0
        ? [paragraph(words.say('report-no-drills'))]
        : [
            overview(words, drills),
            ...repeated(words, data.repeated),
            ...drills.flatMap((drill, place) => drillBlocks(words, drill, place)),
          ],
  };
}
