// From a key to its frame, while 200 lines a second stream in, and how much processor that takes.
// The screen is a module of its own, bundled as the program is: on a terminal it draws, takes the
// number of lines a second from its first argument, and answers keys.
// Usage: node scripts/bench-keys.mjs SCREEN.tsx KEY=TEXT KEY=TEXT …
//   the keys are pressed in turn; each is done when its text is on the screen
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { median, onTerminal, percentile } from './pty.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LINES_PER_SECOND = 200;
const PRESSES = 100;
/** The contract. */
const LIMIT = { p95: 50, cores: 0.5 };

const escaped = (text) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'u');

async function measure(program, keys) {
  const terminal = onTerminal([process.execPath, program, String(LINES_PER_SECOND)]);
  try {
    return await pressAll(terminal, keys);
  } finally {
    await terminal.close();
  }
}

async function pressAll(terminal, keys) {
  await terminal.seen(/line/);
  await sleep(500);
  const [from, spent] = [performance.now(), terminal.processorSeconds()];
  const times = [];
  for (let press = 0; press < PRESSES; press += 1) {
    const [key, text] = keys[press % keys.length];
    const pressed = terminal.press(key);
    times.push((await terminal.seen(escaped(text))) - pressed);
    // a person's pace, and out of step with any timer of the screen's
    await sleep(60 + ((press * 37) % 100));
  }
  const seconds = (performance.now() - from) / 1000;
  const cores = (terminal.processorSeconds() - spent) / seconds;
  return { times, cores };
}

export async function benchKeys(screen, keys) {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-bench-'));
  try {
    await bundle(root, folder, resolve(screen));
    const { times, cores } = await measure(join(folder, 'main.js'), keys);
    const p95 = percentile(times, 95);
    const isKept = p95 < LIMIT.p95 && cores <= LIMIT.cores;
    console.log(
      `key to frame, ${LINES_PER_SECOND} lines a second: median ${median(times).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (below ${LIMIT.p95}); ${cores.toFixed(2)} of a core (at most ${LIMIT.cores}): ${isKept ? 'kept' : 'NOT KEPT'}`,
    );
    return isKept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [screen, ...pairs] = process.argv.slice(2);
  const keys = pairs.map((pair) => [
    pair.slice(0, pair.indexOf('=')),
    pair.slice(pair.indexOf('=') + 1),
  ]);
  if (!screen || keys.length === 0) {
    console.error('usage: node scripts/bench-keys.mjs SCREEN.tsx KEY=TEXT KEY=TEXT …');
    process.exitCode = 64;
  } else if (!(await benchKeys(screen, keys))) process.exitCode = 1;
}
