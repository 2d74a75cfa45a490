import type { SshTarget } from './types.ts';

/** A hop of ProxyJump: `[user@]host[:port]` or `ssh://[user@]host[:port]`. */
export interface Hop {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

export function parseHop(text: string): Hop {
  const plain = text.trim().replace(/^ssh:\/\//, '');
  const at = plain.lastIndexOf('@');
  const user = at > 0 ? plain.slice(0, at) : undefined;
  const rest = plain.slice(at + 1).replace(/\/$/, '');
  const [, bracketed, bare, port] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(rest) ?? [];
  return {
    host: bracketed ?? bare ?? rest,
    ...(user ? { user } : {}),
    ...(port ? { port: Number(port) } : {}),
  };
}

/** A hop is entered as `~/.ssh/config` says: the node's own key and passwords are not shown to it. */
export function hopTarget(hop: Hop, target: SshTarget): SshTarget {
  const { node, field, file, line } = target;
  return {
    node,
    address: hop.host,
    ...(hop.user ? { user: hop.user } : {}),
    ...(hop.port ? { port: hop.port } : {}),
    ...(field === undefined ? {} : { field }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}
