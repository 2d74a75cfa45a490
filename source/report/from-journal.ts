import { addressMeters, byHandResource, message, ownParams } from '../model/index.ts';
import type { JournalRecord } from '../model/journal/records.ts';
import type {
  ReportChange,
  ReportCheck,
  ReportCluster,
  ReportData,
  ReportDrill,
  ReportStage,
} from './report-data.ts';

type RecordOf<Type extends JournalRecord['type']> = Extract<JournalRecord, { type: Type }>;

function ofType<Type extends JournalRecord['type']>(records: readonly JournalRecord[], type: Type) {
  return records.filter((record): record is RecordOf<Type> => record.type === type);
}

/** How each change ended, by its id; a change taken back is `undone` whatever came before. */
function states(records: readonly JournalRecord[]): ReadonlyMap<string, ReportChange['state']> {
  const ends = new Map<string, ReportChange['state']>();
  for (const record of records) {
    if (record.type === 'outcome' && record.state !== 'unknown')
      ends.set(record.change, record.state);
    if (record.type === 'undone') ends.set(record.change, 'undone');
    if (record.type === 'cloud-outcome' && record.state !== 'unknown')
      ends.set(record.change, record.state);
    if (record.type === 'cloud-undone' && record.left.length === 0)
      ends.set(record.change, 'undone');
  }
  return ends;
}

function changesOf(
  intent: RecordOf<'intent'>,
  ends: ReadonlyMap<string, ReportChange['state']>,
): readonly ReportChange[] {
  const { at, node, change } = intent;
  const state = ends.get(change) ?? 'started';
  return intent.parts.map(({ resource, summary, effect }) => ({
    at,
    node,
    resource,
    summary,
    effect,
    state,
  }));
}

/** What was made in a cloud: of no node. */
function inCloud(
  { at, change, resource, summary }: RecordOf<'cloud-intent'>,
  ends: ReadonlyMap<string, ReportChange['state']>,
): ReportChange {
  const state = ends.get(change) ?? 'started';
  return { at, node: '', resource, summary, effect: 'none', state };
}

/** What a person did; taken back when it was said how. */
function byHand(
  { at, n, step, title }: RecordOf<'manual-done'>,
  records: readonly JournalRecord[],
): ReportChange {
  const isUndone = records.some(
    (record) => record.type === 'manual-undone' && record.step === step && record.n > n,
  );
  return {
    at,
    node: '',
    resource: byHandResource(step),
    summary: message('by-hand', ownParams('title', title)),
    effect: 'none',
    state: isUndone ? 'undone' : 'done',
  };
}

/** What was changed, by stage, in the order in which the stages came first. */
function stagesOf(records: readonly JournalRecord[]): readonly ReportStage[] {
  const ends = states(records);
  const titles = Object.assign({}, ...ofType(records, 'runbook-chosen').map((one) => one.titles));
  const found = records.flatMap((record) => {
    if (record.type === 'intent') return [{ stage: record.stage, made: changesOf(record, ends) }];
    if (record.type === 'cloud-intent')
      return [{ stage: record.stage, made: [inCloud(record, ends)] }];
    if (record.type !== 'manual-done') return [];
    return [{ stage: record.step, made: [byHand(record, records)] }];
  });
  return [...new Set(found.map(({ stage }) => stage))].map((id) => ({
    id,
    ...(Object.hasOwn(titles, id) && { title: titles[id] }),
    changes: found.filter(({ stage }) => stage === id).flatMap(({ made }) => made),
  }));
}

/** The runbook that the session runs now, where it is not the program's. */
function ownRunbook(records: readonly JournalRecord[]): { readonly runbook?: string } {
  const chosen = ofType(records, 'runbook-chosen').at(-1);
  return chosen && chosen.sha256 !== null ? { runbook: chosen.runbook } : {};
}

/** The last verdict of each check. */
function checksOf(records: readonly JournalRecord[]): readonly ReportCheck[] {
  const last = new Map<string, ReportCheck>();
  for (const { type: _, n: __, hash: ___, ...record } of ofType(records, 'checked')) {
    last.set(record.id, { ...record, verdict: verdictOf(record.verdict) });
  }
  return [...last.values()];
}

function verdictOf(text: string): ReportCheck['verdict'] {
  return text === 'passed' || text === 'warned' || text === 'failed' ? text : 'unknown';
}

function drillsOf(records: readonly JournalRecord[]): readonly ReportDrill[] {
  return ofType(records, 'drilled').map(({ type: _, n: __, hash: ___, drill, ...rest }) => ({
    ...rest,
    id: drill,
  }));
}

/**
 * What a session's journal proves, as a report's data.
 *
 * @param options.drillIds the drills that there are: those never run are named as such
 */
export function reportFromJournal(options: {
  readonly records: readonly JournalRecord[];
  readonly cluster: ReportCluster;
  readonly session: string;
  readonly at: string;
  readonly drillIds: readonly string[];
}): ReportData {
  const { records, cluster, session, at, drillIds } = options;
  const drills = drillsOf(records);
  return {
    at,
    session,
    ...ownRunbook(records),
    cluster,
    stages: stagesOf(records),
    checks: checksOf(records),
    drills,
    meters: addressMeters(records, Date.parse(at)),
    drillsNotRun: drillIds.filter((id) => !drills.some((drill) => drill.id === id)),
  };
}
