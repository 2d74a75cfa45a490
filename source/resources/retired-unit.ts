import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

export interface RetiredOptions {
  readonly node: NodeName;
  readonly unit: string;
  readonly explainedBy?: readonly string[];
}

/**
 * A unit of ours that is needed no more. It stops without its own ExecStop, which would say that what
 * it watches has gone. Its file goes after it.
 */
export function retiredUnit(options: RetiredOptions): Resource {
  const { node, unit, explainedBy } = options;
  const id = `unit:${unit}`;
  const dropIn = dropInOf(unit);
  return {
    id,
    node,
    probe: [
      `LC_ALL=C systemctl show -p ActiveState,UnitFileState -- ${quote(unit)} 2>/dev/null
[[ -e ${dropIn} ]] && echo interrupted
echo end
`,
    ],
    plan: ({ stdout, stderr }): Planned => {
      if (!/^end$/m.test(stdout)) return unreadable(node, id, stderr);
      const active = /^ActiveState=(active|activating|reloading)$/m.test(stdout);
      const enabled = /^UnitFileState=enabled/m.test(stdout);
      if (!active && !enabled && !stdout.includes('interrupted')) return settled('unit-retired');
      return retire(id, options, { active, enabled });
    },
    ...(explainedBy ? { explainedBy } : {}),
  };
}

function dropInOf(unit: string): string {
  return quote(`/run/systemd/system/${unit}.service.d/iam-ha-retire.conf`);
}

function retire(
  id: string,
  { node, unit }: RetiredOptions,
  was: { readonly active: boolean; readonly enabled: boolean },
): Planned {
  const dropIn = dropInOf(unit);
  const script = `set -e
systemctl --quiet disable ${quote(unit)}
mkdir -p "$(dirname ${dropIn})"
printf '[Service]\\nExecStop=\\n' >${dropIn}
back() { rm -f ${dropIn}; rmdir "$(dirname ${dropIn})" 2>/dev/null; systemctl daemon-reload; }
trap back EXIT
systemctl daemon-reload
systemctl stop ${quote(unit)}
`;
  return {
    kind: 'change',
    change: {
      parts: [{ resource: id, summary: message('unit-retire', { unit }), effect: 'none' }],
      actions: [{ kind: 'script', node, script: [script], timeoutMs: 30_000 }],
      undo: [{ kind: 'restore-unit', unit, ...was }],
      drift: problem('unit-needless', { unit }, { node }),
    },
  };
}
