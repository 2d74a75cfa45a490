import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { runLocalScript } from '../../source/drivers/local-script.ts';
import { Secret } from '../../source/model/index.ts';

const run = (script: string, timeoutMs = 10_000) =>
  runLocalScript({ kind: 'local', script: [script], timeoutMs });

test('exit code, output and errors are a value', async (t) => {
  t.deepEqual(await run('echo out; echo err >&2; exit 7'), {
    kind: 'exited',
    exitCode: 7,
    stdout: 'out\n',
    stderr: 'err\n',
  });
  t.like(await run('kill -9 $$'), { kind: 'exited', exitCode: 128 });
});

test('a script that does not read its input to the end is no error', async (t) => {
  t.like(await run(`exec </dev/null; exit 0\n${'# '.repeat(200_000)}`), { kind: 'exited' });
});

test('at its deadline everything that it has started goes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-local-'));
  const file = join(folder, 'pid');
  const result = await run(`sleep 300 & echo $! >${file}; echo begun; wait`, 3000);
  t.like(result, { kind: 'timed-out', afterMs: 3000, stdout: 'begun\n' });
  const pid = readFileSync(file, 'utf8').trim();
  const state = existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
  t.true(state === '' || / Z /.test(state), state);
  rmSync(folder, { recursive: true });
});

test('a secret is in no argument list', async (t) => {
  const secret = new Secret('TOKEN', 'hunter2hunter2');
  const script = ['export TOKEN=', secret, "\ntr '\\0' ' ' </proc/$$/cmdline\n"];
  const result = await runLocalScript({ kind: 'local', script, timeoutMs: 5000 });
  t.like(result, { kind: 'exited', stdout: 'bash -s ' });
});
