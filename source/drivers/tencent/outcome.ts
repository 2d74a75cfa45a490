import type { Outcome } from './result.ts';

/** What the SDK throws: its own exception, or what its HTTP client or its parser threw. */
interface Thrown {
  readonly code?: unknown;
  readonly httpCode?: number;
  readonly requestId?: string;
  readonly message?: string;
}

/** The connection was never there: the SDK keeps only the words. */
const NOT_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|connect ETIMEDOUT|certificate|CERT_|UNABLE_TO_|ERR_TLS|wrong version number/;

/** Node's own codes (`ECONNRESET`) are not the cloud's, which have small letters. */
const CLOUD_CODE = /^[A-Z][a-zA-Z]*[a-z][A-Za-z]*(\.[\w-]+)*$/;

/** Sorts what came out of a try that failed. Everything that is not surely undone may be done. */
export function outcomeOfError(error: unknown, isAborted: boolean): Outcome {
  if (isAborted) return { kind: 'interrupted' };
  const { code, httpCode, requestId = '', message = '' } = (error ?? {}) as Thrown;
  if (typeof code === 'string' && CLOUD_CODE.test(code)) {
    return { kind: 'error', code, detail: message, requestId };
  }
  if (httpCode !== undefined) return { kind: 'lost', detail: `HTTP ${httpCode}` };
  if (NOT_SENT.test(message)) return { kind: 'not-sent', detail: reasonOf(message) };
  return { kind: 'lost', detail: reasonOf(message) };
}

/** Without the address, which is long and says nothing: "connect ECONNREFUSED 127.0.0.1:1". */
function reasonOf(message: string): string {
  return message.replace(/^request to \S+ failed, reason: /, '');
}
