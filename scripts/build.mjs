// Builds dist/ from source/ and the packages that package-lock.json names.
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp');

function filesOf(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What the bundle is made of; of the packages, the file that pins them. */
function inputFiles() {
  return ['source', 'scripts']
    .flatMap(filesOf)
    .concat(['package.json', 'package-lock.json'].map((file) => join(root, file)))
    .toSorted();
}

/** Changes when any of them does: names, sizes and times. */
function stamp() {
  return inputFiles()
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${relative(root, file)} ${size} ${mtimeMs}`;
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
  const { bundle } = await import('./bundle.mjs');
  // built beside dist/ and renamed: two processes that start at once never meet half a build
  const fresh = `${dist}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await bundle(root, fresh);
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
