import { message, type NodeName, type Planned, quote, type Resource } from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

export interface SystemUserOptions {
  readonly node: NodeName;
  readonly name: string;
  readonly home: string;
  readonly explainedBy?: readonly string[];
}

/** A user without a password or a shell, with a group of its own name. */
export function systemUser(options: SystemUserOptions): Resource {
  const { node, name } = options;
  const id = `system-user:${name}`;
  const user = quote(name);
  return {
    id,
    node,
    probe: [
      `getent passwd ${user} >/dev/null && echo user\ngetent group ${user} >/dev/null && echo group\necho end\n`,
    ],
    plan: ({ stdout, stderr }): Planned => {
      const words = stdout.split('\n');
      if (!words.includes('end')) return unreadable(node, id, stderr);
      if (words.includes('user')) return settled('system-user-right', { user: name });
      return addUser(options, words.includes('group'));
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

/**
 * The tools that change the account files each leave a copy of the former ones (`/etc/passwd-`).
 * Those copies are put back: an undo would otherwise leave our user in them.
 */
function keepingCopies(command: string): string {
  return `files=(/etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-)
kept=$(mktemp -d /run/iam-ha-users.XXXXXX) || exit 1
for file in "\${files[@]}"; do if [[ -e $file ]]; then cp -a -- "$file" "$kept/" || exit 1; fi; done
${command} </dev/null; code=$?
for file in "\${files[@]}"; do
  if [[ -e $kept/\${file##*/} ]]; then cp -a -- "$kept/\${file##*/}" "$file"; else rm -f -- "$file"; fi
done
rm -rf -- "$kept"
exit "$code"
`;
}

function addUser({ node, name, home }: SystemUserOptions, hasGroup: boolean): Planned {
  const user = quote(name);
  const group = hasGroup ? `--gid ${user}` : '--user-group';
  const add = `useradd --system ${group} --home-dir ${quote(home)} --no-create-home --shell /usr/sbin/nologin -- ${user}`;
  const script = `getent passwd ${user} >/dev/null && exit 0\n${keepingCopies(add)}`;
  // userdel takes the group of the same name along only where it is nobody else's.
  const remove = `getent passwd ${user} >/dev/null || exit 0\n${keepingCopies(`userdel -- ${user}`)}`;
  return {
    kind: 'change',
    change: {
      parts: [
        {
          resource: `system-user:${name}`,
          summary: message('system-user-create', { user: name }),
          effect: 'none',
        },
      ],
      actions: [{ kind: 'script', node, script: [script], timeoutMs: 60_000 }],
      undo: [{ kind: 'script', resource: `system-user:${name}`, script: remove }],
    },
  };
}
