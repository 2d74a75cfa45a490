// How long it takes until there is something to read: the packed program beside an empty Node process,
// each on a terminal, turn by turn, so that what else the computer does falls on both.
// Usage: node scripts/bench-start.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';
import { median, onTerminal } from './pty.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const TURNS = 15;
/** The contract: `first frame at most 6 × an empty Node process`. */
const LIMIT = 6;
/** Something that a person can read: what is left when no escape sequence is one. */
const READABLE = /(?<![\x1b[?;\d])[\p{Letter}]{3}/u;

async function install(folder) {
  await buildIfStale();
  const npm = (...args) => execFileSync('npm', args, { cwd: folder, stdio: 'ignore' });
  npm('pack', '--ignore-scripts', root);
  const [tarball] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{}');
  npm('install', '--offline', '--no-audit', '--no-fund', join(folder, tarball));
  return join(folder, 'node_modules/iam-ha-wizard/bin/iam-ha-wizard.js');
}

/** @returns milliseconds until something can be read */
async function firstFrame(argv, env) {
  const terminal = onTerminal(argv, env);
  const milliseconds = await terminal.seen(READABLE);
  await terminal.close();
  return milliseconds;
}

export async function benchStart() {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-bench-'));
  try {
    const program = await install(folder);
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const env = { ...process.env, HOME: folder, XDG_STATE_HOME: '', LANG: 'C.UTF-8' };
    const node = process.execPath;
    const kinds = {
      // what the terminal itself costs is in all of them, and taken off
      terminal: () => onTerminal(['true'], env).ended,
      'an empty Node process': () => onTerminal([node, empty], env).ended,
      '--version': () => onTerminal([node, program, '--version'], env).ended,
      '--help, first line': () => firstFrame([node, program, '--help'], env),
      'the home screen, first frame': () => firstFrame([node, program], env),
    };
    const times = new Map(Object.keys(kinds).map((name) => [name, []]));
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const [name, take] of Object.entries(kinds)) times.get(name).push(await take());
    return tell(new Map([...times].map(([name, all]) => [name, median(all)])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns whether the limit is kept */
function tell(medians) {
  const [cost, ...rest] = medians.values();
  const [empty] = rest;
  for (const [name, value] of medians) {
    const own = value - cost;
    const ratio = name === 'terminal' ? '' : `${(own / (empty - cost)).toFixed(1).padStart(6)} ×`;
    const shown = name === 'terminal' ? cost : own;
    console.log(`${name.padEnd(46)} ${shown.toFixed(0).padStart(7)} ms ${ratio}`);
  }
  const ratio = (rest.at(-1) - cost) / (empty - cost);
  const isKept = ratio <= LIMIT;
  console.log(
    `first frame: ${ratio.toFixed(1)} × (at most ${LIMIT}): ${isKept ? 'kept' : 'NOT KEPT'}`,
  );
  return isKept;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!(await benchStart())) process.exitCode = 1;
}
