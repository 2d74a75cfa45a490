import { type NodeName, type Params, type Planned, problem } from '../model/index.ts';
import type { ServerState, SqlAccess, SqlServer } from '../platforms/sql-script.ts';

/**
 * Why nothing can be planned on a server that does not let us in, that is frozen, or, elsewhere, is
 * away: our own is started before it is asked again, one elsewhere is not ours to start.
 */
export function serverRefusal(
  { node, server }: SqlAccess & { readonly node: NodeName },
  state: ServerState,
  params: Params,
): Planned | undefined {
  const refused = (code: string, more: Params = {}): Planned => ({
    kind: 'refused',
    problem: problem(code, { ...params, ...more }, { ...server?.where, node }),
  });
  if (state === 'silent') return refused('database-silent', { address: serverAddress(server) });
  if (!server) return state === 'denied' ? refused('database-root-denied') : undefined;
  const address = serverAddress(server);
  if (state === 'denied') return refused('database-admin-denied', { address, user: server.user });
  if (state === 'down') return refused('database-server-away', { address });
  return undefined;
}

/** A node's own server is asked by its socket. */
export function serverAddress(server: SqlServer | undefined): string {
  return server ? `${server.host}:${server.port}` : 'localhost';
}
