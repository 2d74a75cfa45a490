import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext, type Connection, type Session } from 'ssh2';
import type { SshOptions, SshTarget } from '../../../../source/drivers/ssh/index.ts';
import type { NodeName } from '../../../../source/model/index.ts';

export interface ServerOptions {
  /** Whether this attempt lets the client in, if not, what it may try next; undefined: it answers itself. */
  readonly admit?: (attempt: AuthContext) => true | readonly string[] | undefined;
  readonly hostKeys?: readonly string[];
  /** Put before PATH of everything the server runs. */
  readonly path?: string;
  readonly maxSessions?: number;
  /** Answers nothing to commands that match: the channel opens, and that is all. */
  readonly mute?: RegExp;
  readonly forwards?: boolean;
}

export interface TestServer {
  readonly port: number;
  readonly children: readonly ChildProcess[];
  readonly commands: readonly string[];
  /** Cuts every connection off, as an unplugged cable would at last. */
  drop(): void;
  /** The most sessions that were open at once. */
  mostSessions(): number;
  stop(): void;
}

export function newHostKey(type: 'ed25519' | 'ecdsa' = 'ed25519'): string {
  const options = type === 'ecdsa' ? { bits: 256 } : {};
  for (;;) {
    const key = ssh2.utils.generateKeyPairSync(type, options as never).private;
    // ssh2 1.17.0 now and then writes a key that it cannot read itself
    if (!(ssh2.utils.parseKey(key) instanceof Error)) return key;
  }
}

const servers: TestServer[] = [];
export function stopServers(): void {
  for (const server of servers.splice(0)) server.stop();
}

/** An SSH server on this computer whose commands are run by a real bash, as sshd would. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const children: ChildProcess[] = [];
  const commands: string[] = [];
  const clients = new Set<Connection>();
  let open = 0;
  let most = 0;
  const server = new ssh2.Server(
    { hostKeys: [...(options.hostKeys ?? [newHostKey()])] },
    (client) => {
      clients.add(client);
      client.on('error', () => {});
      client.on('close', () => clients.delete(client));
      client.on('authentication', (attempt) => {
        const verdict = options.admit ? options.admit(attempt) : true;
        if (verdict === true) attempt.accept();
        else if (verdict) attempt.reject([...verdict] as never);
      });
      client.on('ready', () => {
        client.on('session', (accept, reject) => {
          if (open >= (options.maxSessions ?? 10)) return void reject();
          open += 1;
          most = Math.max(most, open);
          const session = accept();
          session.on('close', () => {
            open -= 1;
          });
          serve(session);
        });
        client.on('tcpip', (accept, reject, info) => {
          if (!options.forwards) return void reject();
          const socket = connect(info.destPort, info.destIP);
          socket.once('connect', () => {
            const channel = accept();
            channel.pipe(socket).pipe(channel);
            socket.on('error', () => channel.end());
          });
          socket.once('error', () => reject());
        });
      });
    },
  );

  function serve(session: Session): void {
    session.on('exec', (accept, _reject, { command }) => {
      const channel = accept();
      commands.push(command);
      if (options.mute?.test(command)) return;
      const PATH = options.path ? `${options.path}:${process.env.PATH}` : process.env.PATH;
      const child = spawn('bash', ['-c', command], {
        detached: true,
        env: { PATH, HOME: tmpdir() },
      });
      children.push(child);
      channel.pipe(child.stdin);
      child.stdin.on('error', () => {});
      child.stdout.pipe(channel, { end: false });
      child.stderr.pipe(channel.stderr, { end: false });
      child.on('exit', (code, signal) => {
        if (signal) channel.exit(signal.replace('SIG', ''), false, '');
        else channel.exit(code ?? 0);
      });
      child.on('close', () => channel.end());
      // Like sshd: when the client is gone the pipes close, and the program lives on.
      channel.on('close', () => {
        child.stdin.destroy();
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const drop = () => {
    for (const client of clients)
      (client as unknown as { _sock: { destroy(): void } })._sock.destroy();
  };
  const stop = () => {
    drop();
    server.close();
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }
  };
  const running = { port, children, commands, drop, mostSessions: () => most, stop };
  servers.push(running);
  return running;
}

export async function workFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'iam-ha-ssh-'));
}

/** A target and options that know nothing of this computer's own keys, agent and known_hosts. */
export async function aTarget(
  server: Pick<TestServer, 'port'>,
  target: Partial<SshTarget> = {},
  options: Partial<SshOptions> = {},
): Promise<[SshTarget, SshOptions]> {
  const folder = await workFolder();
  const configFile = join(folder, 'config');
  await writeFile(
    configFile,
    `IdentityFile ${folder}/none\nUserKnownHostsFile ${folder}/known_hosts\nGlobalKnownHostsFile none\n`,
  );
  return [
    {
      node: 'iam-1' as NodeName,
      address: '127.0.0.1',
      user: 'root',
      port: server.port,
      field: 'nodes[0].address',
      file: 'cluster.yaml',
      line: 7,
      ...target,
    },
    {
      sessionKnownHosts: join(folder, 'session', 'known_hosts'),
      acceptNewHostKeys: true,
      signal: new AbortController().signal,
      configFile,
      environment: { PATH: process.env.PATH, HOME: folder },
      ...options,
    },
  ];
}
