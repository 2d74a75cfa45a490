import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readUndo } from '../../source/engine/undo.ts';
import { undoScript } from '../../source/engine/undo-script.ts';
import { revealContent, type UndoStep } from '../../source/model/index.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const OURS = 'ours\n';
const THEIRS = "theirs, with 'quotes' and 中文\n";

/** Runs the undo for real; every original is THEIRS. */
async function run(steps: readonly UndoStep[]) {
  const script = await undoScript(steps, async () => Buffer.from(THEIRS), false);
  const stdout = execFileSync('bash', ['-s'], { input: revealContent(script), encoding: 'utf8' });
  return readUndo(stdout, 'n');
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'iam-ha-undo-'));
}

const restored = (path: string): UndoStep => ({
  kind: 'restore-file',
  path,
  written: sha(OURS),
  before: { kind: 'file', sha256: sha(THEIRS), mode: '0640', owner: 'root:root' },
});
const removed = (path: string): UndoStep => ({
  kind: 'restore-file',
  path,
  written: sha(OURS),
  before: { kind: 'absent' },
});

const root = process.getuid?.() === 0 ? test : test.skip;

root('a file that we wrote is put back byte for byte, with its mode', async (t) => {
  const path = join(folder(), "it's a file");
  writeFileSync(path, OURS);
  t.deepEqual(await run([restored(path)]), { undone: [`n:file:${path}`], left: [], kept: [] });
  t.is(readFileSync(path, 'utf8'), THEIRS);
  t.is(statSync(path).mode & 0o777, 0o640);
});

root('an original that does not arrive whole never takes the place of the file', async (t) => {
  const path = join(folder(), 'short');
  writeFileSync(path, OURS);
  const script = await undoScript([restored(path)], async () => Buffer.from('the'), false);
  const stdout = execFileSync('bash', ['-s'], { input: revealContent(script), encoding: 'utf8' });
  t.deepEqual(readUndo(stdout, 'n'), { undone: [], left: [`n:file:${path}`], kept: [] });
  t.is(readFileSync(path, 'utf8'), OURS);
  t.deepEqual(readdirSync(join(path, '..')), ['short']);
});

test('a file that was absent is removed; once more does no harm', async (t) => {
  const path = join(folder(), 'new');
  writeFileSync(path, OURS);
  t.deepEqual((await run([removed(path)])).left, []);
  t.throws(() => statSync(path));
  t.deepEqual((await run([removed(path)])).undone, [`n:file:${path}`]);
});

test('a file that somebody edited since stays and is said to be left', async (t) => {
  const path = join(folder(), 'edited');
  writeFileSync(path, 'edited\n');
  t.deepEqual(await run([removed(path), restored(path)]), {
    undone: [],
    left: [`n:file:${path}`, `n:file:${path}`],
    kept: [],
  });
  t.is(readFileSync(path, 'utf8'), 'edited\n');
});

test('a link becomes a link again', async (t) => {
  const place = folder();
  const path = join(place, 'link');
  writeFileSync(path, OURS);
  symlinkSync('nowhere', join(place, 'same'));
  await run([
    {
      kind: 'restore-file',
      path,
      written: sha(OURS),
      before: { kind: 'link', target: 'a target' },
    },
  ]);
  t.is(execFileSync('readlink', [path], { encoding: 'utf8' }), 'a target\n');
});

test('a folder of ours goes only when it is empty', async (t) => {
  const place = folder();
  const [empty, full] = [join(place, 'empty'), join(place, 'full')];
  mkdirSync(empty);
  mkdirSync(full);
  writeFileSync(join(full, 'theirs'), '');
  const steps: UndoStep[] = [empty, full, join(place, 'gone')].map((path) => ({
    kind: 'remove-directory',
    path,
  }));
  const outcome = await run(steps);
  t.deepEqual(outcome.left, [`n:directory:${full}`]);
  t.is(outcome.undone.length, 2);
});

test('what stays by design is kept; a script that fails leaves its resource', async (t) => {
  const outcome = await run([
    { kind: 'keep', resource: 'package:nginx', removePackages: ['nginx'] },
    { kind: 'script', resource: 'sql-user:x', script: 'exit 1' },
    { kind: 'script', resource: 'sql-user:y', script: 'cat; true' },
  ]);
  t.deepEqual(outcome, {
    undone: ['n:sql-user:y'],
    left: ['n:sql-user:x'],
    kept: ['n:package:nginx'],
  });
});
