import type { Duplex } from 'node:stream';
import { NodeSSH } from 'node-ssh';
import type { Client as SshClient } from 'ssh2';
import { Authentication } from './authentication.ts';
import { type Endpoint, resolveEndpoint } from './config.ts';
import { hostKeyAlgorithms } from './host-key.ts';
import { HostKeyCheck } from './host-key-check.ts';
import { loadIdentities } from './identities.ts';
import { hopTarget, parseHop } from './jump.ts';
import { Patience } from './patience.ts';
import { abortError, errorText, sshError } from './problems.ts';
import { CONNECT_TIMEOUT_MS, openProxyCommand, openTcp, unreachable, within } from './transport.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** A connection that stands: its server proved its key and let us in. */
export interface OpenClient {
  readonly client: SshClient;
  readonly endpoint: Endpoint;
  readonly fingerprint: string;
}

/** A jump host behind a jump host, and so on: more than this is a loop. */
const MOST_HOPS = 8;
/** A link that swallows everything is noticed after four of these. */
const KEEPALIVE_MS = 5_000;

/**
 * Connects to a server, through its jump hosts, which are entered and verified in the same way.
 * `jumps`: instead of those in `~/.ssh/config`. Throws OperatorError.
 */
export async function openClient(
  target: SshTarget,
  options: SshOptions,
  jumps?: readonly string[],
  depth = 0,
): Promise<OpenClient> {
  if (options.signal.aborted) throw abortError(options.signal);
  const endpoint = await resolveEndpoint(target, options);
  const identities = await loadIdentities(endpoint, target);
  const check = await HostKeyCheck.prepare(target, endpoint, options);
  const stream = await openStream(target, endpoint, options, jumps, depth);
  const client = await enter(stream, { target, endpoint, options, identities }, check);
  return { client, endpoint, fingerprint: check.fingerprint };
}

async function openStream(
  target: SshTarget,
  endpoint: Endpoint,
  options: SshOptions,
  jumps: readonly string[] | undefined,
  depth: number,
): Promise<Duplex> {
  const hops = (jumps ?? endpoint.proxyJump).map(parseHop);
  const hop = hops.at(-1);
  // `Host *` with a ProxyJump applies to the jump host too: it is not reached through itself.
  if (!hop || hop.host === (target.host ?? target.address) || hop.host === endpoint.host) {
    return endpoint.proxyCommand
      ? openProxyCommand(endpoint, endpoint.proxyCommand, target)
      : openTcp(endpoint, target, options);
  }
  if (depth >= MOST_HOPS) throw sshError(target, 'ssh-config-bad', { host: endpoint.host });
  const before = (jumps ?? endpoint.proxyJump).slice(0, -1);
  const through = hopTarget(hop, target);
  const via = await openClient(through, options, before.length ? before : undefined, depth + 1);
  return openThrough(via.client, target, endpoint, options);
}

/** A stream opened by the jump host; the jump host is left when it ends. */
async function openThrough(
  jump: SshClient,
  target: SshTarget,
  endpoint: Endpoint,
  options: SshOptions,
): Promise<Duplex> {
  const { host, port } = endpoint;
  const stream = await within<Duplex>(endpoint, target, options, (resolve, reject) => {
    jump.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      if (error) reject(forwardFailure(error));
      else resolve(channel);
    });
    return () => jump.end();
  });
  stream.once('close', () => jump.end());
  jump.once('close', () => stream.destroy());
  return stream;
}

function forwardFailure(error: Error): Error {
  const code = /refused/i.test(error.message)
    ? 'ECONNREFUSED'
    : /no route|unreachable/i.test(error.message)
      ? 'EHOSTUNREACH'
      : /resolve|not known/i.test(error.message)
        ? 'ENOTFOUND'
        : 'ETIMEDOUT';
  return Object.assign(error, { code });
}

type Entry = Omit<ConstructorParameters<typeof Authentication>[0], 'whileAsking'>;

/** The handshake and the login. */
async function enter(stream: Duplex, entry: Entry, check: HostKeyCheck): Promise<SshClient> {
  const { endpoint, options, target } = entry;
  let late = false;
  const patience = new Patience(options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS, () => {
    late = true;
    stream.destroy();
  });
  const { whileAsking } = patience;
  const authentication = new Authentication({ ...entry, whileAsking });
  const stop = () => stream.destroy();
  options.signal.addEventListener('abort', stop, { once: true });
  const ssh = new NodeSSH();
  try {
    const entering = ssh.connect({
      sock: stream as never,
      username: endpoint.user,
      readyTimeout: 0,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: hostKeyAlgorithms(check.known) },
      hostVerifier: (key: Buffer, verify: (valid: boolean) => void) => {
        check.accepts(key, whileAsking).then(verify, (error: unknown) => {
          authentication.failure = error;
          verify(false);
        });
      },
      authHandler: authentication.handler as never,
    });
    // node-ssh takes its listener away; a reset without one would end the whole program.
    const client = ssh.connection;
    client?.on('error', () => {});
    client?.once('change password', () => {
      const params = { user: endpoint.user, host: endpoint.host };
      authentication.failure = sshError(target, 'password-expired', params);
      stream.destroy();
    });
    // Every running script listens for the connection's end.
    client?.setMaxListeners(0);
    await entering;
    return client as SshClient;
  } catch (error) {
    stream.destroy();
    if (options.signal.aborted) throw abortError(options.signal);
    if (authentication.failure) throw authentication.failure;
    if (check.failure) throw check.failure;
    if (late) throw unreachable(endpoint, target, new Error('no answer to the SSH handshake'));
    throw loginFailure(error, authentication, entry);
  } finally {
    patience.end();
    options.signal.removeEventListener('abort', stop);
  }
}

function loginFailure(error: unknown, authentication: Authentication, entry: Entry): Error {
  const { target, endpoint } = entry;
  const text = errorText(error);
  const isRefusal =
    (error as { level?: unknown }).level === 'client-authentication' || authentication.begun;
  if (isRefusal) return authentication.refusal(text);
  const { host, port } = endpoint;
  return sshError(target, 'ssh-handshake-failed', { host, port }, text);
}
