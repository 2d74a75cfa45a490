import test from 'ava';
import { Secret } from '../../source/model/index.ts';
import { formatOf, renderReport, withoutSecrets } from '../../source/report/index.ts';
import { drilled, reportOf, trace, view } from './_sample.ts';

const data = reportOf([
  {
    type: 'checked',
    stage: 's',
    id: 'a',
    node: 'iam-1',
    verdict: 'passed',
    reason: { code: 'no-lines' },
  },
  drilled(),
  drilled({ run: 2, views: [view({ outageMs: 60 })] }),
  drilled({ run: 3, outcome: 'aborted', views: [view({ outageMs: 9000 })] }),
]);

test('fields that a program can rely on, and their version', (t) => {
  const read = JSON.parse(renderReport(data, 'en', 'json'));
  t.like(read, {
    format: 'iam-ha-wizard-report',
    version: 1,
    language: 'en',
    session: 'iam-prod',
    addresses: { vip: '10.0.4.99' },
    verdict: { state: 'good', checks: { passed: 1 }, drills: { passed: 1, failed: 0, notRun: 1 } },
    drillsNotRun: ['keepalived-stopped'],
  });
  t.deepEqual(read.drills[0].trace, trace);
  t.like(read.drills[0], { id: 'nginx-stopped', title: 'nginx stopped', outageMs: 40 });
});

test('codes stay, words follow the language', (t) => {
  const of = (language: 'en' | 'zh') =>
    JSON.parse(renderReport(data, language, 'json')).checks[0].reason;
  t.deepEqual(of('en'), { code: 'no-lines', text: 'no new line' });
  t.deepEqual(of('zh'), { code: 'no-lines', text: '没有新行' });
});

test('repeated runs are a spread; one that was thrown away is not in it', (t) => {
  t.deepEqual(data.repeated, [
    {
      id: 'nginx-stopped',
      runs: 2,
      passed: 2,
      outageMs: { min: 40, median: 40, p95: 60, max: 60 },
      failedRequests: { min: 5, median: 5, p95: 5, max: 5 },
      lateRequests: { min: 3, median: 3, p95: 3, max: 3 },
    },
  ]);
  t.regex(
    renderReport(data, 'en', 'markdown'),
    /\| nginx stopped \| outage \| 2 \| 2 \| 40 ms \| 40 ms \| 60 ms \| 60 ms \|/,
  );
});

const verdicts: readonly (readonly [string, Parameters<typeof reportOf>[0], string])[] = [
  ['nothing yet', [], 'open'],
  ['checks alone prove no failover', [check('passed')], 'open'],
  ['checks and a drill', [check('warned'), drilled()], 'good'],
  ['a failed check', [check('failed'), drilled()], 'bad'],
  ['one that nobody could judge', [check('unknown'), drilled()], 'bad'],
  ['the last run counts', [check('passed'), drilled(), drilled({ outcome: 'failed' })], 'bad'],
  [
    'a run that was thrown away does not',
    [check('passed'), drilled(), drilled({ outcome: 'aborted' })],
    'good',
  ],
  ['as predicted, and not whole again', [check('passed'), drilled({ restored: false })], 'bad'],
];
for (const [name, bodies, state] of verdicts) {
  test(`the verdict: ${name}`, (t) => {
    t.is(reportOf(bodies).verdict.state, state as typeof data.verdict.state);
  });
}

function check(verdict: string) {
  return {
    type: 'checked',
    stage: 's',
    id: 'a',
    node: null,
    verdict,
    reason: { code: 'x' },
  } as const;
}

test('a secret that a server said back is in no format', (t) => {
  const secret = `p"<&'ss\nword`;
  const told = reportOf([
    drilled({
      notifyLines: { 'iam-1': [`said ${secret}`] },
      problems: [{ code: 'x', detail: secret }],
    }),
  ]);
  const masked = withoutSecrets(told, [new Secret('password', secret)]);
  for (const format of ['markdown', 'html', 'json'] as const) {
    const text = renderReport(masked, 'en', format);
    t.false(text.includes('word'), format);
    t.true(text.includes('••••••'), format);
  }
  t.deepEqual(withoutSecrets(told, []), told);
});

test('how long a command took is told by what it wrote down', (t) => {
  const started = {
    type: 'run-started',
    command: 'apply',
    pid: 1,
    host: 'h',
    user: 'u',
    token: 't',
  } as const;
  const { runs } = reportOf([
    started,
    check('passed'),
    check('passed'),
    { ...started, command: 'drill' },
  ]);
  t.deepEqual(
    runs.map(({ command, elapsedMs }) => [command, elapsedMs]),
    [
      ['apply', 2000],
      ['drill', 0],
    ],
  );
});

test('a file’s name says its format', (t) => {
  t.deepEqual(['a.html', 'A.HTML', 'a.json', 'a.md', 'a', 'html'].map(formatOf), [
    'html',
    'html',
    'json',
    'markdown',
    'markdown',
    'markdown',
  ]);
});
