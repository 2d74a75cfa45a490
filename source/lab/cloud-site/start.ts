import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError, problem } from '../../model/index.ts';
import type { Site } from '../boot.ts';
import { cgroupPath, ensureCgroup, hierarchies, mainHierarchy, pidsBelow } from '../cgroups.ts';
import { isListening } from '../listening.ts';
import { networkPid } from '../network.ts';
import { checkoutFolder } from '../places.ts';
import { CLOUD, CLOUD_PORT, cloudPlaces } from './places.ts';

const START_TIMEOUT_MS = 60_000;

/** As the holders of the networks: into its cgroup first, then it leaves the lab's lock. */
const JOIN = 'echo $$ > "$1/cgroup.procs" && shift && exec 3>&- && exec "$@"';

/** The processes of the lab's cloud. */
function cloudPids(lab: string): readonly number[] {
  const main = mainHierarchy(hierarchies());
  return main ? pidsBelow(cgroupPath(main, lab, CLOUD)) : [];
}

/** Whether the lab's cloud answers. */
export function isCloudUp(lab: string): boolean {
  const router = networkPid(lab, 'router');
  return router !== undefined && cloudPids(lab).length > 0 && isListening(router, CLOUD_PORT);
}

/** Starts the lab's cloud on its router. */
export function startCloud({ spec, main, crew }: Site, router: number): void {
  const cgroup = ensureCgroup(main, spec.name, CLOUD);
  const launcher = join(checkoutFolder(), 'bin/iam-ha-wizard.js');
  const serve = [process.execPath, launcher, 'lab', 'cloud', '--name', spec.name];
  const argv = [`--net=/proc/${router}/ns/net`, 'sh', '-c', JOIN, 'sh', cgroup, ...serve];
  crew.start(['nsenter', ...argv], {}, cloudPlaces(spec.name).log);
}

/** Waits until the cloud answers. @throws OperatorError `lab-cloud-failed` with the end of its log. */
export async function waitForCloud({ spec, signal }: Site): Promise<void> {
  const { name } = spec;
  const deadline = Date.now() + START_TIMEOUT_MS;
  let wasSeen = false;
  while (!isCloudUp(name)) {
    const isThere = cloudPids(name).length > 0;
    if (Date.now() > deadline || (wasSeen && !isThere)) throw failure(name);
    wasSeen ||= isThere;
    await sleep(25, undefined, { signal });
  }
}

function failure(lab: string): OperatorError {
  const { log } = cloudPlaces(lab);
  const detail = readFileSync(log, 'utf8').trim().slice(-4000);
  return new OperatorError(problem('lab-cloud-failed', { lab }, { file: log, detail }));
}
