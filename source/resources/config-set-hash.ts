import type { ConfigSetOptions } from './config-set-options.ts';
import { sha256 } from './state.ts';

/** Of what the daemon reads. A block counts with its own lines: others may edit the rest. */
export function loadedHash(options: ConfigSetOptions, hashes: ReadonlyMap<string, string>): string {
  const files = options.files.map(({ path, mode, owner }) => [path, hashes.get(path), mode, owner]);
  const blocks = (options.blocks ?? []).map(({ path, lines }) => [path, lines]);
  return sha256(JSON.stringify([files, blocks, options.loadedWith ?? []]));
}
