import test from 'ava';
import type { NodeName } from '../../source/model/index.ts';
import { policies } from '../../source/stages/services/policies.ts';

const plan = (...lines: readonly string[]) =>
  policies('iam-1' as NodeName).plan({
    stdout: lines.map((line) => `reload ${line}\n`).join(''),
    stderr: '',
    exitCode: 0,
  } as never);

const over =
  '2026-11-25 20:25:10.685\tINFO\tauthzserver\tload/load.go:107\treload: cycle completed in 327.743762ms';
const bad =
  '2026-11-25 20:25:10.685\tERROR\tauthzserver\tload/load.go:145\tfaild to refresh target storage: list secrets failed';

test('policies that were read are right; before the first reading, too', (t) => {
  t.is(plan(over, over).kind, 'settled');
  t.is(plan().kind, 'settled');
});

test('after a reading that failed the server is told again, and waited for', (t) => {
  const planned = plan(bad, over);
  if (planned.kind !== 'change') return t.fail(planned.kind);
  t.deepEqual(
    planned.change.actions.map((action) => action.kind),
    ['script', 'await'],
  );
  t.is(planned.change.drift?.code, 'policy-reload-failed');
  t.is(plan(over, bad).kind, 'change');
});
