import test from 'ava';
import { askedMessages, type View } from '../../source/model/index.ts';
import { isKnownCode } from '../../source/text/index.ts';

const view = (vantage: string, more: Partial<View> = {}) => ({ vantage, ...more }) as View;

test('how a third machine asked is said once for each, and nothing of other vantages', (t) => {
  const said = askedMessages([
    view('here'),
    view('ssh:a', { by: 'python3', clockMs: 0.4 }),
    view('ssh:a', { by: 'python3', clockMs: 0.4 }),
    view('ssh:a', { by: 'sshd' }),
    view('ssh:b', { by: 'node', clockMs: 2 }),
  ]);
  t.deepEqual(
    said.map(({ code, params }) => [code, params?.vantage, params?.ms]),
    [
      ['asked-by-python3', 'ssh:a', 0.4],
      ['asked-by-sshd', 'ssh:a', 0],
      ['asked-by-node', 'ssh:b', 2],
    ],
  );
  t.true(said.every(({ code }) => isKnownCode(code)));
});
