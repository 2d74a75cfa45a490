// The licences of what is really in the bundle, from esbuild's metafile.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * @typedef {{ name: string, version: string, licence: string, text: string }} Bundled
 *   `text` is empty where the package brings none and `scripts/licences/` has none either.
 */

/** The nearest package.json above a file that names a package: some folders have one that says only "type". */
function packageFolder(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) return folder;
  }
  throw new Error(`${file} belongs to no package`);
}

/** Licence and notice files of the package; else the one that we keep for it. */
function licenceText(root, folder, name) {
  const ours = join(root, 'scripts', 'licences', `${name.replace('/', '+')}.txt`);
  const own = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .toSorted()
    .map((file) => join(folder, file));
  const files = own.some((file) => !/notice/i.test(file)) ? own : [...own, ours];
  return files
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}

/** @returns {Bundled[]} each package of which something is in an output, by name and version */
export function bundledPackages(root, { outputs }) {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
  const inModules = files.filter((file) => file.includes('node_modules/'));
  const folders = new Set(inModules.map((file) => packageFolder(resolve(root, file))));
  const packages = new Map();
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { name, version, license, licenses = [] } = manifest;
    // an older way to name it is a list
    const licence = license ?? licenses.map(({ type }) => type).join(' or ');
    const text = licenceText(root, folder, name);
    packages.set(`${name} ${version}`, { name, version, licence, text });
  }
  return [...packages.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** All of them as one file that a person can read. */
export function licenceFile(packages) {
  const head = `What iam-ha-wizard's bundle contains of other packages, and under which licences.\n`;
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(78)}\n${name} ${version}: ${licence}\n${'='.repeat(78)}\n\n${text}\n`,
  );
  return [head, ...parts].join('\n');
}
