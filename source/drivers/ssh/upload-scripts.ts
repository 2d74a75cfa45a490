import { type Content, content, joinContent } from '../../model/index.ts';
import { quote, restoreLabel } from '../../model/shell.ts';

/** What arrived is not the beginning of our file, or not our file. */
export const BAD_PART = 94;
/** How many bytes are written and told of at once. */
const PIECE = 256 * 1024;
/** Fewer bytes arrived than were sent. */
const SHORT = 93;

/** A file on a node, and what it must be in the end. */
export interface Arrival {
  readonly to: string;
  readonly sha256: string;
  readonly mode: string;
  readonly owner: string;
}

/** As it travels from the operator: compressed with gzip, or as it is. */
export type Form = 'packed' | 'plain';

/**
 * Where the pieces lie until the file is whole. Named after the content: what another version left
 * behind is never taken for a beginning.
 */
export function partOf({ to, sha256 }: Pick<Arrival, 'to' | 'sha256'>, form: Form): string {
  const kind = form === 'packed' ? '.gz' : '';
  return `${to}.iam-ha-wizard-${sha256.slice(0, 16)}${kind}.part`;
}

function names(arrival: Pick<Arrival, 'to' | 'sha256'>): string {
  const { to } = arrival;
  return `to=${quote(to)} packed=${quote(partOf(arrival, 'packed'))} plain=${quote(partOf(arrival, 'plain'))}
is_ours() { printf '%s  %s\\n' ${quote(arrival.sha256)} "$1" | sha256sum --check --status; }
is_there() { [ -f "$to" ] && [ ! -L "$to" ] && is_ours "$to"; }
`;
}

/**
 * Bash function: a connection that was cut may leave a writer behind, which gets the rest of what
 * was on its way when the line is back. It keeps the old file; ours is a copy.
 */
export const DETACH = `detach() { [ ! -f "$1" ] || { cp -- "$1" "$1.held.part" && mv -fT -- "$1.held.part" "$1"; }; }
`;

/** Bash that puts `$plain` in its place, or refuses it; the last thing that happens to a transfer. */
function installSnippet({ mode, owner }: Arrival): string {
  return `if ! is_ours "$plain"; then
  rm -f -- "$plain" "$packed"
  echo 'the sha256 of what arrived is not the expected one' >&2
  exit ${BAD_PART}
fi
chown -- ${quote(owner)} "$plain"
chmod -- ${quote(mode)} "$plain"
sync -- "$plain" 2>/dev/null || sync
mv -fT -- "$plain" "$to"
${restoreLabel('"$to"')}
rm -f -- "$to".iam-ha-wizard-*.part
`;
}

/** Says "there"; or "gzip" where the node has it, and what an interrupted upload left: form, bytes, sha256. */
export function askScript(arrival: Arrival): Content {
  const { mode, owner } = arrival;
  return content`
set -eu
${names(arrival)}${DETACH}
if is_there; then
  chown -- ${quote(owner)} "$to"
  chmod -- ${quote(mode)} "$to"
  rm -f -- "$to".iam-ha-wizard-*.part
  echo there
  exit 0
fi
if command -v gzip >/dev/null; then echo gzip; fi
for form in packed plain; do
  part=\${!form}
  [ -f "$part" ] || continue
  detach "$part"
  echo "$form $(stat -c %s -- "$part") $(sha256sum <"$part")"
done`;
}

/** What {@link askScript} found. */
export interface Asked {
  readonly there: boolean;
  readonly gzip: boolean;
  readonly parts: Readonly<
    Partial<Record<Form, { readonly bytes: number; readonly sha256: string }>>
  >;
}

export function readAsked(stdout: string): Asked {
  const lines = stdout.trim().split('\n');
  const parts = lines.flatMap((line) => {
    const [, form, bytes, sha256 = ''] = /^(packed|plain) (\d+) ([0-9a-f]{64})/.exec(line) ?? [];
    return form ? [[form, { bytes: Number(bytes), sha256 }] as const] : [];
  });
  return {
    there: lines.includes('there'),
    gzip: lines.includes('gzip'),
    parts: Object.fromEntries(parts),
  };
}

/** Changes nothing. Says "there", or how many bytes of the compressed file have arrived, or nothing. */
export function lookScript(arrival: Pick<Arrival, 'to' | 'sha256'>): Content {
  return [
    `${names(arrival)}if is_there; then echo there
elif [ -f "$packed" ]; then stat -c 'packed %s' -- "$packed"; fi
`,
  ];
}

/** Takes the rest of the file from its standard input, and says how much there is; see {@link BAD_PART}. */
export function receiveScript(
  arrival: Arrival,
  form: Form,
  bytes: number,
  offset: number,
): Content {
  return content`
set -eu
umask 077
${names(arrival)}part=$${form}
${offset === 0 ? 'rm -f -- "$part"' : ''}
have=${offset}
while head -c ${PIECE} >>"$part"; do
  now=$(stat -c %s -- "$part")
  [ "$now" != "$have" ] || break
  have=$now
  echo "$have"
done
have=$(stat -c %s -- "$part")
if [ "$have" -lt ${bytes} ]; then echo "$have of ${bytes} bytes arrived" >&2; exit ${SHORT}; fi
${form === 'packed' ? UNPACK : ''}${installSnippet(arrival)}`;
}

/** A full disk is not a bad file: what has arrived stays. */
const UNPACK = `if ! gzip -dc <"$packed" >"$plain"; then
  rm -f -- "$plain"
  if gzip -t <"$packed"; then exit 1; fi
  rm -f -- "$packed"
  exit ${BAD_PART}
fi
`;

/** Bash for the end of a transfer from a peer: all bytes are there, or what is there stays for the next one. */
export function finishSnippet(arrival: Arrival, bytes: number): string {
  return `have=$(stat -c %s -- "$part")
if [ "$have" -lt ${bytes} ]; then echo "$have of ${bytes} bytes arrived" >&2; exit ${SHORT}; fi
set -e
${installSnippet(arrival)}`;
}

/** For scripts that work on the same files. */
export function withNames(arrival: Pick<Arrival, 'to' | 'sha256'>, script: Content): Content {
  return joinContent([[names(arrival)], [DETACH], script]);
}
