import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

export interface SysctlOptions {
  readonly node: NodeName;
  /** Part of the resource's id: "sysctl:eth0". */
  readonly name: string;
  /** By path below /proc/sys: "net/ipv4/conf/eth0/arp_ignore". */
  readonly settings: Readonly<Record<string, string>>;
  readonly explainedBy?: readonly string[];
}

/**
 * Kernel settings as they are now; a file under /etc/sysctl.d, which is somebody else's business,
 * makes them so at boot. Undone to what they were.
 */
export function sysctl(options: SysctlOptions): Resource {
  const id = `sysctl:${options.name}`;
  const paths = Object.keys(options.settings);
  const probe = paths.map((path) => `echo ${quote(path)} "$(cat ${quote(`/proc/sys/${path}`)})"\n`);
  return {
    id,
    node: options.node,
    probe: [probe.join('')],
    plan: ({ stdout, stderr }): Planned => {
      const now = readSettings(stdout);
      if (!paths.every((path) => now.has(path))) return unreadable(options.node, id, stderr);
      return planSettings(id, options, now);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function readSettings(stdout: string): ReadonlyMap<string, string> {
  const pairs = stdout.split('\n').map((line) => line.split(' ', 2) as [string, string]);
  return new Map(pairs.filter(([path, value]) => path && value));
}

function planSettings(
  id: string,
  { node, settings }: SysctlOptions,
  now: ReadonlyMap<string, string>,
): Planned {
  const wrong = Object.entries(settings).filter(([path, value]) => now.get(path) !== value);
  if (wrong.length === 0) return settled('sysctl-right');
  const diff = wrong.map(([path, value]) => `-${path} = ${now.get(path)}\n+${path} = ${value}\n`);
  const before = wrong.map(([path]) => [path, now.get(path) ?? ''] as const);
  const names = wrong.map(([path]) => path.split('/').at(-1) ?? path).join(', ');
  return {
    kind: 'change',
    change: {
      parts: [
        {
          resource: id,
          summary: message('sysctl-set', { names }),
          diff: diff.join(''),
          effect: 'none',
        },
      ],
      actions: [{ kind: 'script', node, script: [writeScript(wrong)], timeoutMs: 10_000 }],
      undo: [{ kind: 'script', resource: id, script: writeScript(before) }],
      drift: problem('sysctl-changed', { names }, { node }),
    },
  };
}

function writeScript(values: readonly (readonly [string, string])[]): string {
  const lines = values.map(
    ([path, value]) => `echo ${quote(value)} >${quote(`/proc/sys/${path}`)}`,
  );
  return `set -e\n${lines.join('\n')}\n`;
}
