import type { ServedTls } from '../cluster/index.ts';
import {
  type Check,
  failed,
  message,
  passed,
  problem,
  type Verdict,
  type Whereabouts,
  warned,
} from '../model/index.ts';
import { factCheck } from './preflight-host.ts';

export const TLS_CERTIFICATE = 'tls-certificate';

/** Authorities that renew by themselves do it 30 days before the end: who has less has none that does. */
const WARN_DAYS = 30;

/** The operator's certificate is good for a while yet. @param where the cluster file names it */
export function tlsCertificateCheck(tls: ServedTls, where: Whereabouts): Check {
  return factCheck(TLS_CERTIFICATE, null, message('check-tls-certificate'), verdictOf(tls, where));
}

function verdictOf({ subject, expires, daysLeft }: ServedTls, where: Whereabouts): Verdict {
  const params = { subject, expires, days: daysLeft };
  if (daysLeft < 0) return failed(problem('tls-expired', { expires }, where));
  if (daysLeft < WARN_DAYS) return warned(problem('tls-expires-soon', params, where));
  return passed(message('tls-certificate-good', params));
}
