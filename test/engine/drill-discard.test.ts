import test from 'ava';
import { isDiscarded } from '../../source/engine/drill-views.ts';
import type { AskedHow, DrillTarget, ProbeSummary } from '../../source/model/index.ts';

const sshd: AskedHow = { by: 'sshd' };
const child: AskedHow = { by: 'python3', clockMs: 0.4 };

const seen = (
  how: AskedHow | undefined,
  jitterMs: number,
  worstLagMs = jitterMs,
  ownFaults = 0,
) => ({
  target: { outside: how && true } as DrillTarget,
  how,
  summary: { sent: 100, jitterMs, worstLagMs, ownFaults } as ProbeSummary,
});

test('a view is thrown away when the prober was late; outside, by a third machine, that is another measure', (t) => {
  t.false(isDiscarded(seen(undefined, 20)));
  t.true(isDiscarded(seen(undefined, 21)));
  t.true(isDiscarded(seen(undefined, 5, 151)));
  t.false(isDiscarded(seen(sshd, 90, 400)));
  t.true(isDiscarded(seen(sshd, 101)));
  t.true(isDiscarded(seen(sshd, 50, 501)));
  t.true(isDiscarded(seen(sshd, 0, 0, 1)), 'a fault of its own is one everywhere');
});

test('a machine whose clock is not known well enough is thrown away', (t) => {
  t.false(isDiscarded(seen(child, 90, 400)));
  t.true(isDiscarded(seen({ ...child, clockMs: 501 }, 5)));
});
