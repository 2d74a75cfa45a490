import {
  failed,
  type HttpResult,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { isHealthy } from './http-script.ts';
import { notMeasured } from './on-node.ts';

/** Who was asked over TLS, and with which certificate they are to answer. */
export interface TlsAsked {
  readonly domain: string;
  /** The address. */
  readonly place: string;
  readonly fingerprint: string;
  /** Where it is one node's own. */
  readonly node?: NodeName;
}

/** Somebody listens, and it is not the TLS that was expected. */
const NO_HANDSHAKE: readonly string[] = ['tls-failed', 'closed-early', 'reset', 'not-http'];

/** Nobody, no TLS, another certificate, one that has run out, or IAM behind it is not well. */
export function judgeTls(asked: TlsAsked, result: HttpResult): Verdict {
  const { domain, place, node, fingerprint } = asked;
  const where = node ? { node } : {};
  if (result.kind === 'no-answer') {
    const { reason, unmeasured } = result;
    if (unmeasured) return notMeasured(result);
    const code = NO_HANDSHAKE.includes(reason) ? 'tls-no-handshake' : 'tls-no-answer';
    return failed(problem(code, { domain, place, reason }, { ...where, detail: reason }));
  }
  const { certificate, status, body } = result;
  if (!certificate)
    return failed(problem('tls-no-handshake', { domain, place, reason: '-' }, where));
  const { subject, expires, isExpired } = certificate;
  if (certificate.fingerprint !== fingerprint)
    return failed(problem('tls-other-certificate', { domain, place, subject, expires }, where));
  if (isExpired) return failed(problem('tls-expired', { expires }, where));
  if (!isHealthy(result))
    return failed(problem('tls-bad-answer', { domain, place, status }, { ...where, detail: body }));
  return passed(message('tls-answered', { domain, place, expires }));
}
