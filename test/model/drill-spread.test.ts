import test from 'ava';
import { drillSpreads, spreadOf, type View } from '../../source/model/index.ts';

function run(id: string, outageMs: number, late: number, outcome = 'passed' as const) {
  const view = { vantage: 'here', target: '10.0.4.99', outageMs, late, failed: 1, sent: 900 };
  return { id, outcome, outageMs, failedRequests: 1, sent: 900, views: [view as View] };
}

test('ten runs: each figure is a value that was measured', (t) => {
  const values = [15, 10, 20, 35, 5, 10, 15, 400, 10, 25];
  t.deepEqual(spreadOf(values), { min: 5, median: 15, p95: 400, max: 400 });
  const [spread, ...rest] = drillSpreads(values.map((ms) => run('nginx-stopped', ms, 2)));
  t.deepEqual(rest, []);
  t.deepEqual(spread, {
    id: 'nginx-stopped',
    runs: 10,
    passed: 10,
    outageMs: { min: 5, median: 15, p95: 400, max: 400 },
    failedRequests: { min: 1, median: 1, p95: 1, max: 1 },
    lateRequests: { min: 2, median: 2, p95: 2, max: 2 },
  });
});

test('what ran once has no spread; several drills have one each', (t) => {
  const runs = [run('a', 1, 0), run('b', 2, 0), run('a', 3, 0), run('c', 4, 0), run('b', 5, 0)];
  t.deepEqual(
    drillSpreads(runs).map(({ id, runs: count, outageMs }) => [id, count, outageMs.max]),
    [
      ['a', 2, 3],
      ['b', 2, 5],
    ],
  );
});

test('a run that measured nothing counts, and its figures do not', (t) => {
  const aborted = { ...run('a', 9000, 90), outcome: 'aborted' as const };
  const [spread] = drillSpreads([run('a', 10, 1), aborted, run('a', 20, 0)]);
  t.like(spread, { runs: 3, passed: 2, outageMs: { max: 20 }, lateRequests: { max: 1 } });
});

test('the cloud’s share is a figure of its own, and not in the outage', (t) => {
  const one = (cloudMs: number) => {
    const drill = run('a', 12, 0);
    const outside = {
      ...drill.views[0]!,
      outside: true as const,
      outageMs: 3000,
      late: 7,
      cloudMs,
    };
    return { ...drill, outageMs: 3000, views: [...drill.views, outside] };
  };
  const [spread] = drillSpreads([one(2900), one(3100)]);
  t.like(spread, {
    outageMs: { max: 12 },
    lateRequests: { max: 0 },
    cloudMs: { min: 2900, median: 2900, p95: 3100, max: 3100 },
  });
});
