import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { message } from '../model/index.ts';
import { type Site, start, waitUntilUp } from './boot.ts';
import { ensureCgroup, hierarchies, mainHierarchy } from './cgroups.ts';
import {
  type CloudPair,
  cloudEnvironment,
  hasCloud,
  newPair,
  writeCloudSettings,
} from './cloud-site/settings.ts';
import { startCloud, waitForCloud } from './cloud-site/start.ts';
import { clusterFile } from './cluster-file.ts';
import { type Crew, makeCrew } from './crew.ts';
import { type LabIam, labIam } from './iam.ts';
import { baseImage } from './image.ts';
import { makeKey } from './keys.ts';
import type { Lock } from './lock.ts';
import type { Stock } from './machines.ts';
import { MONGODB_PASSWORD, writeMongodb } from './mongo-machine.ts';
import { makeNetwork } from './network.ts';
import { packageRepository } from './packages.ts';
import { writePersonal } from './personal.ts';
import { cacheFolder, labPlaces } from './places.ts';
import type { Report } from './report.ts';
import type { LabSpec } from './spec.ts';
import { markReady, writeRecord, writeWhole } from './state.ts';

export interface LabUpContext {
  readonly report: Report;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** A site for the lab; its crew holds `lock`. @throws Error where there are no cgroups. */
export function openSite(spec: LabSpec, lock: Lock, { report, signal }: LabUpContext): Site {
  const all = hierarchies();
  const main = mainHierarchy(all);
  if (!main) throw new Error('no cgroup hierarchy');
  const crew = makeCrew(ensureCgroup(main, spec.name, 'setup'), lock.fd, signal);
  return { spec, all, main, crew, report, signal };
}

/**
 * Makes a lab where nothing of it is. What is to be made is written down before anything else, and
 * that it is complete, last. `password`: what the lab's user types for sudo.
 */
export async function makeLab(
  spec: LabSpec,
  password: string | undefined,
  lock: Lock,
  context: LabUpContext,
): Promise<void> {
  const places = labPlaces(spec.name);
  mkdirSync(join(places.folder, 'ssh'), { recursive: true, mode: 0o700 });
  writeRecord({ spec });
  const site = openSite(spec, lock, context);
  const stock = await fetchStock(site, context);
  const iam = await labIam({ ...context, crew: site.crew });
  writeRecord({ spec, stock });
  site.report(message('lab-network', { subnet: `${spec.subnet}/${spec.prefixLength}` }));
  const [pids, authorized] = await Promise.all([
    makeNetwork(spec, site.main, site.crew, join(places.folder, 'network.log')),
    makeKey(site.crew, places.identity, 'ed25519', `operator@${spec.name}`),
  ]);
  const secrets = secretsOf(spec, password);
  if (secrets.cloud) writeCloudSettings(spec, secrets.cloud);
  if (secrets.cloud) startCloud(site, pids.router);
  const hostKeys = await startAll(site, stock, pids.switch, authorized, secrets);
  writeFileSync(places.knownHosts, hostKeys.join(''), { mode: 0o600 });
  writeOperatorFiles(spec, secrets.environment, iam);
  await Promise.all([
    ...spec.machines.map((machine) => waitUntilUp(site, machine)),
    ...(secrets.cloud ? [waitForCloud(site)] : []),
  ]);
  markReady(spec.name);
}

/** The image and the packages, from the cache or from Debian. */
async function fetchStock(site: Site, { report, signal, env }: LabUpContext): Promise<Stock> {
  const { spec, main } = site;
  const crewWith = (lockFd: number): Crew =>
    makeCrew(ensureCgroup(main, spec.name, 'setup'), lockFd, signal);
  const cache = { folder: cacheFolder(env), report, signal, crewWith };
  const image = await baseImage(cache, spec.image, env);
  return { image, packages: await packageRepository(cache, spec.image, image) };
}

interface LabSecrets {
  /** What the lab's user types for sudo. */
  readonly password: string | undefined;
  /** Of the account in the stand-in for MongoDB, where there is one. */
  readonly mongodb: string | undefined;
  /** Of the account in the cloud, where there is one. */
  readonly cloud: CloudPair | undefined;
  /** What the operator has in the environment. */
  readonly environment: Readonly<Record<string, string>>;
}

function secretsOf(spec: LabSpec, password: string | undefined): LabSecrets {
  const hasServer = spec.machines.some(({ role }) => role === 'server');
  const mongodb = hasServer ? randomBytes(18).toString('base64url') : undefined;
  const cloud = hasCloud(spec) ? newPair() : undefined;
  const environment = {
    ...(spec.sudoPassword && password ? { [spec.sudoPassword]: password } : {}),
    ...(mongodb ? { [MONGODB_PASSWORD]: mongodb } : {}),
    ...(cloud ? cloudEnvironment(spec, cloud) : {}),
  };
  return { password, mongodb, cloud, environment };
}

/** Starts the machines side by side. Returns their lines for known_hosts. */
function startAll(
  site: Site,
  stock: Stock,
  switchPid: number,
  authorized: string,
  { password, mongodb }: LabSecrets,
): Promise<readonly string[]> {
  const { spec, crew } = site;
  return Promise.all(
    spec.machines.map(async (machine) => {
      const folder = labPlaces(spec.name).machine(machine.name);
      mkdirSync(folder, { recursive: true });
      const keys = await writePersonal(spec, machine, folder, authorized, password, crew);
      if (machine.role === 'server' && mongodb) writeMongodb(folder, mongodb);
      start(site, machine, stock, switchPid);
      return keys.map((key) => `${machine.address} ${key}\n`).join('');
    }),
  );
}

function writeOperatorFiles(
  spec: LabSpec,
  environment: LabSecrets['environment'],
  iam: LabIam,
): void {
  const places = labPlaces(spec.name);
  for (const folder of [places.state, places.bin]) mkdirSync(folder, { recursive: true });
  // `lab run` says which checkout: the one that it was called from.
  const launcher = '#!/bin/sh\nexec "$IAM_HA_WIZARD_NODE" "$IAM_HA_WIZARD_LAUNCHER" "$@"\n';
  writeFileSync(join(places.bin, 'iam-ha-wizard'), launcher, { mode: 0o755 });
  writeWhole(places.environment, `${JSON.stringify(environment)}\n`);
  writeWhole(places.cluster, clusterFile(spec, places, iam));
}
