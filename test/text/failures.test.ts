import test from 'ava';
import type { View } from '../../source/model/index.ts';
import { failureLines } from '../../source/text/index.ts';

const view = (more: Partial<View>) => ({ vantage: 'here', ...more }) as View;

test('why requests failed: over all views of the VIP, the commonest first', (t) => {
  const views = [
    view({ reasons: { reset: 1, 'status-502': 1200 } }),
    view({ reasons: { reset: 2 }, outside: true }),
    view({ reasons: { refused: 9 }, backend: 'iam-1' }),
    view({}),
  ];
  t.deepEqual(failureLines(views, 'en'), [
    'failed: answered 502 instead of 200 (1,200), connection reset (3)',
  ]);
  t.deepEqual(failureLines(views, 'zh'), [
    '失败原因：应答 502，而不是 200 (1,200)，连接被重置 (3)',
  ]);
});

test('nothing failed, or an older record does not say why: nothing is said', (t) => {
  t.deepEqual(failureLines([view({ failed: 0 }), view({ failed: 3 })], 'en'), []);
});
