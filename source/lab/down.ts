import { iamCacheFolder, tidyIamCache } from '../drivers/iam/index.ts';
import { message, OperatorError, problem } from '../model/index.ts';
import { tidyCache } from './cache.ts';
import { parseLabName } from './options.ts';
import { cacheFolder } from './places.ts';
import type { Report } from './report.ts';
import { requireHost } from './require-host.ts';
import { hasTraces, removeLock, sweep, takeLabLock } from './sweep.ts';

/**
 * Removes the lab: processes, mounts, namespaces, cgroups, files. The caches stay.
 * Returns false when there was nothing to remove. @throws OperatorError `lab-left-behind`, `lab-busy`.
 */
export async function labDown(
  name: string,
  report: Report,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  requireHost();
  const lab = parseLabName(name);
  const cache = cacheFolder(env);
  tidyIamCache(iamCacheFolder(env));
  if (!hasTraces(lab)) {
    tidyCache(cache);
    report(message('lab-nothing-there', { lab }));
    return false;
  }
  const lock = await takeLabLock(lab);
  const left = await sweep(lab);
  removeLock(lab, lock);
  tidyCache(cache);
  if (left.length > 0)
    throw new OperatorError(problem('lab-left-behind', { lab, left: left.join(', ') }));
  report(message('lab-removed', { lab, cache }));
  return true;
}
