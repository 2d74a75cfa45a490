import {
  addressMeters,
  type DrillSpread,
  drillSpreads,
  type JournalRecord,
} from '../model/index.ts';
import { ofType, stagesOf } from './journal-changes.ts';
import {
  figuresOf,
  type ReportCheck,
  type ReportCluster,
  type ReportData,
  type ReportDrill,
  type ReportRun,
  type ReportVerdict,
} from './report-data.ts';

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

function repeatedOf(drills: readonly ReportDrill[]): readonly DrillSpread[] {
  const measured = drills.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed');
  return drillSpreads(
    measured.map((drill) => {
      const { outageMs, failed: failedRequests, sent } = figuresOf(drill);
      return { ...drill, outageMs, failedRequests, sent };
    }),
  );
}

/** Nobody writes down when a run ended that was killed: it is as long as what it wrote. */
function runsOf(records: readonly JournalRecord[]): readonly ReportRun[] {
  const starts = records.flatMap((record, at) => (record.type === 'run-started' ? [at] : []));
  return starts.map((from, index) => {
    const last = records[(starts[index + 1] ?? records.length) - 1];
    const { at, command } = records[from] as Extract<JournalRecord, { type: 'run-started' }>;
    return { at, command, elapsedMs: last ? Date.parse(last.at) - Date.parse(at) : 0 };
  });
}

/** Good: every check passed, or warns, and the last run of every drill that was run came out as said. */
function judge(
  checks: readonly ReportCheck[],
  drills: readonly ReportDrill[],
  notRun: number,
): ReportVerdict {
  const counts = { passed: 0, warned: 0, failed: 0, unknown: 0 };
  for (const { verdict } of checks) counts[verdict] += 1;
  const last = new Map(
    drills.filter(({ outcome }) => outcome !== 'aborted').map((one) => [one.id, one]),
  );
  const passed = [...last.values()].filter(
    ({ outcome, restored }) => outcome === 'passed' && restored,
  ).length;
  const failed = last.size - passed;
  const isBad = counts.failed + counts.unknown + failed > 0;
  const isOpen = checks.length === 0 || last.size === 0;
  return {
    state: isBad ? 'bad' : isOpen ? 'open' : 'good',
    checks: counts,
    drills: { passed, failed, notRun },
  };
}

/**
 * What a session's journal proves, as a report's data.
 *
 * @param options.publicAddress by which the VIP is reached from outside; absent: there is none
 * @param options.drillIds the drills that there are: those never run are named as such
 */
export function reportFromJournal(options: {
  readonly records: readonly JournalRecord[];
  readonly cluster: ReportCluster;
  readonly publicAddress?: string | undefined;
  readonly session: string;
  readonly at: string;
  readonly drillIds: readonly string[];
}): ReportData {
  const { records, cluster, session, at, drillIds, publicAddress } = options;
  const drills = drillsOf(records);
  const checks = checksOf(records);
  const drillsNotRun = drillIds.filter((id) => !drills.some((drill) => drill.id === id));
  return {
    at,
    session,
    ...ownRunbook(records),
    cluster,
    addresses: {
      vip: cluster.vip.address,
      ...(publicAddress !== undefined && { public: publicAddress }),
    },
    verdict: judge(checks, drills, drillsNotRun.length),
    runs: runsOf(records),
    stages: stagesOf(records),
    checks,
    drills,
    repeated: repeatedOf(drills),
    drillsNotRun,
    meters: addressMeters(records, Date.parse(at)),
  };
}
