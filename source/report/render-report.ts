import { isMongodbStandIn, ownMessage } from '../model/index.ts';
import { type Language, meterText } from '../text/index.ts';
import { drillSection } from './drill-section.ts';
import { code, escapeMarkdown, markdownTable, type Words, wordsOf } from './markdown.ts';
import type { ReportChange, ReportCheck, ReportCluster, ReportData } from './report-data.ts';

/** A report as Markdown in `language`. Pure: the same data gives the same bytes. */
export function renderReport(data: ReportData, language: Language): string {
  const words = wordsOf(language);
  const { cluster } = data;
  const lines = [
    `# ${words.say('report-title', { cluster: cluster.name })}`,
    '',
    words.say('report-made', { session: data.session, at: data.at }),
    ...(data.runbook ? ['', words.say('session-runbook', { runbook: data.runbook })] : []),
    '',
    ...(cluster.standIn ? [`> **${words.say('stand-in-note')}**`, ''] : []),
    ...(isMongodbStandIn(data.checks.map(({ reason }) => reason.code))
      ? [`> **${words.say('summary-mongodb-stand-in')}**`, '']
      : []),
    ...section(words, 'pair', pair(words, cluster)),
    ...section(words, 'changes', changes(words, data)),
    ...section(words, 'checks', checks(words, data.checks)),
    ...section(words, 'drills', drillSection(words, data.drills)),
    ...money(words, data, language),
    ...section(words, 'single-points', singlePoints(words, cluster)),
    ...section(words, 'not-measured', notMeasured(words, data)),
    ...section(words, 'logs', logs(words)),
    ...section(words, 'back', back(words, data)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What the cloud has cost beside its traffic; nothing where nothing was bought. */
function money(words: Words, { meters }: ReportData, language: Language): readonly string[] {
  if (meters.length === 0) return [];
  const lines = meters.map((one) => `- ${escapeMarkdown(meterText(one, language))}`);
  return section(words, 'money', [...lines, `- ${words.say('cd-meter-price')}`, '']);
}

function section(words: Words, name: string, lines: readonly string[]): readonly string[] {
  return [`## ${words.say(`report-section-${name}`)}`, '', ...lines];
}

function columns(words: Words, names: readonly string[]): readonly string[] {
  return names.map((name) => words.say(`report-column-${name}`));
}

function pair(
  words: Words,
  { nodes, vip, domains, iam, mended }: ReportCluster,
): readonly string[] {
  const rows = nodes.map((node) => [
    escapeMarkdown(node.name),
    code(node.address),
    node.roles.map(escapeMarkdown).join(', '),
    node.data ? words.say('report-yes') : '',
  ]);
  return [
    ...markdownTable(columns(words, ['node', 'address', 'roles', 'databases']), rows),
    '',
    `- ${words.say('report-vip', { address: vip.address, vrid: vip.vrid, profile: vip.profile })}`,
    `- ${words.say('report-domains', { api: domains.api, authz: domains.authz })}`,
    `- ${words.say('report-iam', { iam })}`,
    ...(mended ? [`- ${words.say('report-iam-mended')}`] : []),
    '',
  ];
}

function changeRow(words: Words, change: ReportChange): readonly string[] {
  return [
    change.at,
    escapeMarkdown(change.node),
    code(change.resource),
    words.message(change.summary),
    words.say(`effect-${change.effect}`),
    words.say(`state-${change.state}`),
  ];
}

function changes(words: Words, { stages }: ReportData): readonly string[] {
  const head = columns(words, ['at', 'node', 'resource', 'what', 'effect', 'state']);
  if (stages.length === 0) return [words.say('report-no-changes'), ''];
  return stages.flatMap(({ id, title, changes: made }) => [
    `### ${title ? words.message(ownMessage(title)) : words.say(`name-of-stage-${id}`)}`,
    '',
    ...markdownTable(
      head,
      made.map((change) => changeRow(words, change)),
    ),
    '',
  ]);
}

function checkReason(words: Words, check: ReportCheck): string {
  if (check.because) return `${words.say('report-because')} ${code(check.because)}`;
  return check.problem ? words.problemTitle(check.problem) : words.message(check.reason);
}

function checks(words: Words, all: readonly ReportCheck[]): readonly string[] {
  if (all.length === 0) return [words.say('report-no-checks'), ''];
  const head = columns(words, ['check', 'node', 'verdict', 'why', 'at']);
  const rows = all.map((check) => [
    code(check.id),
    check.node ? escapeMarkdown(check.node) : '',
    words.say(`verdict-${check.verdict}`),
    checkReason(words, check),
    check.at,
  ]);
  return [...markdownTable(head, rows), ''];
}

function singlePoints(words: Words, { nodes }: ReportCluster): readonly string[] {
  const data = nodes.find((node) => node.data);
  return [
    `- ${data ? words.say('single-point-databases', { node: data.name }) : words.say('report-single-databases-elsewhere')}`,
    ...(data ? [`- ${words.say('single-point-instead')}`] : []),
    `- ${words.say('report-single-subnet')}`,
    '',
  ];
}

function notMeasured(words: Words, data: ReportData): readonly string[] {
  const unknown = data.checks.filter((check) => check.verdict === 'unknown');
  return [
    ...(data.cluster.standIn ? [`- ${words.say('report-unmeasured-iam')}`] : []),
    ...(data.meters.length > 0 ? [] : [`- ${words.say('report-unmeasured-public')}`]),
    ...(data.checks.some(({ id }) => id.startsWith('nodes-only/'))
      ? []
      : [`- ${words.say('report-unmeasured-nodes-only')}`]),
    ...data.drillsNotRun.map(
      (id) => `- ${words.say('report-unmeasured-drill')} ${words.say(`drill-${id}`)}`,
    ),
    ...unknown.map((check) => `- ${words.say('report-unmeasured-check')} ${code(check.id)}`),
    '',
  ];
}

const LOGS: readonly (readonly [string, string])[] = [
  ['report-log-nginx', '/var/log/nginx/'],
  ['report-log-notify', '/var/log/keepalived.log'],
  ['report-log-keepalived', 'journalctl -u keepalived'],
  ['report-log-iam', '/var/log/iam/'],
];

function logs(words: Words): readonly string[] {
  return [...LOGS.map(([name, where]) => `- ${words.say(name)} ${code(where)}`), ''];
}

function back(words: Words, { meters }: ReportData): readonly string[] {
  return [
    `- ${words.say('report-back-undo')} ${code('iam-ha-wizard undo')}`,
    `- ${words.say('report-back-packages')} ${code('iam-ha-wizard undo --packages')}`,
    ...(meters.length > 0
      ? [`- ${words.say('report-back-destroy')} ${code('iam-ha-wizard destroy')}`]
      : []),
    `- ${words.say('report-back-stays')}`,
    '',
  ];
}
