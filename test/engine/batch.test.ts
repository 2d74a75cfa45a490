import { execFileSync } from 'node:child_process';
import test from 'ava';
import { batchScript, readBatch } from '../../source/engine/batch.ts';
import { type Content, type RunResult, revealContent } from '../../source/model/index.ts';

/** Runs a batch in a real bash. */
function run(scripts: readonly Content[]): readonly RunResult[] {
  const input = revealContent(batchScript(scripts));
  const stdout = execFileSync('bash', ['-s'], { input, encoding: 'utf8' });
  return readBatch({ kind: 'exited', exitCode: 0, stdout, stderr: '' }, scripts.length);
}

test('each script has its own output, errors and exit code', (t) => {
  const results = run([['echo one'], ['echo two >&2; exit 3'], ['true'], ['printf "数据库\\0x"']]);
  t.deepEqual(results, [
    { kind: 'exited', exitCode: 0, stdout: 'one\n', stderr: '' },
    { kind: 'exited', exitCode: 3, stdout: '', stderr: 'two\n' },
    { kind: 'exited', exitCode: 0, stdout: '', stderr: '' },
    { kind: 'exited', exitCode: 0, stdout: '数据库\0x', stderr: '' },
  ]);
});

test('a script cannot end the batch, eat its input or set its variables', (t) => {
  const results = run([['cat; x=1; exit 5'], ['set -e; false; echo never'], ['echo "[${x-}]"']]);
  t.deepEqual(
    results.map((one) => (one.kind === 'exited' ? [one.exitCode, one.stdout] : one.kind)),
    [
      [5, ''],
      [1, ''],
      [0, '[]\n'],
    ],
  );
});

test('what was measured before a lost connection is kept', (t) => {
  const lost = {
    kind: 'disconnected',
    problem: { code: 'host-unreachable' },
    stdout: '0 0 aGk= -\n1 0 aG',
    stderr: '',
  } as const;
  const [first, second] = readBatch(lost, 2);
  t.deepEqual(first, { kind: 'exited', exitCode: 0, stdout: 'hi', stderr: '' });
  t.is(second?.kind, 'disconnected');
});

test('a script that was not reached has timed out', (t) => {
  const result = { kind: 'timed-out', afterMs: 5, stdout: '', stderr: '' } as const;
  t.is(readBatch(result, 1)[0]?.kind, 'timed-out');
});
