import {
  type Action,
  type Change,
  type Exchanging,
  type Message,
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  type UndoStep,
} from '../model/index.ts';
import type { Consents } from './consents.ts';
import { binaryDiff } from './diff.ts';
import { settled, unreadable } from './planned.ts';
import { assertPath, type Found, probeLines } from './probe-files.ts';
import { formatRecord, parseRecord, recordPath, STATE } from './state.ts';

export interface UploadOptions {
  readonly node: NodeName;
  /** A file on the operator's computer. */
  readonly from: string;
  readonly sha256: string;
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly consents: Consents;
  readonly session: { readonly name: string; readonly id: string };
  readonly explainedBy?: readonly string[];
  /** What the plan says of a new file, where "new file" is not all. */
  readonly summary?: Message;
  /** The nodes that get the same file. */
  readonly exchange?: Exchanging;
}

/** Where the original of a large file waits for an undo: too large for the session's backups. */
const KEPT = `${STATE}/originals`;

/** A file too large for a script (a daemon's binary), known by its hash. Its folder must be there. */
export function upload(options: UploadOptions): Resource {
  const { node, path } = options;
  assertPath(path);
  const id = `file:${path}`;
  return {
    id,
    node,
    probe: [uploadProbe(options)],
    plan: ({ stdout, stderr }): Planned => {
      const found = readFound(stdout);
      return found
        ? planUpload(options, found, recorded(options, stdout))
        : unreadable(node, id, stderr);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function setName(path: string): string {
  return `file${path}`;
}

function uploadProbe({ path }: UploadOptions): string {
  return `export LC_ALL=C
path=${quote(path)} record=${quote(recordPath(setName(path)))}
[[ ! -f $record ]] || { printf 'record '; base64 -w0 <"$record"; echo; }
if [[ -L $path ]]; then echo other
elif [[ -f $path ]]; then echo "file $(stat -c '%a %U:%G' -- "$path") $(sha256sum <"$path")"
elif [[ -e $path ]]; then echo other
else echo absent; fi
`;
}

function readFound(stdout: string): Found | null {
  for (const [word, mode = '', owner = '', sha256 = ''] of probeLines(stdout)) {
    if (word === 'absent' || word === 'other') return { kind: word };
    if (word === 'file' && sha256)
      return { kind: 'file', mode: mode.padStart(4, '0'), owner, sha256 };
  }
  return null;
}

function recorded({ path }: UploadOptions, stdout: string): readonly string[] {
  const text = probeLines(stdout).find((line) => line[0] === 'record')?.[1] ?? '';
  return parseRecord(Buffer.from(text, 'base64').toString('utf8')).hashes.get(path) ?? [];
}

function planUpload(options: UploadOptions, found: Found, known: readonly string[]): Planned {
  const { node, path, consents } = options;
  const changed = problem('managed-file-changed', {}, { node, file: path });
  if (found.kind === 'absent') {
    const change = changeOf(options, found, 'file-upload');
    return { kind: 'change', change: known.length > 0 ? { ...change, drift: changed } : change };
  }
  if (found.kind !== 'file') {
    return { kind: 'refused', problem: problem('path-is-not-a-file', {}, { node, file: path }) };
  }
  if (found.sha256 === options.sha256) return planMode(options, found);
  if (known.includes(found.sha256)) {
    return { kind: 'change', change: changeOf(options, found, 'file-upload') };
  }
  if (known.length > 0 && !consents.overwrite.includes(path)) {
    return { kind: 'refused', problem: changed };
  }
  if (known.length === 0 && !consents.adopt) {
    const foreign = problem('foreign-configuration', { what: path }, { node, file: path });
    return { kind: 'refused', problem: foreign };
  }
  const change = changeOf(options, found, 'file-overwrite');
  return { kind: 'change', change: known.length > 0 ? { ...change, drift: changed } : change };
}

function planMode(options: UploadOptions, found: Extract<Found, { kind: 'file' }>): Planned {
  const { node, path, mode, owner } = options;
  if (found.mode === mode && found.owner === owner) return settled('file-right', { file: path });
  const set = (newOwner: string, newMode: string) =>
    `chown -- ${quote(newOwner)} ${quote(path)} && chmod -- ${quote(newMode)} ${quote(path)}\n`;
  return {
    kind: 'change',
    change: {
      parts: [part(path, 'file-mode', mode, owner)],
      actions: [{ kind: 'script', node, script: [set(owner, mode)], timeoutMs: 30_000 }],
      undo: [{ kind: 'script', resource: `file:${path}`, script: set(found.owner, found.mode) }],
      drift: problem('managed-file-changed', {}, { node, file: path }),
    },
  };
}

function changeOf(options: UploadOptions, found: Found, code: string): Change {
  const { node, from, sha256, path, mode, owner, exchange } = options;
  const record = quote(recordPath(setName(path)));
  const text = formatRecord(options.session, [
    [sha256, path],
    ...(found.kind === 'file' ? [[found.sha256, path] as const] : []),
  ]);
  const keep = found.kind === 'file' ? keepOriginal(path, found.sha256) : '';
  // Before the upload: one that is cut off afterwards is still known as ours.
  const prepare = `set -euo pipefail
umask 077
${keep}mkdir -p -- ${STATE}/sets
printf '%s' ${quote(text)} >${record}.new
mv -fT -- ${record}.new ${record}
`;
  const actions: readonly Action[] = [
    { kind: 'script', node, script: [prepare], timeoutMs: 60_000 },
    {
      ...{ kind: 'upload', node, from, sha256, to: path, mode, owner },
      ...(exchange ? { exchange } : {}),
    },
  ];
  const before = found.kind === 'file' ? found.sha256 : null;
  return {
    parts: [
      {
        ...part(path, code, mode, owner),
        ...(options.summary && code === 'file-upload' ? { summary: options.summary } : {}),
        diff: binaryDiff(path, before, sha256),
      },
    ],
    actions,
    undo: undoOf(options, found),
  };
}

function keepOriginal(path: string, hash: string): string {
  return `mkdir -p -- ${KEPT}
[[ $(sha256sum <${quote(path)}) == ${hash}* ]] || { echo '@problem changed-meanwhile' >&2; exit 13; }
[[ -f ${KEPT}/${hash} ]] || { cp -a -- ${quote(path)} ${KEPT}/${hash}.new && mv -fT -- ${KEPT}/${hash}.new ${KEPT}/${hash}; }
`;
}

function undoOf({ path, sha256 }: UploadOptions, found: Found): readonly UndoStep[] {
  // An upload that was cut off, and never gone on with, left the beginning of the file.
  const forget = `rm -f -- ${quote(recordPath(setName(path)))} ${quote(path)}.iam-ha-wizard-*.part || exit 1
rmdir -- ${KEPT} ${STATE}/sets ${STATE} 2>/dev/null
exit 0`;
  const record: UndoStep = { kind: 'script', resource: `record:${path}`, script: forget };
  if (found.kind !== 'file') {
    return [{ kind: 'restore-file', path, written: sha256, before: { kind: 'absent' } }, record];
  }
  const script = `now=$(sha256sum <${quote(path)}) || exit 1
[[ \${now%% *} == ${found.sha256} ]] && exit 0
[[ \${now%% *} == ${sha256} ]] || exit 1
mv -fT -- ${KEPT}/${found.sha256} ${quote(path)}`;
  return [{ kind: 'script', resource: `file:${path}`, script }, record];
}

function part(path: string, code: string, mode: string, owner: string) {
  return {
    resource: `file:${path}`,
    summary: message(code, { file: path, mode, owner }),
    effect: 'none' as const,
  };
}
