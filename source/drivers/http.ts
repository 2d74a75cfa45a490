import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import {
  type CertificateSeen,
  type HttpAction,
  type HttpResult,
  isOwnFault,
  revealContent,
} from '../model/index.ts';
import { type Answer, type Ask, connect, encrypt, exchange } from './prober/exchange.mjs';
import { type Forward, type Opened, openThrough } from './prober/forward.ts';

/** A longer answer is not one of ours; what a server sends is not to fill our memory. */
const BODY_LIMIT = 64 * 1024;

/**
 * One request on a connection of its own. Never throws: why there was no answer is a short stable word
 * ("refused", "connect-timeout", "answer-too-large", …), the prober's own.
 * @param forward opens connections from another machine's sshd; needed for every vantage but `here`
 */
export async function httpRequest(action: HttpAction, forward?: Forward): Promise<HttpResult> {
  const startMs = performance.now();
  const answer = await ask(action, forward, startMs).catch((): Seen => ({ reason: 'not-sent' }));
  const elapsedMs = performance.now() - startMs;
  if ('reason' in answer) {
    const { reason } = answer;
    return {
      kind: 'no-answer',
      reason,
      elapsedMs,
      ...(isOwnFault(reason) && { unmeasured: true }),
    };
  }
  const { status, body, certificate } = answer;
  return { kind: 'answered', status, body, elapsedMs, ...(certificate && { certificate }) };
}

type Seen = Answer & { readonly certificate?: CertificateSeen };

async function ask(
  action: HttpAction,
  forward: Forward | undefined,
  startMs: number,
): Promise<Seen> {
  const opened = await open(action, forward);
  if (!opened.stream) return opened;
  const withinMs = action.timeoutMs - (performance.now() - startMs);
  const secured = action.tls && encrypt(opened.stream, action.tls);
  const certificate = secured && shownBy(secured);
  const stream = secured ?? opened.stream;
  return new Promise((resolve, reject) => {
    try {
      exchange(stream, wireForm(action, withinMs), (answer) =>
        resolve({ ...answer, ...certificate?.() }),
      );
    } catch (error) {
      // A header or path that HTTP does not allow.
      stream.destroy();
      opened.stream.destroy();
      reject(error);
    }
  });
}

/** What is shown in the handshake: afterwards the connection is gone. */
function shownBy(secured: TLSSocket): () => { readonly certificate?: CertificateSeen } {
  let certificate: CertificateSeen | undefined;
  secured.once('secureConnect', () => {
    const shown = secured.getPeerX509Certificate();
    certificate = shown && seenIn(shown);
  });
  return () => (certificate ? { certificate } : {});
}

/** Anybody may have made it: it may lack a subject, and its dates may be none. */
function seenIn(shown: X509Certificate): CertificateSeen {
  const subject: string | undefined = shown.subject || shown.subjectAltName;
  const endsMs = Date.parse(shown.validTo);
  return {
    fingerprint: shown.fingerprint256,
    subject: subject?.replaceAll('\n', ', ') ?? '-',
    expires: Number.isNaN(endsMs) ? '-' : new Date(endsMs).toISOString().slice(0, 10),
    isExpired: endsMs < Date.now(),
  };
}

/** Only here do the secrets of a request leave their type. */
function wireForm({ host, path, method, headers = {}, body }: HttpAction, withinMs: number): Ask {
  const revealed = Object.entries(headers).map(([name, value]) => [name, revealContent(value)]);
  return {
    host,
    path,
    withinMs,
    bodyLimit: BODY_LIMIT,
    headers: Object.fromEntries(revealed),
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body: revealContent(body) }),
  };
}

async function open(action: HttpAction, forward?: Forward): Promise<Opened> {
  const { vantage, address, port, timeoutMs } = action;
  if (vantage.kind === 'here') return { stream: connect(address, port) };
  if (!forward) return { reason: 'vantage-not-available' };
  return openThrough(forward, { from: vantage, address, port }, timeoutMs);
}
