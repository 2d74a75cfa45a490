import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT } from '../../model/index.ts';
import { converse } from '../init/init.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { screenAsker } from './screen-asker.ts';
import type { Theatre } from './theatre.ts';

/** A file that is there is somebody's: a new deployment has one of its own. */
async function freshFile(): Promise<string> {
  for (let number = 1; ; number += 1) {
    const file = resolve(number === 1 ? 'cluster.yaml' : `cluster-${number}.yaml`);
    if (!(await stat(file).catch(() => undefined))) return file;
  }
}

/**
 * Asks the questions of `init` on the screen.
 *
 * @returns the options with which the new deployment is opened; undefined: nothing was written
 * @throws Leave when the operator leaves from a question
 */
export async function beginNew(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
): Promise<GlobalOptions | undefined> {
  const file = options.cluster ?? (await freshFile());
  const columns = () => process.stdout.columns ?? 80;
  const speech = {
    get language() {
      return theatre.language();
    },
    style: { colour: false, ascii: theatre.style.ascii },
    columns,
  };
  const asked = await converse(
    io,
    { command: 'init', file, options },
    screenAsker(theatre),
    speech,
  );
  if (asked.exitCode !== EXIT.done) return undefined;
  const { session: _, ...rest } = options;
  return { ...rest, cluster: file };
}
