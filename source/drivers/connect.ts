import type { Duplex } from 'node:stream';
import type { ConnectAction, ConnectResult } from '../model/index.ts';
import { converse } from './converse.ts';
import { connect, drop, reasonOf } from './prober/exchange.mjs';
import { type Forward, openThrough } from './prober/forward.ts';

/** The prober's words for a connection's end, as what a firewall or its absence makes of it. */
const OUTCOMES: Readonly<Record<string, ConnectResult['outcome']>> = {
  refused: 'refused',
  reset: 'refused',
  // A router's or a firewall's own answer: the port itself said nothing.
  unreachable: 'silent',
  'connect-timeout': 'silent',
};

function ended(reason: string): ConnectResult {
  const outcome = OUTCOMES[reason] ?? 'unmeasured';
  return { kind: 'connect', outcome, reason: outcome === 'unmeasured' ? reason : '' };
}

const OPEN: ConnectResult = { kind: 'connect', outcome: 'open', reason: '' };

/** The connection stands: what is to be said over it is said, and it is closed. */
async function stands(stream: Duplex, { conversation, timeoutMs }: ConnectAction) {
  if (!conversation) return OPEN;
  return { ...OPEN, said: await converse(stream, conversation, timeoutMs) };
}

/**
 * Opens one TCP connection and closes it as soon as it stands, or when its conversation is over.
 * Never throws.
 * @param forward opens connections from another machine's sshd; needed for every vantage but `here`.
 */
export async function tryConnect(action: ConnectAction, forward?: Forward): Promise<ConnectResult> {
  const { vantage, address, port, timeoutMs } = action;
  if (vantage.kind === 'here') return fromHere(action);
  if (!forward) return ended('vantage-not-available');
  const opened = await openThrough(forward, { from: vantage, address, port }, timeoutMs);
  if (!opened.stream) return ended(opened.reason);
  opened.stream.on('error', () => {});
  const result = await stands(opened.stream, action);
  opened.stream.destroy();
  return result;
}

function fromHere(action: ConnectAction): Promise<ConnectResult> {
  const { address, port, timeoutMs } = action;
  return new Promise((resolve) => {
    const socket = connect(address, port);
    const settle = (result: ConnectResult) => {
      clearTimeout(timer);
      drop(socket);
      resolve(result);
    };
    const timer = setTimeout(() => settle(ended('connect-timeout')), timeoutMs);
    socket.on('error', (error) => settle(ended(reasonOf(error))));
    socket.once('connect', () => {
      clearTimeout(timer);
      void stands(socket, action).then(settle);
    });
  });
}
