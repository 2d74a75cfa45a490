import {
  type Change,
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import type { Admission, FirewallManager } from './firewall-managers.ts';
import { settled, unreadable } from './planned.ts';
import { recordPath, STATE } from './state.ts';

export interface FirewallRulesOptions {
  readonly node: NodeName;
  readonly stage: string;
  readonly manager: FirewallManager;
  readonly admissions: readonly Admission[];
}

/** What a probe found: the manager's entries, and which of them we remember to have made. */
interface Found {
  readonly present: ReadonlySet<string>;
  readonly ours: readonly string[];
}

/**
 * What a stage needs let in, in the firewall manager's own manner. An entry that was there is not
 * ours; what we made is remembered on the node, so that an undo, or a cluster that has become
 * smaller, takes away exactly that.
 */
export function firewallRules(options: FirewallRulesOptions): Resource {
  const { node, manager } = options;
  const id = idOf(options);
  const record = quote(recordOf(options));
  return {
    id,
    node,
    probe: [
      `export LC_ALL=C
if [[ -f ${record} ]]; then sed 's/^/ours /' ${record}; fi
${manager.list}`,
    ],
    plan: ({ stdout, stderr }): Planned => {
      if (!/^end$/m.test(stdout)) return unreadable(node, id, stderr);
      return planRules(options, readRules(stdout));
    },
  };
}

function idOf({ manager, stage }: FirewallRulesOptions): string {
  return `${manager.name}:${stage}`;
}

function recordOf({ manager, stage }: FirewallRulesOptions): string {
  return recordPath(`${manager.name}-${stage}`);
}

function readRules(stdout: string): Found {
  const after = (word: string) =>
    stdout.split('\n').flatMap((line) => (line.startsWith(word) ? [line.slice(word.length)] : []));
  return { present: new Set(after('has ')), ours: after('ours ') };
}

function planRules(options: FirewallRulesOptions, found: Found): Planned {
  const { manager, admissions } = options;
  const wanted = admissions.flatMap((one) => manager.entries(one));
  const missing = wanted.filter((entry) => !found.present.has(entry));
  const obsolete = found.ours.filter(
    (entry) => !wanted.includes(entry) && found.present.has(entry),
  );
  if (missing.length + obsolete.length === 0) {
    return settled('firewall-rules-there', { manager: manager.name, count: wanted.length });
  }
  return { kind: 'change', change: changeOf(options, found, missing, obsolete) };
}

function changeOf(
  options: FirewallRulesOptions,
  found: Found,
  missing: readonly string[],
  obsolete: readonly string[],
): Change {
  const { node, manager } = options;
  const id = idOf(options);
  const ours = [...new Set([...found.ours, ...missing])].filter((one) => !obsolete.includes(one));
  const diff = [...obsolete.map((one) => `-${one}\n`), ...missing.map((one) => `+${one}\n`)];
  const drift = missing.some((entry) => found.ours.includes(entry));
  const params = { manager: manager.name, added: missing.length, removed: obsolete.length };
  return {
    parts: [
      {
        resource: id,
        summary: message('firewall-rules-change', params),
        diff: diff.join(''),
        effect: 'none',
      },
    ],
    actions: [
      // Remembered first: an entry that we made and forgot would stay for ever.
      {
        kind: 'script',
        node,
        script: [
          `${remember(options, [...new Set([...ours, ...obsolete])])}${carryOut(manager, missing, obsolete)}\n${remember(options, ours)}`,
        ],
        timeoutMs: 120_000,
      },
    ],
    undo: [
      {
        kind: 'script',
        resource: id,
        script: `${carryOut(manager, obsolete, missing)}\n${remember(options, found.ours)}`,
      },
    ],
    ...(drift
      ? { drift: problem('firewall-rules-changed', { manager: manager.name }, { node }) }
      : {}),
  };
}

function carryOut(
  manager: FirewallManager,
  add: readonly string[],
  remove: readonly string[],
): string {
  const parts = [
    ...(add.length > 0 ? [manager.add(add)] : []),
    ...(remove.length > 0 ? [manager.remove(remove)] : []),
  ];
  return parts.map((part) => `(\n${part}) || exit 1\n`).join('');
}

/** Writes which entries are ours; where none is, nothing of ours stays. */
function remember(options: FirewallRulesOptions, entries: readonly string[]): string {
  const record = quote(recordOf(options));
  if (entries.length === 0) {
    return `rm -f -- ${record} && { rmdir -- ${STATE}/sets ${STATE} 2>/dev/null || true; } || exit 1\n`;
  }
  const lines = quote(`${entries.join('\n')}\n`);
  return `mkdir -p -- ${STATE}/sets && (umask 077; printf '%s' ${lines} >${record}) || exit 1\n`;
}
