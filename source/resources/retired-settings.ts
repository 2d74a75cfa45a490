import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled } from './planned.ts';

/** What was made for something that is needed no more, and goes while its description is still there. */
interface Retiring {
  readonly node: NodeName;
  /** The file that describes it; it goes after it. */
  readonly config: string;
  readonly explainedBy?: readonly string[];
}

export interface RetiredSysctlOptions extends Retiring {
  readonly nic: string;
  /** By name below /proc/sys/net/ipv4/conf/NIC: ours. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Settings of a NIC that our file made, and that nobody needs any more: what a new interface would
 * have is put in their place, as the next boot would. Others' own values stay.
 */
export function retiredSysctl(options: RetiredSysctlOptions): Resource {
  const { node, nic, config, settings, explainedBy } = options;
  const id = `sysctl:${nic}`;
  const conf = '/proc/sys/net/ipv4/conf';
  const tests = Object.entries(settings).map(
    ([name, value]) => `[[ $(<${quote(`${conf}/${nic}/${name}`)}) == ${quote(value)} ]]`,
  );
  const all = Object.entries(settings);
  const back = all.map(
    ([name]) => `cat ${conf}/default/${name} >${quote(`${conf}/${nic}/${name}`)}\n`,
  );
  const again = all.map(
    ([name, value]) => `echo ${quote(value)} >${quote(`${conf}/${nic}/${name}`)}\n`,
  );
  return retiring(id, node, explainedBy, {
    test: `[[ -e ${quote(config)} ]] && ${tests.join(' && ')}`,
    summary: message('sysctl-retire', { names: Object.keys(settings).join(', ') }),
    script: `set -e\n${back.join('')}`,
    undo: `set -e\n${again.join('')}`,
  });
}

export interface RetiredFolderOptions extends Retiring {
  /** Under /run, with files in it. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** What systemd-tmpfiles makes by `config`, and nobody reads any more. */
export function retiredFolder(options: RetiredFolderOptions): Resource {
  const { node, folder, files, config, explainedBy } = options;
  return retiring(`tmpfiles:${folder}`, node, explainedBy, {
    test: `[[ -d ${quote(folder)} ]]`,
    summary: message('tmpfiles-retire', { folder }),
    script: `rm -f -- ${files.map(quote).join(' ')} && rmdir -- ${quote(folder)}\n`,
    undo: `systemd-tmpfiles --create ${quote(config)}\n`,
  });
}

interface Way {
  /** Exits 0 while it is still there. */
  readonly test: string;
  readonly summary: ReturnType<typeof message>;
  readonly script: string;
  readonly undo: string;
}

function retiring(
  id: string,
  node: NodeName,
  explainedBy: readonly string[] | undefined,
  { test, summary, script, undo }: Way,
): Resource {
  return {
    id,
    node,
    probe: [`{ ${test}; } 2>/dev/null && echo there\n`],
    plan: ({ stdout }): Planned =>
      stdout.trim() === 'there'
        ? {
            kind: 'change',
            change: {
              parts: [{ resource: id, summary, effect: 'none' }],
              actions: [{ kind: 'script', node, script: [script], timeoutMs: 10_000 }],
              undo: [{ kind: 'script', resource: id, script: undo }],
              drift: problem('left-over', { resource: id }, { node }),
            },
          }
        : settled('nothing-left-over'),
    ...(explainedBy ? { explainedBy } : {}),
  };
}
