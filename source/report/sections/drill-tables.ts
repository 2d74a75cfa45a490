import type { View } from '../../model/index.ts';
import { formatCount, formatRange } from '../../text/index.ts';
import type { Block, Inlines } from '../document.ts';
import type { ReportDrill } from '../report-data.ts';
import type { Words } from '../words.ts';

interface Column {
  readonly name: string;
  readonly isNumber: boolean;
  readonly cell: (view: View) => Inlines;
}

function columnsOf(views: readonly View[]): readonly Column[] {
  const text = (name: string, cell: Column['cell']): Column => ({ name, isNumber: false, cell });
  const number = (name: string, cell: Column['cell']): Column => ({ name, isNumber: true, cell });
  const has = (field: 'predictedMs' | 'outside' | 'cloudMs') =>
    views.some((view) => view[field] !== undefined);
  return [
    text('vantage', ({ vantage }) => ({ code: vantage })),
    ...(has('outside') ? [text('asked-at', ({ target }) => ({ code: target }))] : []),
    text('domain', ({ domain, backend }) =>
      backend === undefined ? { code: domain } : [{ code: domain }, ` (${backend})`],
    ),
    ...(['sent', 'ok', 'late', 'failed'] as const).map((field) =>
      number(field, (view) => formatCount(view[field])),
    ),
    number('outage', ({ outageMs }) => `${outageMs} ms`),
    ...(has('predictedMs')
      ? [number('predicted', ({ predictedMs }) => (predictedMs ? formatRange(predictedMs) : ''))]
      : []),
    ...(has('cloudMs')
      ? [
          number('cloud-share', ({ cloudMs }) =>
            cloudMs === undefined ? '' : `${formatCount(cloudMs)} ms`,
          ),
        ]
      : []),
    number('slowest', ({ slowestMs }) => `${slowestMs} ms`),
  ];
}

/** Every view of a drill: where the client stood and what it saw. */
export function viewsTable(words: Words, { views }: ReportDrill): readonly Block[] {
  if (views.length === 0) return [];
  const columns = columnsOf(views);
  return [
    {
      kind: 'table',
      caption: words.say('report-caption-views'),
      head: columns.map(({ name }) => words.say(`report-column-${name}`)),
      rows: views.map((view) => columns.map(({ cell }) => cell(view))),
      numbers: columns.flatMap(({ isNumber }, at) => (isNumber ? [at] : [])),
    },
  ];
}

/** The nodes beside each other: who had the VIP, what keepalived was, what the notify log has gained. */
export function sideBySide(words: Words, drill: ReportDrill): readonly Block[] {
  const { notifyLines, holderBefore, holderAfter, trace } = drill;
  const traced = new Map(trace?.nodes.map((node) => [node.name, node]));
  const nodes = [...new Set([...Object.keys(notifyLines), ...traced.keys()])];
  if (nodes.length === 0) return [];
  const lines = (node: string): Inlines => {
    const all = notifyLines[node] ?? [];
    return all.length === 0
      ? words.say('no-lines')
      : all.flatMap((line, at) => [...(at > 0 ? [', '] : []), { code: line }]);
  };
  const states = (node: string) =>
    [...new Set((traced.get(node)?.states ?? []).map(([, state]) => state))].join(' → ');
  const has = (node: string, holder: string | null) =>
    words.say(node === holder ? 'report-yes' : 'report-no');
  return [
    {
      kind: 'table',
      caption: words.say('report-caption-side-by-side'),
      head: ['', ...nodes],
      rows: [
        [words.say('report-row-before'), ...nodes.map((node) => has(node, holderBefore))],
        [words.say('report-row-after'), ...nodes.map((node) => has(node, holderAfter))],
        ...(trace ? [[words.say('report-row-states'), ...nodes.map(states)]] : []),
        [words.say('report-row-notify'), ...nodes.map(lines)],
      ],
    },
  ];
}
