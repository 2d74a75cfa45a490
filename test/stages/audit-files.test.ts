import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { revealContent } from '../../source/model/index.ts';
import { auditFiles, MOST_BYTES, PART_BYTES } from '../../source/stages/services/audit-files.ts';
import { dataTierInput } from './helpers/data-tier.ts';

const SCRIPT = fileURLToPath(new URL('../../assets/iam/audit-files', import.meta.url));
const HEADER = 'TimeStamp,Username,Effect\n';

function folderFor(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'audit-files-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(t: ExecutionContext, folder: string, most: number, part: number): void {
  const { status, stderr } = spawnSync('bash', [SCRIPT, folder, String(most), String(part)]);
  t.is(status, 0, String(stderr));
}

/** A file of so many bytes, last written so many seconds ago. */
function file(folder: string, name: string, bytes: number, age: number): void {
  const rows = '1790000000,admin,allow\n'.repeat(Math.ceil(bytes / 23));
  writeFileSync(join(folder, name), HEADER + rows);
  const at = Date.now() / 1000 - age;
  utimesSync(join(folder, name), at, at);
}

test('what is small enough stays as it is', (t) => {
  const folder = folderFor(t);
  file(folder, '2026-November-25-9.csv', 1000, 7200);
  file(folder, '2026-November-25-10.csv', 1000, 10);
  run(t, folder, 10_000, 5000);
  t.deepEqual(readdirSync(folder).sort(), ['2026-November-25-10.csv', '2026-November-25-9.csv']);
});

test('the oldest go until the rest is small enough; what is no such file stays', (t) => {
  const folder = folderFor(t);
  for (const hour of [1, 2, 3, 4, 5]) {
    file(folder, `2026-November-25-${hour}.csv`, 2000, 36_000 - hour * 3600);
  }
  writeFileSync(join(folder, 'notes.txt'), 'x'.repeat(9000));
  run(t, folder, 7000, 5000);
  const names = ['2026-November-25-3.csv', '2026-November-25-4.csv', '2026-November-25-5.csv'];
  t.deepEqual(readdirSync(folder).sort(), [...names, 'notes.txt']);
});

test('a full file is divided without a moment in which there is none, and keeps its records', (t) => {
  const folder = folderFor(t);
  const name = '2026-November-25-10.csv';
  file(folder, name, 8000, 1);
  const before = readFileSync(join(folder, name), 'utf8');
  run(t, folder, 20_000, 5000);
  const [part = '', ...rest] = readdirSync(folder).filter((one) => one !== name);
  t.deepEqual(rest, []);
  t.regex(part, /^2026-November-25-10\.\d+\.csv$/);
  t.is(readFileSync(join(folder, part), 'utf8'), before);
  t.is(readFileSync(join(folder, name), 'utf8'), HEADER);
  run(t, folder, 20_000, 5000);
  t.is(readdirSync(folder).length, 2);
});

test('the file in use and the last records stay, however small the limit', (t) => {
  const folder = folderFor(t);
  file(folder, '2026-November-25-9.csv', 3000, 4000);
  file(folder, '2026-November-25-10.csv', 8000, 1);
  run(t, folder, 100, 5000);
  t.is(readdirSync(folder).length, 2);
  t.false(readdirSync(folder).includes('2026-November-25-9.csv'));
});

/** Writes as IAM's pump does, until standard input ends: is there a file, then it is added to, else it is made. */
const WRITER = `
const fs = require('node:fs');
const [, file] = process.argv;
let n = 0;
let isOver = false;
process.stdin.on('end', () => { isOver = true; }).resume();
(function round() {
  for (let left = 50; left > 0; left -= 1, n += 1) {
    const isThere = fs.existsSync(file);
    const flags = isThere ? fs.constants.O_APPEND | fs.constants.O_WRONLY : 'w';
    const fd = fs.openSync(file, flags, 0o640);
    fs.writeSync(fd, (isThere ? '' : 'TimeStamp,Username,Effect\\n') + n + ',admin,allow\\n');
    fs.closeSync(fd);
  }
  if (isOver) process.stdout.write(String(n));
  else setImmediate(round);
})();`;

test('not one record is lost while the pump writes', async (t) => {
  t.timeout(120_000);
  const folder = folderFor(t);
  const name = join(folder, '2026-November-25-10.csv');
  const writer = spawn(process.execPath, ['-e', WRITER, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let written = '';
  writer.stdout.on('data', (text) => {
    written += String(text);
  });
  const ended = new Promise<number | null>((resolve) => writer.once('close', resolve));
  while (readdirSync(folder).length < 20) {
    run(t, folder, 1 << 30, 500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  writer.stdin.end();
  t.is(await ended, 0);
  const rows = readdirSync(folder).flatMap((one) =>
    readFileSync(join(folder, one), 'utf8').split('\n'),
  );
  const seen = new Set(rows.filter((row) => /^\d/.test(row)).map((row) => row.split(',')[0]));
  t.is(seen.size, Number(written));
});

test('a folder that is not there is an error, and nothing else is touched', (t) => {
  t.not(spawnSync('bash', [SCRIPT, '/nonexistent', '1', '1']).status, 0);
});

test('the unit hands the script its folder and both sizes, and they fit', (t) => {
  const files = auditFiles(dataTierInput());
  const service = files.find(({ path }) => path.endsWith('.service'));
  const started = revealContent(service?.content ?? []);
  t.true(
    started.includes(
      `/usr/local/sbin/iam-ha-audit-files /var/lib/iam/iam-pump/analytics-data ${MOST_BYTES} ${PART_BYTES}`,
    ),
  );
  t.true(MOST_BYTES >= 4 * PART_BYTES);
  t.truthy(files.find(({ path, mode }) => path.startsWith('/usr/local/sbin/') && mode === '0755'));
});
