import test from 'ava';
import { isDiscarded } from '../../source/engine/drill-views.ts';
import type { DrillTarget, ProbeSummary } from '../../source/model/index.ts';

const seen = (outside: boolean, jitterMs: number, worstLagMs = jitterMs, ownFaults = 0) => ({
  target: { outside: outside || undefined } as DrillTarget,
  summary: { sent: 100, jitterMs, worstLagMs, ownFaults } as ProbeSummary,
});

test('a view is thrown away when the prober was late; outside that is another measure', (t) => {
  t.false(isDiscarded(seen(false, 20)));
  t.true(isDiscarded(seen(false, 21)));
  t.true(isDiscarded(seen(false, 5, 151)));
  t.false(isDiscarded(seen(true, 90, 400)));
  t.true(isDiscarded(seen(true, 101)));
  t.true(isDiscarded(seen(true, 50, 501)));
  t.true(isDiscarded(seen(true, 0, 0, 1)), 'a fault of its own is one everywhere');
});
