import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { message } from '../model/index.ts';
import { type Cache, cachedFolder } from './cache.ts';
import type { ImageName } from './spec.ts';

/** Raised when what is done to the image changes, so that a cached older one is not used. */
const RECIPE = 2;

/** What an ordinary cloud image of Debian has, as far as it matters here. */
const INCLUDED = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'openssh-server',
  'iproute2',
  'iputils-ping',
  'netbase',
  'procps',
  'curl',
  'ca-certificates',
  'sudo',
  'python3',
  'kmod',
  'logrotate',
  'cron',
  'nano',
  'less',
];

/** Where the machines find the packages: their only source. */
export const PACKAGES_MOUNT = '/srv/packages';

/** mmdebstrap's own progress lines, by how they begin. */
const STEPS: readonly (readonly [string, string])[] = [
  ['I: running apt-get update', 'lab-image-lists'],
  ['I: downloading packages', 'lab-image-downloading'],
  ['I: extracting archives', 'lab-image-extracting'],
  ['I: installing essential', 'lab-image-essential'],
  ['I: installing remaining', 'lab-image-installing'],
  ['I: cleaning', 'lab-image-cleaning'],
];

/** A name that changes with what the folder would hold. */
export function fingerprint(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

/** The root tree of a bare Debian, built once. Returns its folder. */
export function baseImage(cache: Cache, image: ImageName, env: NodeJS.ProcessEnv): Promise<string> {
  const name = `image-${image}-${process.arch}-${fingerprint(RECIPE, ...INCLUDED)}`;
  return cachedFolder(cache, name, async (part, crew) => {
    cache.report(message('lab-image-building', { image }));
    const root = join(part, 'root');
    const argv = [
      // A mount namespace of its own: a killed mmdebstrap leaves no mount.
      ...['unshare', '--mount', '--propagation', 'slave', 'mmdebstrap', '--mode=root'],
      ...['--format=directory', '--variant=apt', `--include=${INCLUDED.join(',')}`],
      ...[image, root, ...mirror(env)],
    ];
    await crew.run(argv, {
      onLine: (line) => {
        const step = STEPS.find(([beginning]) => line.startsWith(beginning));
        if (step) cache.report(message(step[1], { image }));
      },
    });
    // The packages are fetched from where the image came from.
    copyFileSync(join(root, 'etc/apt/sources.list'), join(part, 'sources.list'));
    finishImage(root);
  });
}

/** Without one, mmdebstrap knows Debian's own, security updates included. */
function mirror(env: NodeJS.ProcessEnv): readonly string[] {
  return env.IAM_HA_WIZARD_DEBIAN_MIRROR ? [env.IAM_HA_WIZARD_DEBIAN_MIRROR] : [];
}

/** No two machines share host keys or an id, and none knows a source but ours. */
function finishImage(root: string): void {
  for (const name of readdirSync(join(root, 'etc/ssh')))
    if (name.startsWith('ssh_host_')) rmSync(join(root, 'etc/ssh', name));
  rmSync(join(root, 'etc/apt/sources.list.d'), { recursive: true, force: true });
  mkdirSync(join(root, 'etc/apt/sources.list.d'));
  writeFileSync(
    join(root, 'etc/apt/sources.list'),
    `deb [trusted=yes] file:${PACKAGES_MOUNT} ./\n`,
  );
  mkdirSync(join(root, PACKAGES_MOUNT));
  writeFileSync(join(root, 'etc/machine-id'), '');
  // There is no name server; the machines find each other by address, and themselves in /etc/hosts.
  rmSync(join(root, 'etc/resolv.conf'), { force: true });
  writeFileSync(join(root, 'etc/resolv.conf'), '');
}
