import { byHandResource, type JournalRecord, message, ownParams } from '../model/index.ts';
import type { ReportChange, ReportStage } from './report-data.ts';

type RecordOf<Type extends JournalRecord['type']> = Extract<JournalRecord, { type: Type }>;

/** The records of one type, in their order. */
export function ofType<Type extends JournalRecord['type']>(
  records: readonly JournalRecord[],
  type: Type,
) {
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
  return intent.parts.map(({ resource, summary, effect, diff }) => ({
    at,
    node,
    resource,
    summary,
    effect,
    state,
    ...(diff !== undefined && { diff }),
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
export function stagesOf(records: readonly JournalRecord[]): readonly ReportStage[] {
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
