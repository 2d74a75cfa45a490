// Types, lint, unit tests and the lab end to end; ends with the runner's own counts.
// Usage: node scripts/test.mjs [types|lint|unit|lab …]
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);

function testFiles(inLab) {
  return readdirSync(join(root, 'test'), { recursive: true })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => file.startsWith('lab/') === inLab)
    .map((file) => join('test', file))
    .toSorted();
}

/** Runs a command whose exit code is the whole answer: one test passed or failed. */
function runOne(name, command, args) {
  process.stdout.write(`\n== ${name}\n`);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('close', (code) => {
      resolve({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
    });
  });
}

/**
 * How long each test and hook of a file took: the time since the file's last line. With two files at
 * a time the first line of a file is counted from when a place for it was free.
 */
function stopwatch() {
  const last = new Map();
  const files = new Map();
  let free = performance.now();
  return {
    /** @returns the seconds, or undefined for what is no test and no hook */
    seconds(line) {
      const file = /^(?:(?:not )?ok \d+ - |# )(\S+) › /.exec(line)?.[1];
      if (!file) return undefined;
      const now = performance.now();
      const seconds = (now - (last.get(file) ?? free)) / 1000;
      if (/^# .* › .*(?:lab goes|after\.always|nothing stays|nothing is left)/.test(line))
        free = now;
      last.set(file, now);
      files.set(file, (files.get(file) ?? 0) + seconds);
      return seconds;
    },
    tell() {
      for (const [file, seconds] of [...files].toSorted(([, a], [, b]) => b - a))
        process.stdout.write(`${seconds.toFixed(0).padStart(6)} s  ${file}\n`);
    },
  };
}

/** Runs AVA and counts from its TAP output, a line as it comes. */
function runAva(name, files, extra, node = process.execPath) {
  if (files.length === 0) return Promise.resolve({ passed: 0, failed: 0, skipped: 0 });
  process.stdout.write(`\n== ${name}: ${files.length} files\n`);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const child = spawn(
    node,
    [join(root, 'node_modules/ava/entrypoints/cli.mjs'), '--tap', ...extra, ...files],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, FORCE_COLOR: '0' },
    },
  );
  const isLab = name.startsWith('lab');
  const watch = stopwatch();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const seconds = watch.seconds(line);
    const skipped = /^ok .*# SKIP/i.test(line);
    if (skipped) counts.skipped += 1;
    else if (line.startsWith('ok ')) counts.passed += 1;
    else if (/^not ok .*# TODO/i.test(line)) counts.skipped += 1;
    else if (line.startsWith('not ok ')) counts.failed += 1;
    if (!/^(ok |TAP|1\.\.|# (?!skip))/.test(line) || skipped || isLab) {
      const took = isLab && seconds !== undefined ? ` (${seconds.toFixed(1)} s)` : '';
      process.stdout.write(`${line}${took}\n`);
    }
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      // a runner that broke without a failed test (a file that would not load) has failed
      if (code !== 0 && counts.failed === 0) counts.failed += 1;
      if (isLab) watch.tell();
      resolve(counts);
    });
  });
}

/** Files whose labs may run beside another's: they measure no time that a client saw. */
const PATIENT =
  /\/(acceptance|bad-input|cloud|config-set|data[a-z-]*|faults|firewall|guide-interrupted|guide-new|init|init-cloud|installed|lab-cloud|lab-exec|leaving|main-job|mongo|package|reboots|runbook|services|stand-in)\.test\.ts$/;

/** Left to `npm run test:lab`, so that `npm test` ends well inside an hour: it says so. */
const LONG =
  /\/(alerts|data|drills-killed|drills-node|drills-services|drills-vrrp|installed|leaving|mongo|move-vip|prober-capture|profiles|rolling-restart|services|transfer)\.test\.ts$/;

/** The patient ones two at a time, then the others with the machine to themselves. */
async function runLab(files) {
  const patient = files.filter((file) => PATIENT.test(file));
  const alone = files.filter((file) => !PATIENT.test(file));
  const limit = '--timeout=20m';
  const first = await runAva('lab', patient, ['--concurrency=2', limit]);
  const second = await runAva('lab, alone', alone, ['--concurrency=1', limit]);
  for (const key of Object.keys(first)) first[key] += second[key];
  return first;
}

function runShortLab() {
  const files = testFiles(true);
  const long = files.filter((file) => LONG.test(file));
  process.stdout.write(`\nnot run here, but by npm run test:lab: ${long.join(' ')}\n`);
  return runLab(files.filter((file) => !LONG.test(file)));
}

const parts = {
  types: () => runOne('types', bin('tsc'), ['--noEmit']),
  lint: () => runOne('lint', bin('biome'), ['check', '.']),
  unit: () => runAva('unit', testFiles(false), []),
  lab: () => (asked.length > 0 ? runLab(testFiles(true)) : runShortLab()),
};

// another Node to run the unit tests on as well: the oldest and the newest are both promised
const second = process.env.IAM_HA_WIZARD_SECOND_NODE;
if (second)
  parts['unit on the second Node'] = () =>
    runAva('unit on the second Node', testFiles(false), [], second);

const asked = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const counts = await parts[name]();
  for (const key of Object.keys(total)) total[key] += counts[key];
  process.stdout.write(
    `-- ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`,
  );
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
