import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { message, OperatorError, type Problem, problem } from '../model/index.ts';
import { hierarchies, mainHierarchy } from './cgroups.ts';
import { SYSTEM_PATH } from './places.ts';
import type { Report } from './report.ts';
import { hindrance } from './require-host.ts';

/** What the lab runs or reads on this computer, and Debian's package of it. */
const NEEDED: readonly (readonly [string, string])[] = [
  ['systemd-nspawn', 'systemd-container'],
  ['mmdebstrap', 'mmdebstrap'],
  ['apt-ftparchive', 'apt-utils'],
  ['nft', 'nftables'],
  ['ip', 'iproute2'],
  ['nsenter', 'util-linux'],
  ['setpriv', 'util-linux'],
  ['ssh-keygen', 'openssh-client'],
  ['mkfs.ext4', 'e2fsprogs'],
  ['tar', 'tar'],
  ['perl', 'perl-base'],
  ['/usr/share/keyrings/debian-archive-keyring.gpg', 'debian-archive-keyring'],
];

export type LabPossible =
  | { readonly possible: true }
  | { readonly possible: false; readonly problem: Problem };

/** May what is missing be installed: yes, ask first, or no. */
export type InstallPolicy = 'install' | 'ask' | 'refuse';

function isThere(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program);
  return SYSTEM_PATH.split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** The Debian packages that are missing here, each once. */
export function missingPackages(): readonly string[] {
  return [...new Set(NEEDED.filter(([program]) => !isThere(program)).map(([, name]) => name))];
}

function missingInKernel(): Problem | undefined {
  const tried = spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true']);
  if (tried.status !== 0)
    return problem('lab-no-namespaces', {}, { detail: String(tried.stderr ?? '') });
  const all = hierarchies();
  const closed = all.find((one) => !isWritable(one.mountPoint));
  if (!mainHierarchy(all) || closed)
    return problem('lab-no-cgroups', { path: closed?.mountPoint ?? '/sys/fs/cgroup' });
  if (!existsSync('/dev/loop-control')) return problem('lab-no-loop-device');
  return hasOverlay() ? undefined : problem('lab-no-overlay');
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function hasOverlay(): boolean {
  const listed = () => /\boverlay\b/.test(readFileSync('/proc/filesystems', 'utf8'));
  return listed() || (spawnSync('modprobe', ['overlay']).status === 0 && listed());
}

function installCommand(packages: readonly string[]): string {
  return `apt-get update && apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
}

/** Whether a lab can be made here and now. Changes nothing. */
export function isLabPossible(): LabPossible {
  const found = hindrance() ?? missingTools() ?? missingInKernel();
  return found ? { possible: false, problem: found } : { possible: true };
}

function missingTools(): Problem | undefined {
  const packages = missingPackages();
  if (packages.length === 0) return undefined;
  return problem('lab-missing-packages', {
    packages: packages.join(' '),
    command: installCommand(packages),
  });
}

/**
 * Makes sure that a lab can be made: prints what is missing, and installs it if it may.
 * @throws OperatorError when it cannot be, with the command that helps.
 */
export async function ensureLabPossible(
  policy: InstallPolicy,
  report: Report,
  ask: (packages: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const hopeless = hindrance();
  if (hopeless) throw new OperatorError(hopeless);
  const packages = missingPackages();
  if (packages.length > 0) await installPackages(packages, policy, report, ask);
  const still = missingInKernel();
  if (still) throw new OperatorError(still);
}

async function installPackages(
  packages: readonly string[],
  policy: InstallPolicy,
  report: Report,
  ask: (packages: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const names = packages.join(' ');
  const missing = problem('lab-missing-packages', {
    packages: names,
    command: installCommand(packages),
  });
  const may =
    isThere('apt-get') && (policy === 'install' || (policy === 'ask' && (await ask(packages))));
  if (!may) throw new OperatorError(missing);
  report(message('lab-installing-packages', { packages: names }));
  const done = spawnSync('sh', ['-c', installCommand(packages)], {
    env: { ...process.env, PATH: SYSTEM_PATH, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0 || missingPackages().length > 0)
    throw new OperatorError({ ...missing, detail: String(done.stderr ?? '').trim() });
}
