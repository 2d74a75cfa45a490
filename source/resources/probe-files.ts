import { quote } from '../model/index.ts';

/** What stands at a path. `content` is base64, there only when it is not what we asked for. */
export type Found =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly sha256: string;
      /** Four octal digits. */
      readonly mode: string;
      readonly owner: string;
      readonly content?: string;
    }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'directory' }
  | { readonly kind: 'large' }
  | { readonly kind: 'other' };

/** A file to look at; its content is printed unless it is what we want already. */
export interface Wanted {
  readonly path: string;
  readonly sha256: string;
  /** Four octal digits, and "root:root". */
  readonly mode: string;
  readonly owner: string;
}

/** Only such paths are ours: no space, quote or newline can upset a script or its output. */
const PATH = /^(?:\/[A-Za-z0-9_.@:+-]+)+$/;

export function assertPath(path: string): void {
  if (!PATH.test(path) || /\/\.\.?(\/|$)/.test(path))
    throw new Error(`not a path of ours: ${path}`);
}

/** A configuration file larger than this is no configuration file; nobody could keep its original. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Bash that prints what {@link parseFiles} reads, and sets `due` if any file is not as it should be.
 * Two forks for all files that are right.
 */
export function probeFiles(wanted: readonly Wanted[]): string {
  const table = (name: string, value: (one: Wanted) => string) =>
    `declare -A ${name}=(${wanted.map((one) => `[${quote(one.path)}]=${quote(value(one))}`).join(' ')})`;
  return `${table('want', (one) => one.sha256)}
${table('access', (one) => `${one.mode.replace(/^0/, '')} ${one.owner}`)}
files=() due=''
for path in "\${!want[@]}"; do
  if [[ -f $path && ! -L $path ]]; then files+=("$path"); continue; fi
  due=1
  if [[ -L $path ]]; then printf 'link %s %s\\n' "$path" "$(readlink -n -- "$path" | base64 -w0)"
  elif [[ -d $path ]]; then printf 'directory %s\\n' "$path"
  elif [[ -e $path ]]; then printf 'other %s\\n' "$path"
  else printf 'absent %s\\n' "$path"; fi
done
if ((\${#files[@]})); then
  while read -r path mode names numbers size; do
    printf 'stat %s %s %s %s\\n' "$path" "$mode" "$names" "$numbers"
    [[ "$mode $names" == "\${access[$path]}" ]] || due=1
    ((size <= ${MAX_BYTES})) || { printf 'large %s\\n' "$path"; unset "want[$path]"; }
  done < <(stat -c '%n %a %U:%G %u:%g %s' -- "\${files[@]}")
  while read -r sum path; do
    printf 'sum %s %s\\n' "$path" "$sum"
    [[ \${want[$path]-none} == "$sum" ]] && continue
    due=1
    [[ \${want[$path]+there} ]] || continue
    printf 'content %s ' "$path"; base64 -w0 -- "$path"; echo
  done < <(sha256sum -- "\${files[@]}")
fi
`;
}

/** The lines of a probe's output as words, by their first word. */
export function probeLines(stdout: string): readonly (readonly string[])[] {
  return stdout.split('\n').map((line) => line.split(' '));
}

/** @throws nothing: a path about which nothing was printed is not in the map */
export function parseFiles(stdout: string): ReadonlyMap<string, Found> {
  const lines = probeLines(stdout);
  const about = (word: string) => new Map(lines.flatMap((line) => entry(line, word)));
  const [stats, sums, contents] = [about('stat'), about('sum'), about('content')];
  const found = new Map<string, Found>();
  for (const [path, [mode = '', names = '', numbers = '']] of stats) {
    const sha256 = sums.get(path)?.[0];
    if (!sha256) continue;
    const owner = names.includes('UNKNOWN') ? numbers : names;
    const content = contents.get(path)?.[0];
    const file = { kind: 'file', sha256, mode: mode.padStart(4, '0'), owner } as const;
    found.set(path, content === undefined ? file : { ...file, content });
  }
  for (const kind of ['absent', 'directory', 'large', 'other'] as const) {
    for (const path of about(kind).keys()) found.set(path, { kind });
  }
  for (const [path, [target = '']] of about('link')) {
    found.set(path, { kind: 'link', target: Buffer.from(target, 'base64').toString('utf8') });
  }
  return found;
}

function entry(line: readonly string[], word: string): readonly [string, readonly string[]][] {
  const [first, path, ...rest] = line;
  return first === word && path ? [[path, rest]] : [];
}
