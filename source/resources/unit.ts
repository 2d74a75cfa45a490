import {
  type Action,
  type ChangePart,
  type Content,
  type Explanation,
  type Message,
  message,
  type NodeName,
  type Planned,
  type Problem,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

export interface UnitOptions {
  readonly node: NodeName;
  /** "nginx", as `systemctl` takes it. */
  readonly unit: string;
  /** What a stopped one means: "nginx-not-running", "backend-down". */
  readonly downCode: string;
  /** Starts it; `systemctl start UNIT` if absent. */
  readonly start?: string;
  /** After a start: tried until it exits 0. */
  readonly ready?: {
    readonly script: Content | string;
    readonly deadlineMs: number;
    readonly what: Message;
  };
  /** Why it is not up: what else is asked then, and what the answer says. */
  readonly diagnosis?: {
    /** Bash that prints what `explain` reads; asked in the same round trip, only when it is not up. */
    readonly evidence: string;
    explain(output: string): Explanation | undefined;
  };
  readonly explainedBy?: readonly string[];
}

interface UnitState {
  readonly load: string;
  readonly active: boolean;
  readonly enabled: boolean;
  /** What stands in the way of one that is to be running and is not, if it is known. */
  readonly why?: Problem;
}

/** Without an [Install] section, or switched on by something else: there is nothing to enable. */
const ENABLED = ['enabled', 'static', 'indirect', 'generated', 'alias'];

/** A unit that runs now and starts at boot. */
export function unit(options: UnitOptions): Resource {
  const id = `unit:${options.unit}`;
  const properties = 'LoadState,ActiveState,UnitFileState';
  return {
    id,
    node: options.node,
    probe: [
      `shown=$(LC_ALL=C systemctl show -p ${properties} -- ${quote(options.unit)} 2>/dev/null)
printf '%s\\n' "$shown"
${evidence(options)}echo end
`,
    ],
    plan: ({ stdout, stderr }): Planned => {
      const why = options.diagnosis?.explain(stdout)?.problem;
      const read = readUnit(stdout);
      const state = read && why ? { ...read, why } : read;
      return state ? planUnit(options, state) : unreadable(options.node, id, stderr);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

/** One that somebody stopped has nothing to explain. */
function evidence({ diagnosis }: UnitOptions): string {
  if (!diagnosis) return '';
  return `case $shown in *ActiveState=activating* | *ActiveState=failed*)
${diagnosis.evidence};;
esac
`;
}

function readUnit(stdout: string): UnitState | null {
  if (!/^end$/m.test(stdout)) return null;
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1] ?? '';
  const active = value('ActiveState');
  return {
    load: value('LoadState') || 'not-found',
    active: active === 'active' || active === 'reloading',
    enabled: ENABLED.includes(value('UnitFileState')),
  };
}

function planUnit(options: UnitOptions, state: UnitState): Planned {
  const { node, unit: name } = options;
  if (state.load === 'masked') {
    return { kind: 'refused', problem: problem('unit-masked', { unit: name }, { node }) };
  }
  const parts = [
    ...(state.active ? [] : [part(name, 'unit-start')]),
    ...(state.enabled ? [] : [part(name, 'unit-enable')]),
  ];
  const [first, ...rest] = parts;
  if (!first) return settled('unit-running', { unit: name });
  const drift = driftOf(options, state);
  return {
    kind: 'change',
    change: {
      parts: [first, ...rest],
      actions: actionsOf(options, state),
      undo: [{ kind: 'restore-unit', unit: name, active: state.active, enabled: state.enabled }],
      drift,
    },
  };
}

function part(name: string, code: string): ChangePart {
  return { resource: `unit:${name}`, summary: message(code, { unit: name }), effect: 'none' };
}

function driftOf({ node, unit: name, downCode }: UnitOptions, state: UnitState): Problem {
  if (!state.active && state.why) return state.why;
  return problem(state.active ? 'unit-not-enabled' : downCode, { unit: name }, { node });
}

/** Started before it is enabled: what cannot start is not left to fail at every boot. */
function actionsOf(options: UnitOptions, state: UnitState): readonly Action[] {
  const { node, ready, diagnosis } = options;
  const name = quote(options.unit);
  const start = state.active
    ? ''
    : `systemctl reset-failed ${name} 2>/dev/null || true
since=$(date +%s)
if ! (
${options.start ?? `systemctl start ${name}`}
) </dev/null; then
  journalctl -u ${name} --since "@$since" -o cat --no-pager 2>/dev/null | tail -n 30 >&2
  echo '@problem unit-start-failed' >&2
  exit 11
fi
`;
  const enable = state.enabled ? '' : `systemctl --quiet enable ${name}\n`;
  const script: Content = [`set -uo pipefail\nexport LC_ALL=C\n${start}${enable}`];
  const act: Action = { kind: 'script', node, script, timeoutMs: 180_000 };
  if (state.active || !ready) return [act];
  const probe: Content = typeof ready.script === 'string' ? [ready.script] : ready.script;
  if (!diagnosis) return [act, { kind: 'await', node, script: probe, ...waiting(ready) }];
  const asked: Content = [
    'is_ready() {\n',
    ...probe,
    '}\nis_ready && exit 0\n',
    diagnosis.evidence,
    'exit 1\n',
  ];
  const { explain } = diagnosis;
  return [act, { kind: 'await', node, script: asked, ...waiting(ready), explain }];
}

function waiting({ deadlineMs, what }: NonNullable<UnitOptions['ready']>) {
  return { deadlineMs, what };
}
