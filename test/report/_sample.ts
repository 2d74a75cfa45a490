import type { DrillTrace, JournalBody, JournalRecord, View } from '../../source/model/index.ts';
import {
  type ReportCluster,
  type ReportData,
  reportFromJournal,
} from '../../source/report/index.ts';

export const cluster: ReportCluster = {
  name: 'iam-prod',
  nodes: [
    { name: 'iam-1', address: '10.0.4.20', roles: ['frontend', 'backend'], data: true },
    { name: 'iam-2', address: '10.0.4.21', roles: ['frontend', 'backend'], data: false },
  ],
  domains: { api: 'iam.api.marmotedu.com', authz: 'iam.authz.marmotedu.com' },
  vip: { address: '10.0.4.99', vrid: 51, profile: 'balanced' },
  tls: false,
  ports: { api: 8080, authz: 9090 },
  databases: [
    { name: 'MariaDB', where: 'iam-1' },
    { name: 'Redis', where: 'iam-1' },
  ],
  cloud: 'none',
  iam: './stand-in',
  standIn: true,
  mended: false,
};

export const trace: DrillTrace = {
  faultMs: 1_800_000_000_000,
  victim: 'iam-1',
  steps: { baseline: -1000, break: -10, restore: 3500, settle: 3900 },
  nodes: [
    {
      name: 'iam-1',
      held: true,
      moves: [[20, false]],
      states: [
        [-900, 'MASTER'],
        [18, 'FAULT'],
        [3700, 'BACKUP'],
      ],
    },
    {
      name: 'iam-2',
      held: false,
      moves: [[30, true]],
      states: [
        [-900, 'BACKUP'],
        [29, 'MASTER'],
      ],
    },
  ],
  lanes: [
    {
      domain: 'iam.api.marmotedu.com',
      vantage: 'here',
      fromMs: -1000,
      cellMs: 10,
      runs: '102o3l1f400o',
    },
    { domain: 'iam.authz.marmotedu.com', vantage: 'here', fromMs: -1000, cellMs: 10, runs: '506o' },
  ],
};

export function view(change: Partial<View> = {}): View {
  return {
    vantage: 'here',
    target: '10.0.4.99',
    domain: 'iam.api.marmotedu.com',
    sent: 1187,
    ok: 1179,
    late: 3,
    failed: 5,
    outageMs: 40,
    slowestMs: 31,
    jitterMs: 2,
    ...change,
  };
}

export type Drilled = Extract<JournalBody, { type: 'drilled' }>;

export function drilled(change: Partial<Drilled> = {}): Drilled {
  return {
    type: 'drilled',
    drill: 'nginx-stopped',
    run: 1,
    outcome: 'passed',
    rate: 100,
    views: [view()],
    predictedMs: [0, 160],
    holderBefore: 'iam-1',
    holderAfter: 'iam-2',
    notifyLines: { 'iam-1': ['notify_fault'], 'iam-2': [] },
    restored: true,
    problems: [],
    phases: { detected: 15, decided: 28, added: 28, announced: 29, answered: 60 },
    trace,
    ...change,
  };
}

export function recorded(bodies: readonly JournalBody[]): readonly JournalRecord[] {
  return bodies.map((body, index) => ({
    ...body,
    n: index + 1,
    at: `2026-11-22T08:00:${String(index).padStart(2, '0')}.000Z`,
    hash: '',
  }));
}

export function reportOf(
  bodies: readonly JournalBody[],
  change: Partial<Parameters<typeof reportFromJournal>[0]> = {},
): ReportData {
  return reportFromJournal({
    records: recorded(bodies),
    cluster,
    session: 'iam-prod',
    at: '2026-11-22T09:00:00.000Z',
    drillIds: ['keepalived-stopped', 'nginx-stopped'],
    ...change,
  });
}
