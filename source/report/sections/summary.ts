import { isMongodbStandIn } from '../../model/index.ts';
import { formatDuration } from '../../text/index.ts';
import { type Block, type Inline, list, paragraph, type Section, type Tone } from '../document.ts';
import type { ReportData, ReportVerdict } from '../report-data.ts';
import type { Words } from '../words.ts';
import { stamp } from './stamp.ts';

const TONES: Readonly<Record<ReportVerdict['state'], Tone>> = {
  good: 'good',
  bad: 'bad',
  open: 'warn',
};

/** What is read first, and often alone: does it hold, where is it, when was that. */
export function summarySection(words: Words, data: ReportData): Section {
  const { session, at, runbook, cluster, verdict } = data;
  const notes = [
    ...(cluster.standIn ? ['stand-in-note'] : []),
    ...(isMongodbStandIn(data.checks.map(({ reason }) => reason.code))
      ? ['summary-mongodb-stand-in']
      : []),
  ];
  return {
    id: 'summary',
    title: words.say('report-section-summary'),
    blocks: [
      {
        kind: 'verdict',
        text: words.say(`report-verdict-${verdict.state}`),
        tone: TONES[verdict.state],
      },
      ...notes.map((code): Block => ({ kind: 'note', text: words.say(code) })),
      { kind: 'facts', rows: facts(words, data) },
      paragraph(words.say('report-made', { session, at: stamp(at) })),
      ...(runbook === undefined ? [] : [paragraph(words.say('session-runbook', { runbook }))]),
      ...list(cluster.mended ? [words.say('report-iam-mended')] : []),
    ],
  };
}

function facts(
  words: Words,
  { addresses, cluster, verdict, runs }: ReportData,
): readonly (readonly [string, Inline])[] {
  const { checks, drills } = verdict;
  const apply = runs.findLast(({ command }) => command === 'apply' || command === 'demo');
  const of = (code: string, value: Inline) => [words.say(`report-fact-${code}`), value] as const;
  return [
    ...(addresses.public === undefined ? [] : [of('public', { code: addresses.public })]),
    of('vip', { code: addresses.vip }),
    of(
      'domains',
      words.say('report-two', { one: cluster.domains.api, other: cluster.domains.authz }),
    ),
    of(
      'iam',
      words.say(cluster.standIn ? 'report-iam-stand-in' : 'report-iam-real', { iam: cluster.iam }),
    ),
    of('checks', words.say('report-checks-count', { ...checks })),
    of('drills', words.say('report-drills-count', { ...drills })),
    ...(apply === undefined
      ? []
      : [
          of(
            'applied',
            words.say('report-applied', {
              at: stamp(apply.at),
              time: formatDuration(apply.elapsedMs, words.language),
            }),
          ),
        ]),
  ];
}

/** Which records lead clients to the pair. */
export function dnsSection(words: Words, { addresses, cluster }: ReportData): Section {
  const address = addresses.public ?? addresses.vip;
  const columns = ['domain', 'type', 'address'];
  return {
    id: 'dns',
    title: words.say('report-section-dns'),
    blocks: [
      {
        kind: 'table',
        caption: words.say('dns-records'),
        head: columns.map((name) => words.say(`report-column-${name}`)),
        rows: [cluster.domains.api, cluster.domains.authz].map((domain) => [
          { code: domain },
          'A',
          { code: address },
        ]),
      },
      ...(addresses.public === undefined ? [paragraph(words.say('report-dns-inside'))] : []),
    ],
  };
}
