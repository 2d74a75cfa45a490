import test from 'ava';
import type { JournalBody } from '../../source/model/index.ts';
import { renderReport } from '../../source/report/index.ts';
import { drilled, reportOf } from './_sample.ts';

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
  drilled(),
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

const data = reportOf(bodies);

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
  t.regex(text, /\| new notify lines \| `notify_fault` \| no new line \|/);
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
  const empty = reportOf([]);
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
