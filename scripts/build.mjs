// Bundles source/ into dist/: one entry with split chunks, and the plain files that run beside it.
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp');

function sourceFiles() {
  return readdirSync(join(root, 'source'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .concat(join(root, 'package.json'), join(root, 'scripts', 'build.mjs'))
    .toSorted();
}

/** Changes when any source file does: names, sizes and times. */
function stamp() {
  return sourceFiles()
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

function builtStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** What builds that were killed left behind. */
function sweep() {
  for (const name of readdirSync(root)) {
    const pid = /^dist\.(?:old\.)?(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(root, name), { recursive: true, force: true });
  }
}

export async function build() {
  const current = stamp();
  sweep();
  const { build: bundle } = await import('esbuild');
  // built beside dist/ and renamed: two processes that start at once never meet half a build
  const fresh = `${dist}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await bundle({
    entryPoints: { main: join(root, 'source/cli/main.ts') },
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    logLevel: 'error',
    packages: 'external',
  });
  for (const file of ['exchange.mjs', 'prober-worker.mjs', 'schedule.mjs']) {
    copyFileSync(join(root, 'source/drivers/prober', file), join(fresh, file));
  }
  writeFileSync(join(fresh, '.stamp'), current);
  const old = `${dist}.old.${process.pid}`;
  try {
    renameSync(dist, old);
  } catch {
    // there was none, or another process was quicker
  }
  try {
    renameSync(fresh, dist);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}

export async function buildIfStale() {
  if (builtStamp() !== stamp()) await build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
