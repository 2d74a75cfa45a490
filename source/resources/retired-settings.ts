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
