import type { Duplex } from 'node:stream';
import { openClient } from './client.ts';
import { openForward } from './forward.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** A machine that only opens connections for us: no command runs there, and nobody is root. */
export interface VantageConnection {
  forward(host: string, port: number): Promise<Duplex>;
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
    get isLost() {
      return isLost;
    },
    close: () => client.destroy(),
  };
}
