import test from 'ava';
import { runLocal } from '../../source/drivers/local-process.ts';

test('how a program on this computer ends', async (t) => {
  const limit = { timeoutMs: 5_000 };
  const said = await runLocal('sh', ['-c', 'cat; echo bad >&2; exit 3'], { ...limit, input: 'in' });
  t.deepEqual(said, { kind: 'exited', exitCode: 3, stdout: 'in', stderr: 'bad' });
  const killed = await runLocal('sh', ['-c', 'kill -9 $$'], limit);
  t.like(killed, { kind: 'exited', exitCode: 128 });
  t.deepEqual(await runLocal('no-such-program', [], limit), { kind: 'not-installed' });
  t.deepEqual(await runLocal('sleep', ['9'], { timeoutMs: 200 }), { kind: 'timed-out' });
});
