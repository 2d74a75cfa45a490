import { join } from 'node:path';
import { userCache } from '../drivers/user-cache.ts';

/** Where every lab has its folder. Only root may look inside. */
export const LABS_FOLDER = '/var/lib/iam-ha-wizard-lab';

/**
 * Where programs are looked for, here and on the machines. Never on the caller's PATH: npm puts
 * its packages' programs first there, and one of them is called `nft`.
 */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The files and folders of one lab. */
export interface LabPlaces {
  readonly folder: string;
  /** Held while a lab is made or removed; beside the folder, so that the folder can be removed. */
  readonly lock: string;
  /** What is to be made; written before anything is made. */
  readonly spec: string;
  /** Written last: holds the boot id of the computer. */
  readonly ready: string;
  readonly cluster: string;
  readonly knownHosts: string;
  readonly identity: string;
  /** The operator's `$XDG_STATE_HOME`. */
  readonly state: string;
  /** First on the operator's PATH. */
  readonly bin: string;
  /** Variables of the operator's environment that are secret (0600). */
  readonly environment: string;
  machine(name: string): string;
}

export function labPlaces(lab: string): LabPlaces {
  const folder = join(LABS_FOLDER, lab);
  return {
    folder,
    lock: `${folder}.lock`,
    spec: join(folder, 'lab.json'),
    ready: join(folder, 'ready'),
    cluster: join(folder, 'cluster.yaml'),
    knownHosts: join(folder, 'ssh', 'known_hosts'),
    identity: join(folder, 'ssh', 'operator'),
    state: join(folder, 'state'),
    bin: join(folder, 'bin'),
    environment: join(folder, 'environment.json'),
    machine: (name) => join(folder, 'machines', name),
  };
}

/** The folder of images and packages, shared by all labs of this user. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return userCache(env, 'lab');
}

export { packageRoot as checkoutFolder } from '../drivers/package-root.ts';
