import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { type Cache, cachedFolder, tidyCache } from '../../source/lab/cache.ts';
import { lockHolder, tryLock } from '../../source/lab/lock.ts';

// The lock is taken by flock(1), which other systems do not have.
const onLinux = process.platform === 'linux' ? test : test.skip;

function emptyCache(): Cache {
  return {
    folder: mkdtempSync(join(tmpdir(), 'lab-cache-')),
    report: () => {},
    crewWith: () => ({ run: async () => '', start: () => {} }),
  };
}

const build = async (part: string) => writeFileSync(join(part, 'file'), 'complete');

onLinux('two builders at once build once', async (t) => {
  const cache = emptyCache();
  let builds = 0;
  const slow = async (part: string) => {
    builds += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await build(part);
  };
  const folders = await Promise.all([
    cachedFolder(cache, 'image', slow),
    cachedFolder(cache, 'image', slow),
  ]);
  t.is(builds, 1);
  t.is(folders[0], folders[1]);
  t.true(existsSync(join(folders[0], 'file')));
  rmSync(cache.folder, { recursive: true });
});

onLinux('a build that fails leaves nothing that counts, and the next one works', async (t) => {
  const cache = emptyCache();
  await t.throwsAsync(
    cachedFolder(cache, 'image', async (part) => {
      await build(part);
      throw new Error('no network');
    }),
  );
  t.false(existsSync(join(cache.folder, 'image')));
  const folder = await cachedFolder(cache, 'image', build);
  t.deepEqual(readdirSync(folder), ['file']);
  t.deepEqual(readdirSync(cache.folder).toSorted(), ['image', 'lock']);
  rmSync(cache.folder, { recursive: true });
});

onLinux('what a killed builder left is removed, but not under a living one', (t) => {
  const { folder } = emptyCache();
  mkdirSync(join(folder, 'image.part'));
  const lock = tryLock(join(folder, 'lock'));
  tidyCache(folder);
  t.true(existsSync(join(folder, 'image.part')));
  lock?.release();
  tidyCache(folder);
  t.false(existsSync(join(folder, 'image.part')));
  rmSync(folder, { recursive: true });
});

onLinux('a lock is held by one, and says by whom', (t) => {
  const { folder } = emptyCache();
  const path = join(folder, 'lock');
  const lock = tryLock(path);
  t.truthy(lock);
  t.is(tryLock(path), undefined);
  t.is(lockHolder(path), process.pid);
  lock?.release();
  t.is(lockHolder(path), undefined);
  t.truthy(tryLock(path));
  rmSync(folder, { recursive: true });
});
