import {
  type Change,
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  restoreLabel,
  type UndoStep,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';
import { assertPath } from './probe-files.ts';

export interface DirectoryOptions {
  readonly node: NodeName;
  readonly path: string;
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string;
  readonly explainedBy?: readonly string[];
}

/** A folder with this mode and owner; missing parents are made with it (0755, root). */
export function directory(options: DirectoryOptions): Resource {
  const { node, path } = options;
  assertPath(path);
  const id = `directory:${path}`;
  return {
    id,
    node,
    probe: [directoryProbe(path)],
    plan: ({ stdout, stderr }): Planned => {
      const words = /^(there|missing|blocked) (.*)$/m.exec(stdout);
      if (!words) return unreadable(node, id, stderr);
      return planDirectory(options, words[1] ?? '', (words[2] ?? '').split(' '));
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function directoryProbe(path: string): string {
  return `export LC_ALL=C
path=${quote(path)}
if [[ -d $path ]]; then stat -L -c 'there %a %U:%G' -- "$path"
elif [[ -e $path || -L $path ]]; then echo "blocked $path"
else
  made=$path parent=\${path%/*}
  while [[ $parent && ! -d $parent ]]; do made+=" $parent" parent=\${parent%/*}; done
  echo "missing $made"
fi
`;
}

function planDirectory(
  options: DirectoryOptions,
  state: string,
  words: readonly string[],
): Planned {
  const { node, path, mode, owner } = options;
  if (state === 'blocked') {
    return {
      kind: 'refused',
      problem: problem('path-is-not-a-directory', {}, { node, file: path }),
    };
  }
  if (state === 'missing') return { kind: 'change', change: makeChange(options, words) };
  const [octal = '', current = ''] = words;
  if (octal.padStart(4, '0') === mode && current === owner) {
    return settled('directory-right', { directory: path });
  }
  return { kind: 'change', change: modeChange(options, octal, current) };
}

/** @param missing the folder and its missing parents, deepest first */
function makeChange(
  { node, path, mode, owner }: DirectoryOptions,
  missing: readonly string[],
): Change {
  const parents = missing.slice(1).reverse();
  const lines = [
    'set -euo pipefail',
    // one that an earlier change has made meanwhile keeps its own mode and owner
    ...parents.map(
      (one) =>
        `[[ -d ${quote(one)} ]] || { install -d -m 0755 -o root -g root -- ${quote(one)}; ${restoreLabel(quote(one))}; }`,
    ),
    `install -d -m 0700 -- ${quote(path)}`,
    restoreLabel(quote(path)),
    `chown -- ${quote(owner)} ${quote(path)}`,
    `chmod -- ${quote(mode)} ${quote(path)}`,
  ];
  return {
    parts: [part('directory-create', path)],
    actions: [{ kind: 'script', node, script: [`${lines.join('\n')}\n`], timeoutMs: 30_000 }],
    undo: missing.map((one): UndoStep => ({ kind: 'remove-directory', path: one })),
  };
}

function modeChange(
  { node, path, mode, owner }: DirectoryOptions,
  oldMode: string,
  oldOwner: string,
): Change {
  const set = (newOwner: string, newMode: string) =>
    `chown -- ${quote(newOwner)} ${quote(path)} && chmod -- ${quote(newMode)} ${quote(path)}\n`;
  return {
    parts: [part('directory-mode', path, { mode, owner })],
    actions: [{ kind: 'script', node, script: [set(owner, mode)], timeoutMs: 30_000 }],
    undo: [
      {
        kind: 'script',
        resource: `directory:${path}`,
        script: `[[ -d ${quote(path)} ]] || exit 0\n${set(oldOwner, oldMode)}`,
      },
    ],
    drift: problem('managed-file-changed', {}, { node, file: path }),
  };
}

function part(code: string, path: string, params: Readonly<Record<string, string>> = {}) {
  return {
    resource: `directory:${path}`,
    summary: message(code, { directory: path, ...params }),
    effect: 'none' as const,
  };
}
