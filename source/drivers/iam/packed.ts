import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** A file, compressed with gzip. */
export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
}

/** A build that nobody has sent for so long is another version's. */
const KEPT_MS = 30 * 24 * 3_600_000;

/**
 * Compresses a file once: into `folder`, under the sha256 of what is in it. gzip is what every
 * Debian has (it is essential there) and the others' base systems too; a server has neither xz nor
 * zstd for sure. Level 6: level 9 takes three times as long for one percent less.
 *
 * @throws as the file system does, and when `from` is not what `sha256` says
 */
export async function packFile(folder: string, from: string, sha256: string): Promise<PackedFile> {
  const path = join(folder, `${sha256}.gz`);
  if (!(await isPacked(path, sha256))) {
    await mkdir(folder, { recursive: true });
    await tidy(folder);
    const part = `${path}.${process.pid}.part`;
    try {
      await pipeline(createReadStream(from), createGzip({ level: 6 }), createWriteStream(part));
      if (!(await isPacked(part, sha256))) throw new Error(`${from} is not ${sha256}`);
      await rename(part, path);
    } finally {
      await rm(part, { force: true });
    }
  }
  const now = new Date();
  await utimes(path, now, now);
  return { path, bytes: (await stat(path)).size };
}

/** Whether it is there and holds what its name says: a cache may be cut off by a full disk. */
async function isPacked(path: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), createGunzip(), hash);
    return hash.digest('hex') === sha256;
  } catch {
    return false;
  }
}

async function tidy(folder: string): Promise<void> {
  const oldest = Date.now() - KEPT_MS;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < oldest) await rm(path, { force: true });
  }
}
