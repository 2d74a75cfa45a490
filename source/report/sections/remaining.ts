import { meterText } from '../../text/index.ts';
import { type Inlines, list, paragraph, type Section } from '../document.ts';
import type { ReportData } from '../report-data.ts';
import type { Words } from '../words.ts';

function section(words: Words, name: string, items: readonly Inlines[]): Section {
  return { id: name, title: words.say(`report-section-${name}`), blocks: list(items) };
}

export function singlePointsSection(words: Words, { cluster }: ReportData): Section {
  const data = cluster.nodes.find((node) => node.data);
  return section(words, 'single-points', [
    data
      ? words.say('single-point-databases', { node: data.name })
      : words.say('report-single-databases-elsewhere'),
    ...(data ? [words.say('single-point-instead')] : []),
    words.say('report-single-subnet'),
  ]);
}

/** What is not in the evidence is named: silence would be taken for good. */
export function notMeasuredSection(words: Words, data: ReportData): Section {
  const { cluster, addresses, checks, drillsNotRun } = data;
  return section(words, 'not-measured', [
    ...(cluster.standIn ? [words.say('report-unmeasured-iam')] : []),
    ...(addresses.public === undefined ? [words.say('report-unmeasured-public')] : []),
    ...(checks.some(({ id }) => id.startsWith('nodes-only/'))
      ? []
      : [words.say('report-unmeasured-nodes-only')]),
    ...drillsNotRun.map(
      (id) => `${words.say('report-unmeasured-drill')} ${words.say(`drill-${id}`)}`,
    ),
    ...checks
      .filter(({ verdict }) => verdict === 'unknown')
      .map(({ id }): Inlines => [`${words.say('report-unmeasured-check')} `, { code: id }]),
  ]);
}

/** What the cloud has cost beside its traffic. */
export function moneySection(words: Words, { meters }: ReportData): Section {
  const { language } = words;
  if (meters.length > 0)
    return section(words, 'money', [
      ...meters.map((one) => meterText(one, language)),
      words.say('cd-meter-price'),
    ]);
  const title = words.say('report-section-money');
  return { id: 'money', title, blocks: [paragraph(words.say('report-no-money'))] };
}

const LOGS: readonly (readonly [string, string])[] = [
  ['report-log-nginx', '/var/log/nginx/'],
  ['report-log-notify', '/var/log/keepalived.log'],
  ['report-log-keepalived', 'journalctl -u keepalived'],
  ['report-log-iam', '/var/log/iam/'],
];

export function logsSection(words: Words): Section {
  return section(
    words,
    'logs',
    LOGS.map(([name, where]) => [`${words.say(name)} `, { code: where }]),
  );
}

export function backSection(words: Words, { meters }: ReportData): Section {
  const command = (code: string, line: string): Inlines => [`${words.say(code)} `, { code: line }];
  return section(words, 'back', [
    command('report-back-undo', 'iam-ha-wizard undo'),
    command('report-back-packages', 'iam-ha-wizard undo --packages'),
    ...(meters.length > 0 ? [command('report-back-destroy', 'iam-ha-wizard destroy')] : []),
    words.say('report-back-stays'),
  ]);
}
