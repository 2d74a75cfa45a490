import {
  allChanges,
  allChecks,
  type CheckCounts,
  elapsedMs,
  isMongodbStandIn,
  type ResultFields,
  type RunState,
} from '../model/index.ts';
import { formatDuration, sanitizeLine, table } from '../text/index.ts';
import { paint, plainSigns } from './faces/style.ts';
import { prose, type Speech, say, sayCount, sayList } from './faces/words.ts';
import { meterLines, publicLines } from './summary-cloud.ts';
import { drillTable, spreadLines } from './summary-drills.ts';
import { type Administration, iamLines } from './summary-iam.ts';

/** What the summary says and no event does. */
export interface SummaryContext {
  /** The cluster's name. */
  readonly cluster: string;
  readonly nodes: readonly { readonly name: string; readonly address: string }[];
  /** True when the daemons are a stand-in for IAM. */
  readonly standIn: boolean;
  /** IAM's version or where it comes from: "v1.6.2". */
  readonly iam?: string;
  /** Who holds the VIP now; the last drill says it too. */
  readonly holder?: string | null;
  /** The node that has the databases. */
  readonly dataNode?: string;
  /** The API's domain, for the command to try. */
  readonly apiDomain?: string;
  readonly authzDomain?: string;
  /** What there is to say of IAM itself. */
  readonly administration?: Administration;
  /** The runbook is one of the operator's own that makes no VIP: there is no pair to speak of. */
  readonly partial?: boolean;
  /** The lab's name, when the cluster is a lab's. */
  readonly lab?: string;
}

/** How many of the checks so far came to which verdict. */
export function countChecks(state: RunState): CheckCounts {
  const counts = { passed: 0, warned: 0, failed: 0, unknown: 0 };
  for (const { verdict } of allChecks(state)) counts[verdict] += 1;
  return counts;
}

/** The counts of a run, as pairs of a code and a number; a verdict that no check has is left out. */
function countsOf(state: RunState, result: ResultFields): readonly (readonly [string, number])[] {
  const { changes, unchanged, undone } = result;
  const done = allChanges(state).filter((one) => one.state === 'done').length;
  const changed = result.changed ?? (done > 0 && undone === undefined ? done : undefined);
  const checks = result.checks ?? countChecks(state);
  const verdicts = (['passed', 'warned', 'failed', 'unknown'] as const).map(
    (verdict) => [`count-${verdict}`, checks[verdict]] as const,
  );
  return [
    ...(changes === undefined ? [] : [['count-planned', changes] as const]),
    ...(changed === undefined ? [] : [['count-changed', changed] as const]),
    ...[
      ['count-unchanged', unchanged ?? 0] as const,
      ...verdicts,
      ...drillCounts(state, result),
    ].filter(([, count]) => count > 0),
    ...(undone === undefined
      ? []
      : [['count-undone', typeof undone === 'number' ? undone : undone.length] as const]),
  ];
}

/** What the result counts; a run that was thrown away and repeated is not among them. */
function drillCounts(
  state: RunState,
  result: ResultFields,
): readonly (readonly [string, number])[] {
  const passed = state.drills.filter((drill) => drill.outcome === 'passed').length;
  const drills = result.drills ?? { passed, failed: state.drills.length - passed };
  return [
    ['count-drills-passed', drills.passed],
    ['count-drills-failed', drills.failed],
  ];
}

function headline(speech: Speech, state: RunState, name: string, result: ResultFields): string {
  const time = formatDuration(Math.max(result.elapsedMs, elapsedMs(state)), speech.language);
  const end = say(speech, result.ok ? 'run-done' : 'run-not-done', { time });
  const texts = countsOf(state, result).map(([code, count]) => sayCount(speech, code, count));
  const chinese = speech.language === 'zh';
  const whole = name ? `${name}${chinese ? '：' : ': '}${end}` : end;
  const head = paint(speech.style, result.ok ? 'green' : 'red', whole);
  if (texts.length === 0) return head;
  const counts = sayList(speech, texts);
  return chinese ? `${head}${counts}。` : `${head} ${counts}.`;
}

function listLines(speech: Speech, result: ResultFields): readonly string[] {
  const lists = { left: result.left ?? [], kept: result.kept ?? [], files: result.files ?? [] };
  return Object.entries(lists)
    .filter(([, items]) => items.length > 0)
    .flatMap(([name, items]) => [
      '',
      `  ${say(speech, `list-${name}`)}`,
      ...items.map((item) => `    ${sanitizeLine(item)}`),
    ]);
}

/** Who held the VIP when it was last checked. */
function holderByCheck(state: RunState): string | undefined {
  const check = allChecks(state).findLast(({ code }) => code === 'vip-held-by');
  return check?.params?.node === undefined ? undefined : String(check.params.node);
}

function addressLines(speech: Speech, state: RunState, context: SummaryContext) {
  const { nodes, standIn, iam } = context;
  const addresses = state.result?.addresses;
  const holder =
    state.result?.holder ??
    context.holder ??
    state.drills.at(-1)?.holderAfter ??
    holderByCheck(state);
  const what = say(speech, standIn ? 'summary-stand-in' : 'summary-real', {
    version: iam ? ` ${iam}` : '',
    count: nodes.length,
  });
  const vip = holder ? say(speech, 'summary-vip-held', { holder }) : say(speech, 'summary-vip');
  const rows = [
    [what, nodes.map((node) => node.address).join('  ')],
    ...(addresses ? [[vip, addresses.vip]] : []),
    ...(addresses?.public
      ? [
          [
            say(speech, context.lab ? 'summary-public-stand-in' : 'summary-public'),
            addresses.public,
          ],
        ]
      : []),
  ];
  return ['', ...table(rows).map((line) => `  ${line}`)];
}

function hintLines(speech: Speech, state: RunState, context: SummaryContext): readonly string[] {
  const { apiDomain, dataNode, lab } = context;
  const vip = state.result?.addresses?.vip;
  const inside = lab ? `npx iam-ha-wizard lab run${labOption(lab)} -- ` : '';
  const request = `curl -H 'Host: ${apiDomain}' http://${vip}/healthz`;
  // Broken before the request, as a shell reads it: 80 columns are enough.
  const tryIt = inside ? [`${inside}\\`, `    ${request}`] : [request];
  const rows = [
    ...(vip && apiDomain
      ? tryIt.map((line, index) => [index === 0 ? say(speech, 'hint-try') : '', line])
      : []),
    [say(speech, 'hint-break'), `${inside || 'npx '}iam-ha-wizard drill --all`],
    lab
      ? [say(speech, 'hint-remove'), `npx iam-ha-wizard lab down${labOption(lab)}`]
      : [say(speech, 'hint-undo'), 'npx iam-ha-wizard undo'],
  ];
  // in the lab there is nothing else to be had
  const instead = lab ? [] : prose(speech, say(speech, 'single-point-instead'), 3);
  const single = dataNode
    ? [say(speech, 'single-point-databases', { node: dataNode }), ...instead]
    : [];
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  return [
    '',
    ...indented(single),
    ...iamLines(speech, context.administration),
    ...indented(table(rows)),
  ];
}

/** The default lab needs no name. */
function labOption(lab: string): string {
  return lab === 'demo' ? '' : ` --name ${lab}`;
}

const WITH_TABLE = ['apply', 'drill', 'move-vip', 'demo'];

/**
 * The end of a run in lines: what came out in a sentence; what is left and kept; and for runs that
 * end with a working pair, the addresses, the drills' figures and what to try next. Several runs
 * shown through one face are summed up together.
 */
export function summaryLines(
  speech: Speech,
  state: RunState,
  context: SummaryContext | undefined,
): readonly string[] {
  const { result } = state;
  if (!result) return [];
  const whole = context && result.ok && WITH_TABLE.includes(result.command) && !context.partial;
  const lines = [
    headline(speech, state, context?.cluster ?? '', result),
    ...listLines(speech, result),
    ...(whole ? addressLines(speech, state, context) : []),
    ...(whole
      ? publicLines(speech, result, { api: context.apiDomain, authz: context.authzDomain })
      : []),
    ...meterLines(speech, result),
    ...drillTable(speech, state.drills),
    ...spreadLines(speech, result),
    ...(whole ? hintLines(speech, state, context) : []),
    ...(isMongodbStandIn(allChecks(state).map(({ code }) => code))
      ? [
          '',
          ...prose(speech, say(speech, 'summary-mongodb-stand-in'), 3).map((line) => `  ${line}`),
        ]
      : []),
    ...(!whole && context?.standIn
      ? ['', ...prose(speech, say(speech, 'stand-in-note'), 3).map((line) => `  ${line}`)]
      : []),
  ];
  return lines.map((line) => plainSigns(speech.style, line));
}
