import test from 'ava';
import type { JournalBody, JournalRecord } from '../../source/model/journal/records.ts';
import { type ReportCluster, renderReport, reportFromJournal } from '../../source/report/index.ts';

const cluster: ReportCluster = {
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

const bodies: readonly JournalBody[] = [
  intent('c1', 'reverse-proxy', 'file:/etc/nginx/conf.d/iam|x.conf'),
  { type: 'outcome', change: 'c1', state: 'done' },
  intent('c2', 'keepalived', 'unit:keepalived'),
  intent('c3', 'keepalived', 'file:/etc/hosts'),
  { type: 'outcome', change: 'c3', state: 'done' },
  { type: 'undone', change: 'c3', left: [], kept: [] },
  checked('a', 'failed'),
  checked('a', 'passed'),
  { ...checked('b', 'unknown'), because: 'a' },
  {
    type: 'drilled',
    drill: 'nginx-stopped',
    run: 1,
    outcome: 'passed',
    rate: 100,
    views: [
      {
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
      },
    ],
    predictedMs: [0, 160],
    holderBefore: 'iam-1',
    holderAfter: 'iam-2',
    notifyLines: { 'iam-1': ['notify_fault'], 'iam-2': [] },
    restored: true,
    problems: [],
  },
];

function intent(change: string, stage: string, resource: string): JournalBody {
  const parts = [{ resource, summary: { code: '<made_up>' }, effect: 'reload' as const }];
  return { type: 'intent', change, stage, node: 'iam-1', resource, parts, undo: [] };
}

function checked(id: string, verdict: string): Extract<JournalBody, { type: 'checked' }> {
  return {
    type: 'checked',
    stage: 'keepalived',
    id,
    node: 'iam-1',
    verdict,
    reason: { code: 'x' },
  };
}

const records: readonly JournalRecord[] = bodies.map((body, index) => ({
  ...body,
  n: index + 1,
  at: `2026-11-22T08:00:${String(index).padStart(2, '0')}.000Z`,
  hash: '',
}));

const data = reportFromJournal({
  records,
  cluster,
  session: 'iam-prod',
  at: '2026-11-22T09:00:00.000Z',
  drillIds: ['keepalived-stopped', 'nginx-stopped'],
});

test('the journal as data: states of changes, the last verdict, drills never run', (t) => {
  t.deepEqual(
    data.stages.map(({ id, changes }) => [id, changes.map((change) => change.state)]),
    [
      ['reverse-proxy', ['done']],
      ['keepalived', ['started', 'undone']],
    ],
  );
  t.deepEqual(
    data.checks.map(({ id, verdict }) => [id, verdict]),
    [
      ['a', 'passed'],
      ['b', 'unknown'],
    ],
  );
  t.deepEqual(data.drillsNotRun, ['keepalived-stopped']);
});

test('the report says what it proves and what not', (t) => {
  const text = renderReport(data, 'en', 'markdown');
  t.regex(text, /^# iam-prod: what was done and proven\n/);
  t.regex(text, /STAND-IN daemons/);
  t.regex(text, /\| iam-1 \| `10\.0\.4\.20` \| frontend, backend \| yes \|/);
  t.regex(text, /\| nginx stopped \| 1 \| as expected \| 40 ms \| 0–160 ms \| 1,187 \| 5 \| 3 \|/);
  t.regex(
    text,
    /- New notify lines on iam-1: `notify\\_fault`|- New notify lines on iam-1: `notify_fault`/,
  );
  t.regex(text, /- New notify lines on iam-2: no new line/);
  t.regex(text, /single point of failure: the databases, on iam-1/);
  t.regex(text, /- The drill keepalived stopped/);
  t.regex(text, /not judged, because of `a`/);
  t.regex(text, /iam-ha-wizard undo/);
});

test('text from elsewhere breaks neither a table nor the page', (t) => {
  const text = renderReport(data, 'en', 'markdown');
  t.true(text.includes('`file:/etc/nginx/conf.d/iam\\|x.conf`'));
  t.true(text.includes('&lt;made\\_up&gt;'));
  t.false(text.includes('<made'));
});

test('both languages have the same shape', (t) => {
  const shape = (text: string) => text.split('\n').map((line) => /^(?:#+|\||-|>)?/.exec(line)?.[0]);
  t.deepEqual(
    shape(renderReport(data, 'zh', 'markdown')),
    shape(renderReport(data, 'en', 'markdown')),
  );
});

test('an empty session has a report too', (t) => {
  const empty = reportFromJournal({ records: [], cluster, session: 's', at: 'now', drillIds: [] });
  t.regex(renderReport(empty, 'en', 'markdown'), /Nothing has been changed yet\./);
});

test('a stand-in for MongoDB stands above everything that was proven with it', (t) => {
  const [check] = data.checks;
  if (!check) throw new Error('no check');
  const reason = { code: 'audit-record-in-stand-in', params: { where: 'a.b', seconds: 1 } };
  const met = { ...data, checks: [...data.checks, { ...check, id: 'audit', reason }] };
  t.regex(renderReport(met, 'en', 'markdown'), /\n> \*\*STAND-IN for MongoDB/);
  t.regex(renderReport(met, 'zh', 'markdown'), /\n> \*\*MongoDB 的替身（STAND-IN）/);
  t.notRegex(renderReport(data, 'en', 'markdown'), /STAND-IN for MongoDB/);
});
