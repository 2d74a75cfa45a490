import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import { settled } from './planned.ts';

export interface TmpfilesOptions {
  readonly node: NodeName;
  /** The file under /etc/tmpfiles.d that describes them. */
  readonly config: string;
  /** A folder under /run, and files in it. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly explainedBy?: readonly string[];
}

/** What systemd-tmpfiles makes at boot, made now. */
export function tmpfiles(options: TmpfilesOptions): Resource {
  const { node, config, folder, files } = options;
  const id = `tmpfiles:${folder}`;
  const tests = [`-d ${quote(folder)}`, ...files.map((file) => `-f ${quote(file)}`)];
  return {
    id,
    node,
    probe: [`[[ ${tests.join(' && ')} ]] && echo there\n`],
    plan: ({ stdout }): Planned =>
      stdout.trim() === 'there'
        ? settled('tmpfiles-there')
        : make(id, { node, config, folder, files }),
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function make(id: string, { node, config, folder, files }: TmpfilesOptions): Planned {
  const script = `systemd-tmpfiles --create ${quote(config)}\n`;
  const undo = `rm -f -- ${files.map(quote).join(' ')}\nrmdir -- ${quote(folder)} 2>/dev/null || true\n`;
  return {
    kind: 'change',
    change: {
      parts: [{ resource: id, summary: message('tmpfiles-make', { folder }), effect: 'none' }],
      actions: [{ kind: 'script', node, script: [script], timeoutMs: 10_000 }],
      undo: [{ kind: 'script', resource: id, script: undo }],
      drift: problem('tmpfiles-missing', { folder }, { node }),
    },
  };
}
