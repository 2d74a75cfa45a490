import type { Duplex } from 'node:stream';
import type { ClientChannel, Client as SshClient } from 'ssh2';
import { abortError, errorText, sshError } from './problems.ts';
import type { SshTarget } from './types.ts';

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED: `AllowTcpForwarding no`, or PermitOpen. */
const PROHIBITED = 1;

const CODES: readonly (readonly [RegExp, string])[] = [
  [/refused/i, 'ECONNREFUSED'],
  [/no route|host.* unreachable/i, 'EHOSTUNREACH'],
  [/network.* unreachable/i, 'ENETUNREACH'],
  [/timed? ?out/i, 'ETIMEDOUT'],
  [/not known|resolve/i, 'ENOTFOUND'],
];

/** A TCP connection opened by the server at the other end of `client`. */
export function openForward(
  client: SshClient,
  target: SshTarget,
  host: string,
  port: number,
  signal?: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const stop = () => signal && reject(abortError(signal));
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    const done = (error: Error | undefined, channel: ClientChannel) => {
      signal?.removeEventListener('abort', stop);
      if (error) return reject(forwardError(error, target));
      // An open cannot be taken back: one that comes too late is closed.
      if (signal?.aborted) return void channel.close();
      channel.on('end', () => channel.end());
      resolve(channel);
    };
    try {
      client.forwardOut('127.0.0.1', 0, host, port, done);
    } catch (error) {
      signal?.removeEventListener('abort', stop);
      reject(forwardError(error, target));
    }
  });
}

function forwardError(error: unknown, target: SshTarget): Error {
  const { reason } = error as { reason?: unknown };
  const text = errorText(error);
  if (reason === PROHIBITED) return sshError(target, 'forwarding-prohibited', {}, text);
  const code = CODES.find(([words]) => words.test(text))?.[1] ?? 'ECONNRESET';
  return Object.assign(new Error(text), { code });
}
