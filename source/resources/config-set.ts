import type { Planned, Resource } from '../model/index.ts';
import type { ConfigSetOptions } from './config-set-options.ts';
import { planSet } from './config-set-plan.ts';
import { readSet, setProbe } from './config-set-probe.ts';
import { contentHash, unreadable } from './planned.ts';

export type {
  ConfigSetOptions,
  DesiredBlock,
  DesiredDirectory,
  DesiredFile,
  SetLoad,
  SetTest,
} from './config-set-options.ts';

/**
 * The files of one daemon: staged, tested by the daemon that will read them, renamed into place
 * one by one, and loaded once, in one script. Any failure leaves or restores the old state.
 *
 * A file is right, ours (converged), edited by somebody (`managed-file-changed`), or foreign
 * (`foreign-configuration`); the last two are refused without consent.
 */
export function configSet(options: ConfigSetOptions): Resource {
  const hashes = new Map(options.files.map(({ path, content }) => [path, contentHash(content)]));
  const id = `config:${options.name}`;
  return {
    id,
    node: options.node,
    probe: [setProbe(options, hashes)],
    plan: ({ stdout, stderr }): Planned => {
      const found = readSet(options, stdout);
      return found ? planSet(options, hashes, found) : unreadable(options.node, id, stderr);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}
