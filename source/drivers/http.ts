import type { HttpAction, HttpResult } from '../model/index.ts';
import { type Answer, connect, exchange } from './prober/exchange.mjs';
import { type Forward, type Opened, openThrough } from './prober/forward.ts';

/** A longer answer is not one of ours; what a server sends is not to fill our memory. */
const BODY_LIMIT = 64 * 1024;

/**
 * One GET on a connection of its own. Never throws: why there was no answer is a short stable word
 * ("refused", "connect-timeout", "answer-too-large", …), the prober's own.
 * @param forward opens connections from a node's sshd; needed for a vantage `via` a node
 */
export async function httpGet(action: HttpAction, forward?: Forward): Promise<HttpResult> {
  const startMs = performance.now();
  const answer = await ask(action, forward, startMs).catch((): Answer => ({ reason: 'not-sent' }));
  const elapsedMs = performance.now() - startMs;
  if ('reason' in answer) return { kind: 'no-answer', reason: answer.reason, elapsedMs };
  return { kind: 'answered', status: answer.status, body: answer.body, elapsedMs };
}

async function ask(
  action: HttpAction,
  forward: Forward | undefined,
  startMs: number,
): Promise<Answer> {
  const opened = await open(action, forward);
  if (!opened.stream) return opened;
  const withinMs = action.timeoutMs - (performance.now() - startMs);
  return new Promise((resolve, reject) => {
    try {
      const { host, path } = action;
      exchange(opened.stream, { host, path, withinMs, bodyLimit: BODY_LIMIT }, resolve);
    } catch (error) {
      // A header or path that HTTP does not allow.
      opened.stream.destroy();
      reject(error);
    }
  });
}

async function open(action: HttpAction, forward?: Forward): Promise<Opened> {
  const { vantage, address, port, timeoutMs } = action;
  if (vantage.kind === 'here') return { stream: connect(address, port) };
  if (vantage.kind === 'ssh' || !forward) return { reason: 'vantage-not-available' };
  return openThrough(forward, { node: vantage.node, address, port }, timeoutMs);
}
