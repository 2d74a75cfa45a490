import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import type { ExecutionContext } from 'ava';
import { RemoteChild } from '../../../../source/drivers/prober/remote-child.ts';
import type { Runtime } from '../../../../source/drivers/prober/remote-program.ts';

/** A "third machine" on this computer whose clock is ahead of ours by so much, in ms. */
export const AHEAD_MS = 86_400_000;

/** The folder that is its whole PATH. */
function programs(runtime: Runtime | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-programs-'));
  symlinkSync('/bin/sh', join(folder, 'sh'));
  if (runtime === 'node') symlinkSync(process.execPath, join(folder, 'node'));
  if (runtime === 'python3') symlinkSync(pythonPath(), join(folder, 'python3'));
  return folder;
}

function pythonPath(): string {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  });
  return stdout?.trim() ?? '';
}

export const hasPython = pythonPath() !== '';

/** Our program, started there as sshd would, by what there is. */
export async function startThere(
  t: ExecutionContext,
  runtime: Runtime | undefined,
  greeting = '',
): Promise<{ readonly child: RemoteChild | undefined; readonly process: ChildProcess }> {
  let there: ChildProcess | undefined;
  const child = await RemoteChild.start(async (command) => {
    const env = { PATH: programs(runtime) };
    const words = ['-c', `${greeting && `echo '${greeting}'; `}${command}`];
    there = spawn('/bin/sh', words, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    there.stdin!.on('error', () => {});
    return overAnotherClock(there);
  });
  const process = there!;
  t.teardown(() => {
    child?.close();
    process.kill('SIGKILL');
  });
  return { child, process };
}

/** Every time that is told there, or told to it, is by the other clock. */
function overAnotherClock({ stdin, stdout }: ChildProcess): Duplex {
  let unread = '';
  const channel = new Duplex({
    read() {},
    write(chunk, _, done) {
      const line = JSON.parse(String(chunk));
      if (line.plan) line.plan.startMs -= AHEAD_MS;
      stdin!.write(`${JSON.stringify(line)}\n`, () => done());
    },
    destroy(error, done) {
      stdin!.destroy();
      done(error);
    },
  });
  stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = (unread + text).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) channel.push(`${ahead(line)}\n`);
  });
  stdout!.on('end', () => channel.push(null));
  return channel;
}

function ahead(line: string): string {
  if (!line.startsWith('{')) return line;
  const said = JSON.parse(line);
  if (said.atMs !== undefined) said.atMs += AHEAD_MS;
  for (const end of said.ends ?? []) {
    end[2] += AHEAD_MS;
    end[3] += AHEAD_MS;
  }
  return JSON.stringify(said);
}
