import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { execa } from 'execa';
import type { Endpoint } from './config.ts';
import { deadline } from './deadline.ts';
import { abortError, errorCode, errorText, sshError } from './problems.ts';
import type { SshOptions, SshTarget } from './types.ts';

export const CONNECT_TIMEOUT_MS = 10_000;

/** Opens the byte stream that SSH is spoken on; ssh2 itself never sets TCP_NODELAY. */
export async function openTcp(
  endpoint: Endpoint,
  target: SshTarget,
  options: SshOptions,
): Promise<Duplex> {
  const { host, port } = endpoint;
  const socket = connect({ host, port, noDelay: true });
  return within(endpoint, target, options, (resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
    return () => socket.destroy();
  });
}

/** The operator's own ProxyCommand, its stdin and stdout as the stream. */
export function openProxyCommand(endpoint: Endpoint, command: string, target: SshTarget): Duplex {
  const { host, port, user } = endpoint;
  // OpenSSH puts the host into the command as it is, so it must be one that no shell could misread.
  if (!/^[\w.:%-]+$/.test(host)) throw sshError(target, 'host-unreachable-name', { host, port });
  const values: Record<string, string> = {
    '%h': host,
    '%p': String(port),
    '%r': user,
    '%n': target.host ?? target.address,
    '%%': '%',
  };
  const expanded = command.replace(/%[hprn%]/g, (token) => values[token] ?? token);
  const child = execa('sh', ['-c', `exec ${expanded}`], {
    buffer: false,
    reject: false,
    stderr: 'ignore',
  });
  return child.duplex({ preserveNewlines: true, binary: true });
}

/** Connecting with a deadline and an end on request; errors become the operator's. */
export async function within<T>(
  endpoint: Endpoint,
  target: SshTarget,
  options: SshOptions,
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void,
): Promise<T> {
  const limit = deadline(options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS, options.signal);
  let cancel = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      cancel = start(resolve, reject);
      const { signal } = limit;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) reject(signal.reason);
    });
  } catch (error) {
    cancel();
    if (options.signal.aborted) throw abortError(options.signal);
    throw unreachable(endpoint, target, error);
  } finally {
    limit.done();
  }
}

/** Which way a host did not answer: each has another cause, and another next step. */
export function unreachable(endpoint: Endpoint, target: SshTarget, error: unknown) {
  const codes: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'host-unreachable-refused',
    ENOTFOUND: 'host-unreachable-name',
    EAI_AGAIN: 'host-unreachable-name',
    EHOSTUNREACH: 'host-unreachable-route',
    ENETUNREACH: 'host-unreachable-route',
  };
  const code = codes[errorCode(error)] ?? 'host-unreachable';
  const { host, port } = endpoint;
  return sshError(target, code, { host, port }, errorText(error));
}
