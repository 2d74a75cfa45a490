// The lab's commands, for the benchmarks.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const bin = join(root, 'bin', 'iam-ha-wizard.js');

/** @returns what `iam-ha-wizard lab ARGS` prints @throws where it fails and may not */
export function lab(args, { mayFail = false } = {}) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28 };
  const result = spawnSync(process.execPath, [bin, 'lab', ...args], options);
  if (result.status !== 0 && !mayFail)
    throw new Error(`lab ${args.join(' ')}: ${result.stdout.slice(-3000)}${result.stderr}`);
  return result.stdout;
}
