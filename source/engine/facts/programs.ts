import { binaryKind, type ProgramFacts, quote } from '../../model/index.ts';

/**
 * Prints `PATH MODE SHA256 HEAD VERSION` for each file that is there. Only what is a program for
 * Linux is asked for its version, by nobody's user and for a moment: IAM's daemons want a
 * configuration even for that, and get an empty one.
 */
export function programsSnippet(paths: readonly string[]): string {
  return `for program in ${paths.map(quote).join(' ')}; do
  [[ -f $program && $program != *[[:space:]]* ]] || continue
  head=$(od -An -v -tx1 -N 20 "$program" | tr -d ' \\n') version=-
  if [[ $head == 7f454c46* ]] && empty=$(mktemp -d /run/iam-ha-empty.XXXXXX); then
    chmod 0755 "$empty" && : >"$empty/c.yaml" && chmod 0644 "$empty/c.yaml"
    said=$(cd / && timeout -k 1 3 runuser -u nobody -- "$program" --version --config="$empty/c.yaml" | head -c 4000)
    [[ $said =~ gitVersion:[[:space:]]*(v[0-9A-Za-z.+-]+) ]] && version=\${BASH_REMATCH[1]}
    rm -rf -- "$empty"
  fi
  sum=$(sha256sum <"$program")
  printf '%s %s %s %s %s\\n' "$program" "$(stat -Lc %a "$program")" "\${sum%% *}" "$head" "$version"
done`;
}

/** Of what {@link programsSnippet} printed. A build that names no release says v0.0.0-master+… */
export function programsOf(text: string): readonly ProgramFacts[] {
  return text.split('\n').flatMap((line) => {
    const [path, mode = '', sha256 = '', head = '', version = ''] = line.trim().split(' ');
    if (!path?.startsWith('/') || !/^[0-9a-f]{64}$/.test(sha256)) return [];
    const isRelease = /^v\d+\.\d+\.\d+/.test(version) && !version.startsWith('v0.0.0');
    const kind = binaryKind(Buffer.from(head, 'hex'));
    return [
      { path, mode: mode.padStart(4, '0'), sha256, kind, version: isRelease ? version : null },
    ];
  });
}
