import { Channels } from './channels.ts';
import { openClient } from './client.ts';
import { openForward } from './forward.ts';
import { findPrivilege } from './privilege.ts';
import { runScript } from './run.ts';
import type { Session } from './session.ts';
import type { NodeConnection, SshOptions, SshTarget } from './types.ts';
import { uploadFile } from './upload.ts';

export type {
  HostKeyPrompt,
  NodeConnection,
  PackedFile,
  RunOptions,
  SshOptions,
  SshTarget,
  UploadOptions,
} from './types.ts';
export { Courier, type CourierPorts } from './upload-courier.ts';
export { connectVantage, type VantageConnection } from './vantage.ts';

/**
 * Connects to a node and finds out how to be root there. Throws OperatorError for everything the
 * operator can mend (no answer, host key, login, sudo), InterruptedError when `signal` aborts.
 */
export async function connectNode(target: SshTarget, options: SshOptions): Promise<NodeConnection> {
  const { client, endpoint, fingerprint } = await openClient(target, options);
  const channels = new Channels(client);
  try {
    const privilege = await findPrivilege(channels, endpoint.user, target, options);
    const counter = { roundTrips: 0 };
    return connection({ target, client, channels, privilege, counter }, fingerprint);
  } catch (error) {
    client.end();
    throw error;
  }
}

function connection(session: Session, hostKeyFingerprint: string): NodeConnection {
  const { client, target, counter } = session;
  return {
    run: (script, options) =>
      runScript(session, script, options.tethered ? { ...options, feed: () => {} } : options),
    upload: (from, to, options) => uploadFile(session, from, to, options),
    forward: (host, port, signal) => openForward(client, target, host, port, signal),
    get roundTrips() {
      return counter.roundTrips;
    },
    hostKeyFingerprint,
    close: () => closeClient(session),
  };
}

/** How long a node may take to say goodbye. */
const GOODBYE_MS = 1_000;

function closeClient({ client, channels }: Session): Promise<void> {
  if (channels.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => client.destroy(), GOODBYE_MS);
    client.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.end();
  });
}
