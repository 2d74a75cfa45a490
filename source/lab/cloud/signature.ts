import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from './errors.ts';

const ALGORITHM = 'TC3-HMAC-SHA256';
/** How far a request's clock may be off: seconds. */
const TOLERANCE = 300;

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark, as it came. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | Buffer;
}

export interface Authorization {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

export interface SecretPair {
  readonly key: string;
  /** A temporary pair is good only with its token. */
  readonly token?: string;
  readonly expiresMs?: number;
}

const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) =>
  createHmac('sha256', key).update(data).digest();

/** @throws ApiError `AuthFailure.InvalidAuthorization` */
export function parseAuthorization(header: string | undefined): Authorization {
  const words =
    /^TC3-HMAC-SHA256 Credential=([^/\s]+)\/(\d{4}-\d\d-\d\d)\/([^/\s]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      header ?? '',
    );
  if (!words) refuse('AuthFailure.InvalidAuthorization', 'The Authorization header is malformed.');
  const [, secretId = '', date = '', service = '', signedHeaders = '', signature = ''] = words;
  return { secretId, date, service, signedHeaders, signature };
}

const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** What is signed of the body: a client may say that it signs none of it. */
const payloadOf = ({ headers, body }: SignedRequest) =>
  headers['x-tc-content-sha256'] === UNSIGNED ? UNSIGNED : body;

/** The signature that `key` gives the request; `host` is what stands for the Host header. */
export function signatureOf(
  request: SignedRequest,
  { date, service, signedHeaders }: Omit<Authorization, 'secretId' | 'signature'>,
  key: string,
  host: string,
): string {
  const value = (name: string) =>
    name === 'host' ? host : (request.headers[name] ?? '').trim().toLowerCase();
  const headers = signedHeaders
    .split(';')
    .map((name) => `${name}:${value(name)}\n`)
    .join('');
  const canonical = [
    request.method,
    request.path,
    request.query,
    headers,
    signedHeaders,
    hash(payloadOf(request)),
  ].join('\n');
  const timestamp = request.headers['x-tc-timestamp'] ?? '';
  const toSign = [ALGORITHM, timestamp, `${date}/${service}/tc3_request`, hash(canonical)].join(
    '\n',
  );
  const signing = hmac(hmac(hmac(`TC3${key}`, date), service), 'tc3_request');
  return hmac(signing, toSign).toString('hex');
}

function isFresh(timestamp: number, date: string, nowMs: number): boolean {
  const day = new Date(timestamp * 1000);
  if (!Number.isFinite(day.getTime())) return false;
  const isNear = Math.abs(Math.floor(nowMs / 1000) - timestamp) <= TOLERANCE;
  return isNear && day.toISOString().slice(0, 10) === date;
}

const same = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Checks who sent the request, in the cloud's order.
 *
 * @returns the pair's id and the service of the scope
 * @throws ApiError `AuthFailure.…`
 */
export function verify(
  request: SignedRequest,
  pairOf: (secretId: string) => SecretPair | undefined,
  nowMs: number,
): Authorization {
  const found = parseAuthorization(request.headers.authorization);
  const pair = pairOf(found.secretId);
  if (!pair) refuse('AuthFailure.SecretIdNotFound', 'The SecretId is not found.');
  if (!isFresh(Number(request.headers['x-tc-timestamp']), found.date, nowMs)) {
    refuse('AuthFailure.SignatureExpire', 'The signature has expired: check the clock.');
  }
  const host = request.headers.host ?? '';
  // Node's SDK signs the name without the port, Python's with it.
  const right = [host.replace(/:\d+$/, ''), host].map((one) =>
    signatureOf(request, found, pair.key, one),
  );
  if (!right.some((one) => same(one, found.signature))) {
    refuse('AuthFailure.SignatureFailure', 'The provided credentials could not be validated.');
  }
  checkToken(pair, request.headers['x-tc-token'], nowMs);
  return found;
}

function checkToken(pair: SecretPair, token: string | undefined, nowMs: number): void {
  const isExpired = pair.expiresMs !== undefined && pair.expiresMs <= nowMs;
  if (pair.token !== undefined && (token !== pair.token || isExpired)) {
    refuse('AuthFailure.TokenFailure', 'The token is missing, wrong or expired.');
  }
}
