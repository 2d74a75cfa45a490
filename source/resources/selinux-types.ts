import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

export interface SelinuxTypes {
  readonly node: NodeName;
  readonly path: string;
}

/** One file whose context is not the policy's. */
interface Strange {
  readonly path: string;
  readonly context: string;
}

/**
 * A folder in which every file has the type that SELinux' policy gives its path: what was copied or
 * moved there keeps the type of where it came from, and systemd may then not run it.
 */
export function selinuxTypes(options: SelinuxTypes): Resource {
  const { node, path } = options;
  const id = `selinux-types:${path}`;
  return {
    id,
    node,
    // Without -F: the user's part, which differs by who made a file, decides nothing.
    probe: [
      `LC_ALL=C; export LC_ALL\n[ ! -e ${quote(path)} ] || restorecon -n -v -R ${quote(path)} </dev/null || exit\necho end\n`,
    ],
    plan: ({ stdout, stderr }): Planned => {
      if (!/^end$/m.test(stdout)) return unreadable(node, id, stderr);
      const strange = readStrange(stdout);
      return strange.length === 0
        ? settled('selinux-types-right', { path })
        : change(options, id, strange);
    },
  };
}

/** Enterprise Linux 8 and later say "Would relabel P from A to B"; before, "restorecon reset P context A->B". */
const LINES = [
  /^Would relabel (\/.+) from (\S+) to \S+$/,
  /^(?:\S*restorecon:? )?reset (\/.+) context (\S+)->\S+$/,
];

function readStrange(stdout: string): readonly Strange[] {
  return stdout.split('\n').flatMap((line) => {
    const found = LINES.map((one) => one.exec(line)).find(Boolean);
    return found ? [{ path: found[1] ?? '', context: found[2] ?? '' }] : [];
  });
}

function change({ node, path }: SelinuxTypes, id: string, strange: readonly Strange[]): Planned {
  const restore = strange.map(
    (one) =>
      `[ ! -e ${quote(one.path)} ] || chcon -- ${quote(one.context)} ${quote(one.path)} || exit\n`,
  );
  return {
    kind: 'change',
    change: {
      parts: [
        {
          resource: id,
          summary: message('selinux-types-set', { path, count: strange.length }),
          diff: strange.map((one) => ` ${one.path} ${one.context}\n`).join(''),
          effect: 'none',
        },
      ],
      actions: [
        {
          kind: 'script',
          node,
          script: [`restorecon -R ${quote(path)} </dev/null\n`],
          timeoutMs: 60_000,
        },
      ],
      undo: [{ kind: 'script', resource: id, script: restore.join('') }],
      drift: problem('selinux-types-wrong', { path }, { node }),
    },
  };
}
