import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

/** A boolean of SELinux that is on, now and after a reboot. A policy that does not know it needs none. */
export function selinuxBoolean(options: {
  readonly node: NodeName;
  readonly name: string;
}): Resource {
  const { node, name } = options;
  const id = `selinux:${name}`;
  const set = (value: string) => `setsebool -P ${quote(name)} ${value} </dev/null\n`;
  return {
    id,
    node,
    probe: [`LC_ALL=C getsebool ${quote(name)} 2>/dev/null\necho end\n`],
    plan: ({ stdout, stderr }): Planned => {
      if (!/^end$/m.test(stdout)) return unreadable(node, id, stderr);
      const value = / --> (on|off)$/m.exec(stdout)?.[1];
      if (value === 'on') return settled('selinux-boolean-on', { name });
      if (!value) return settled('selinux-boolean-unknown', { name });
      return {
        kind: 'change',
        change: {
          parts: [
            { resource: id, summary: message('selinux-boolean-set', { name }), effect: 'none' },
          ],
          actions: [{ kind: 'script', node, script: [set('on')], timeoutMs: 120_000 }],
          undo: [{ kind: 'script', resource: id, script: set('off') }],
          drift: problem('selinux-boolean-off', { name }, { node }),
        },
      };
    },
  };
}
