import { quote } from '../model/index.ts';
import { loadedHash } from './config-set-hash.ts';
import type { ConfigSetOptions } from './config-set-options.ts';
import { assertPath, type Found, parseFiles, probeFiles, probeLines } from './probe-files.ts';
import { parseRecord, recordPath, type SetRecord } from './state.ts';

/** What a probe found out about a set. */
export interface SetFound {
  readonly files: ReadonlyMap<string, Found>;
  /** Of the folders that the set needs, those that are not there; parents first. */
  readonly missingDirectories: readonly string[];
  /** Something else stands where a folder must be. */
  readonly blockedDirectories: readonly string[];
  readonly recordText: string | null;
  readonly record: SetRecord;
  readonly pristineSamples: readonly string[];
  readonly foreign: readonly { readonly file: string; readonly what: string }[];
  readonly active: boolean;
  /** Files of the record that the set has no more, and that are still there. */
  readonly obsolete: readonly string[];
}

/** Every folder that must exist: the declared ones and the parents of everything, parents first. */
export function neededDirectories(options: ConfigSetOptions): readonly string[] {
  const declared = (options.directories ?? []).map((one) => one.path);
  const holders = [...options.files, ...(options.blocks ?? [])].map((one) => parentOf(one.path));
  const all = new Set([...declared, ...holders].flatMap(withParents));
  return [...all].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function withParents(path: string): readonly string[] {
  const parts = path.split('/').slice(1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

export function setProbe(options: ConfigSetOptions, hashes: ReadonlyMap<string, string>): string {
  const wanted = [
    ...options.files.map((file) => ({ ...file, sha256: hashes.get(file.path) ?? '' })),
    ...(options.blocks ?? []).map(({ path }) => ({ path, sha256: '', mode: '', owner: '' })),
  ];
  for (const { path } of wanted) assertPath(path);
  const directories = neededDirectories(options);
  for (const path of directories) assertPath(path);
  return [
    'export LC_ALL=C\n',
    probeFiles(wanted),
    `for path in ${directories.map(quote).join(' ')}; do
  if [[ -d $path ]]; then :; elif [[ -e $path || -L $path ]]; then printf 'blocked %s\\n' "$path"
  else due=1; printf 'missing %s\\n' "$path"; fi
done
`,
    recordProbe(options, hashes),
    options.removesObsolete ? obsoleteProbe(wanted.map(({ path }) => path)) : '',
    'if [[ $due ]]; then\n:\n',
    (options.packageSamples ?? []).length > 0 ? sampleProbe(options.packageSamples ?? []) : '',
    options.load ? activeProbe(options.load.unit) : '',
    'fi\necho end\n',
  ].join('');
}

/** The record, read by the shell itself; without the `loaded` line that we expect, something is due. */
function recordProbe(options: ConfigSetOptions, hashes: ReadonlyMap<string, string>): string {
  return `record=${quote(recordPath(options.name))} loaded=''
if [[ -f $record ]]; then
  while IFS= read -r line; do
    printf 'record %s\\n' "$line"
    [[ $line == ${quote(`loaded ${loadedHash(options, hashes)}`)} ]] && loaded=1
  done <"$record"
else
  :
${options.foreign ? foreignProbe(options.foreign) : ''}fi
[[ $loaded ]] || due=1
`;
}

/** What the record knows beside the wanted files, if it is still there. */
function obsoleteProbe(wanted: readonly string[]): string {
  return `declare -A wanted_paths=(${wanted.map((path) => `[${quote(path)}]=1`).join(' ')})
if [[ -f $record ]]; then
  while read -r hash path; do
    [[ $hash =~ ^[0-9a-f]{64}$ && ! \${wanted_paths[$path]+there} && ( -e $path || -L $path ) ]] || continue
    wanted_paths[$path]=seen due=1
    printf 'obsolete %s\\n' "$path"
    [[ -f $path && ! -L $path ]] || { printf 'other %s\\n' "$path"; continue; }
    printf 'stat %s %s\\n' "$path" "$(stat -c '%a %U:%G %u:%g' -- "$path")"
    printf 'sum %s %s\\n' "$path" "$(sha256sum <"$path" | cut -c 1-64)"
    printf 'content %s %s\\n' "$path" "$(base64 -w0 -- "$path")"
  done <"$record"
fi
`;
}

/** Asked only when something is due: it is the slowest of all questions. */
function activeProbe(unit: string): string {
  return `systemctl is-active --quiet ${quote(unit)} 2>/dev/null && echo active\n`;
}

function foreignProbe(snippet: string): string {
  return `printf 'foreign %s\\n' "$( (\n${snippet}\n) </dev/null 2>/dev/null | base64 -w0)"\n`;
}

/** The package manager knows the hash with which it laid a file down. */
function sampleProbe(paths: readonly string[]): string {
  return `pristine() {
  local package sum
  if type -P dpkg-query >/dev/null; then
    package=$(dpkg-query -S "$1" 2>/dev/null | head -n 1); package=\${package%%: *}
    [[ $package ]] || return 1
    sum=$(md5sum <"$1")
    dpkg-query -W -f='\${Conffiles}\\n' "$package" 2>/dev/null | grep -qxF " $1 \${sum%% *}"
  elif type -P rpm >/dev/null; then
    rpm -qf "$1" >/dev/null 2>&1 || return 1
    ! rpm -Vf "$1" 2>/dev/null | grep -E '^..5' | grep -qF " $1"
  else return 1; fi
}
for path in ${paths.map(quote).join(' ')}; do
  [[ -f $path && ! -L $path ]] && pristine "$path" && printf 'sample %s\\n' "$path"
done
`;
}

/** @returns null when the output is not whole */
export function readSet(options: ConfigSetOptions, stdout: string): SetFound | null {
  const lines = probeLines(stdout);
  if (!lines.some((line) => line[0] === 'end')) return null;
  const files = parseFiles(stdout);
  const paths = [...options.files, ...(options.blocks ?? [])].map((one) => one.path);
  if (!paths.every((path) => files.has(path))) return null;
  const all = (word: string) =>
    lines.filter((line) => line[0] === word).map((line) => line[1] ?? '');
  const record = stdout.split('\n').filter((line) => line.startsWith('record '));
  const recordText = record.length > 0 ? record.map((line) => `${line.slice(7)}\n`).join('') : null;
  return {
    files,
    missingDirectories: all('missing'),
    blockedDirectories: all('blocked'),
    recordText,
    record: parseRecord(recordText ?? ''),
    pristineSamples: all('sample'),
    foreign: foreignThings(Buffer.from(all('foreign')[0] ?? '', 'base64').toString('utf8')),
    active: lines.some((line) => line[0] === 'active'),
    obsolete: all('obsolete'),
  };
}

function foreignThings(text: string) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [file = '', what = ''] = line.split('\t');
      return { file, what: what || file };
    });
}
