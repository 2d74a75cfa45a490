import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { message } from '../model/index.ts';
import { type Cache, cachedFolder } from './cache.ts';
import type { Crew } from './crew.ts';
import { fingerprint } from './image.ts';
import type { ImageName } from './spec.ts';

/** What the machines can install; the closure of these is fetched. */
const OFFERED = [
  'nginx-light',
  'keepalived',
  'mariadb-server',
  'mariadb-client',
  'redis-server',
  'redis-tools',
  'nftables',
  'ufw',
  'firewalld',
  'iputils-arping',
];

const RECIPE = 1;

/**
 * A package repository with everything the wizard may install on a machine made from `imageFolder`,
 * fetched once. Returns its folder.
 */
export function packageRepository(
  cache: Cache,
  image: ImageName,
  imageFolder: string,
): Promise<string> {
  const hash = fingerprint(RECIPE, basename(imageFolder), ...OFFERED);
  return cachedFolder(cache, `packages-${image}-${process.arch}-${hash}`, async (part, crew) => {
    cache.report(message('lab-packages-downloading', { image }));
    const apt = aptFor(part, imageFolder);
    await crew.run(['apt-get', ...apt, 'update']);
    const install = ['--yes', '--download-only', '--no-install-recommends', 'install'];
    await crew.run(['apt-get', ...apt, ...install, ...OFFERED]);
    await index(part, crew);
    const debs = readdirSync(part).filter((name) => name.endsWith('.deb'));
    cache.report(message('lab-packages-indexed', { count: debs.length }));
  });
}

/** The options that make the host's apt work for the image's package list, touching nothing of the host's. */
function aptFor(part: string, imageFolder: string): readonly string[] {
  const root = join(imageFolder, 'root');
  const work = join(part, 'work');
  for (const folder of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(work, folder), { recursive: true });
  const keyring = join(root, 'usr/share/keyrings/debian-archive-keyring.gpg');
  const sources = join(work, 'sources.list');
  const mirrors = readFileSync(join(imageFolder, 'sources.list'), 'utf8');
  writeFileSync(sources, mirrors.replace(/^deb (?:\[[^\]]*\] )?/gm, `deb [signed-by=${keyring}] `));
  const options = {
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(root, 'var/lib/dpkg/status'),
    'Dir::State::extended_states': join(root, 'var/lib/apt/extended_states'),
    'Dir::Cache': join(work, 'cache'),
    'Dir::Cache::archives': join(work, 'cache/archives'),
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': 'true',
    'Acquire::Retries': '3',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Moves the packages to the top and writes the index that apt reads. */
async function index(part: string, crew: Crew): Promise<void> {
  const archives = join(part, 'work/cache/archives');
  for (const name of readdirSync(archives))
    if (name.endsWith('.deb')) renameSync(join(archives, name), join(part, name));
  rmSync(join(part, 'work'), { recursive: true });
  const inPart = (command: string) => crew.run(['sh', '-c', `cd "$1" && ${command}`, 'sh', part]);
  writeFileSync(join(part, 'Packages'), await inPart('apt-ftparchive packages .'));
  writeFileSync(join(part, 'Release'), await inPart('apt-ftparchive release .'));
}
