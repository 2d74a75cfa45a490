import type { Duplex } from 'node:stream';
import type { RemoteVantage } from '../../model/index.ts';

/**
 * Opens a connection from a node's or a third machine's sshd (direct-tcpip) to an address.
 * Rejects with an error whose message has the server's words.
 * An open to an address that nobody answers stays pending for minutes and cannot be cancelled, and
 * each costs that sshd a file handle (of 1,024): give a prober SSH connections of its own, and end
 * them after it.
 */
export type Forward = (from: RemoteVantage, address: string, port: number) => Promise<Duplex>;

export type Opened =
  | { readonly reason: string; readonly stream?: never }
  | { readonly stream: Duplex; readonly reason?: never };

/** Opens from there, or says why not. One that succeeds after `withinMs` is closed at once. */
export async function openThrough(
  forward: Forward,
  { from, address, port }: { from: RemoteVantage; address: string; port: number },
  withinMs: number,
): Promise<Opened> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Opened>((resolve) => {
    timer = setTimeout(() => resolve({ reason: 'connect-timeout' }), withinMs);
  });
  const opening = attempt(() => forward(from, address, port));
  const first = await Promise.race([opening, timeout]);
  clearTimeout(timer);
  if (!first.stream) void opening.then(({ stream }) => stream && closeUnused(stream));
  return first;
}

async function attempt(open: () => Promise<Duplex>): Promise<Opened> {
  try {
    return { stream: await open() };
  } catch (error) {
    return { reason: forwardReason(error) };
  }
}

function closeUnused(stream: Duplex): void {
  stream.on('error', () => {});
  stream.destroy();
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/prohibited/i, 'forwarding-prohibited'],
  [/refused/i, 'refused'],
  [/no route|unreachable/i, 'unreachable'],
  [/timed? ?out/i, 'connect-timeout'],
  [/reset by peer/i, 'reset'],
  [/too many open files|resource shortage/i, 'no-file-handle'],
  [/closed channel unexpectedly/i, 'vantage-lost'],
  // Whatever else the server says; anything that it did not say means that it is gone.
  [/channel open failure/i, 'open-failed'],
];

/** Why a forwarded connection did not open, by sshd's words: a short stable word. */
export function forwardReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return WORDS.find(([words]) => words.test(text))?.[1] ?? 'vantage-lost';
}
