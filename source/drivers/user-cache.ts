import { homedir } from 'node:os';
import { join } from 'node:path';
import { EXIT, OperatorError, problem } from '../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What says that a folder does not take what is written, whoever wrote. */
const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR']);

/**
 * A folder of what can be made again, of this user alone: `$XDG_CACHE_HOME/iam-ha-wizard/PART`.
 *
 * @throws OperatorError "no-cache-folder" where the user has no home and names none
 */
export function userCache(env: Environment, part: string): string {
  return join(env.XDG_CACHE_HOME || join(home(), '.cache'), 'iam-ha-wizard', part);
}

function home(): string {
  try {
    return homedir();
  } catch {
    throw new OperatorError(problem('no-cache-folder'), EXIT.usage);
  }
}

/** Fills the cache. @throws OperatorError "cache-not-written" where the folder takes nothing */
export async function fillingCache<Result>(
  folder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!REFUSED.has(code)) throw error;
    throw new OperatorError(problem('cache-not-written', { reason: code }, { file: folder }));
  }
}
