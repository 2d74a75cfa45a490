import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { openClient } from './client.ts';
import { openForward } from './forward.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** A machine that asks for us: it opens connections, or runs our prober; nobody is root there. */
export interface VantageConnection {
  forward(host: string, port: number): Promise<Duplex>;
  /** Runs a command there; its standard input and output. Rejects where none may run. */
  start(command: string): Promise<Duplex>;
  /** The connection has ended: nothing can be opened any more. */
  readonly isLost: boolean;
  /** Ends at once, and with it every connection that is still opening. */
  close(): void;
}

/** Connects to a vantage. Throws OperatorError, as `connectNode` does. */
export async function connectVantage(
  target: SshTarget,
  options: SshOptions,
): Promise<VantageConnection> {
  const { client } = await openClient(target, options);
  let isLost = false;
  client.on('error', () => {});
  client.once('close', () => {
    isLost = true;
  });
  return {
    forward: (host, port) => openForward(client, target, host, port),
    start: (command) => startCommand(client, command),
    get isLost() {
      return isLost;
    },
    close: () => client.destroy(),
  };
}

function startCommand(client: Client, command: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | undefined, channel: ClientChannel) => {
      if (error) return reject(error);
      // nobody reads it, and it must not stand in the way of what is read
      channel.stderr.resume();
      resolve(channel);
    };
    // throws when the connection is gone
    client.exec(command, done);
  });
}
