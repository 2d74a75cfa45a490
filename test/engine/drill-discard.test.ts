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

test('a view is thrown away when the prober was late; through a third machine’s sshd that is another measure', (t) => {
  t.false(isDiscarded(seen(undefined, 20)));
  t.true(isDiscarded(seen(undefined, 21)));
  t.true(isDiscarded(seen(undefined, 5, 151)));
  t.false(isDiscarded(seen(sshd, 90, 400)));
  t.true(isDiscarded(seen(sshd, 101)));
  t.true(isDiscarded(seen(sshd, 50, 501)));
  t.true(isDiscarded(seen(sshd, 0, 0, 1)), 'a fault of its own is one everywhere');
});

test('a program of ours outside is measured as one here; and its clock has to be known', (t) => {
  t.false(isDiscarded(seen(child, 20, 150)));
  t.true(isDiscarded(seen(child, 21)));
  t.true(isDiscarded(seen(child, 5, 151)));
  t.true(isDiscarded(seen({ ...child, clockMs: 151 }, 5)));
});
