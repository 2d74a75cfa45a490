import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  type UndoStep,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

export interface SelinuxBoolean {
  readonly node: NodeName;
  readonly name: string;
}

/** A boolean of SELinux that is on, now and after a reboot. A policy that does not know it needs none. */
export function selinuxBoolean(options: SelinuxBoolean): Resource {
  const { node, name } = options;
  const id = `selinux:${name}`;
  return {
    id,
    node,
    probe: [booleanProbe(name)],
    plan: ({ stdout, stderr }): Planned => {
      if (!/^end$/m.test(stdout)) return unreadable(node, id, stderr);
      const found = readBoolean(name, stdout);
      if (!found) return settled('selinux-boolean-unknown', { name });
      if (found.now === 'on' && found.kept !== 'off')
        return settled('selinux-boolean-on', { name });
      return change(options, id, found);
    },
  };
}

/**
 * `getsebool` tells what is in force alone: one that was set without `-P` is off after the next
 * reboot. What was set for good stands in the policy's store, as `name=1`; what is not there has the
 * policy's own value, which for what we ask for is "off".
 */
function booleanProbe(name: string): string {
  return `LC_ALL=C getsebool ${quote(name)} 2>/dev/null
for store in /var/lib/selinux/*/active; do
  [ -r "$store/policy.kern" ] || [ -r "$store/commit_num" ] || continue
  echo "kept $(sed -n ${quote(`s/^${name}=//p`)} "$store/booleans.local" 2>/dev/null | tail -n 1)"
done
echo end
`;
}

type Value = 'on' | 'off';

interface Found {
  readonly now: Value;
  /** After a reboot; undefined where the policy's store is not where we know it. */
  readonly kept?: Value;
}

function readBoolean(name: string, stdout: string): Found | undefined {
  // "name --> off", or "name --> off pending: on" while a change waits for a commit.
  const line = stdout.split('\n').find((one) => one.startsWith(`${name} --> `));
  const now = /^\S+ --> (on|off)( pending: (?:on|off))?$/.exec(line ?? '');
  if (!now) return undefined;
  const kept = /^kept ?(.*)$/m.exec(stdout)?.[1];
  return {
    now: now[2] ? 'off' : (now[1] as Value),
    ...(kept !== undefined && { kept: /^(1|on|true)$/.test(kept) ? 'on' : 'off' }),
  };
}

function change({ node, name }: SelinuxBoolean, id: string, found: Found): Planned {
  const isForgetful = found.now === 'on';
  return {
    kind: 'change',
    change: {
      parts: [
        {
          resource: id,
          summary: message(isForgetful ? 'selinux-boolean-keep' : 'selinux-boolean-set', { name }),
          effect: 'none',
        },
      ],
      // Writing the policy anew takes half a minute on a small machine.
      actions: [
        { kind: 'script', node, script: [set(name, 'on', 'for good')], timeoutMs: 120_000 },
      ],
      undo: [undoOf(name, id, found)],
      drift: problem(
        isForgetful ? 'selinux-boolean-forgetful' : 'selinux-boolean-off',
        { name },
        { node },
      ),
    },
  };
}

/** What was there before: off for good, and what was in force until a reboot. */
function undoOf(name: string, resource: string, { now }: Found): UndoStep {
  const off = set(name, 'off', 'for good');
  const script = now === 'on' ? `${off.trimEnd()} && ${set(name, 'on', 'until a reboot')}` : off;
  return { kind: 'script', resource, script };
}

function set(name: string, value: Value, lasts: 'for good' | 'until a reboot'): string {
  return `setsebool ${lasts === 'for good' ? '-P ' : ''}${quote(name)} ${value} </dev/null\n`;
}
