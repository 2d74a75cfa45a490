import { lookup } from 'node:dns';
import http from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Found } from './credentials.ts';

const HOST = 'metadata.tencentyun.com';
/** What the name resolves to on every machine of the cloud. */
const ADDRESS = '169.254.0.23';
const ROLES = '/latest/meta-data/cam/security-credentials/';
/** Off a cloud's machine the name does not resolve, or nothing answers: nobody is to wait for that. */
const LIMIT_MS = 1000;
/** A resolver that is silent leaves half of it to who is asked by address. */
const RESOLVE_MS = LIMIT_MS / 2;
const MAX_LENGTH = 64 * 1024;

/** Text at a path of the metadata service; undefined where it has none. Throws where it does not answer. */
export type Metadata = (path: string) => Promise<string | undefined>;

/** The pair of the role that this machine has, if it is one of the cloud's and has one. */
export async function fromRole(metadata: Metadata): Promise<Found> {
  try {
    const role = (await metadata(ROLES))?.trim();
    if (!role || !/^[\w.+=,@-]+$/.test(role)) return 'absent';
    const text = await metadata(ROLES + role);
    const { Code, TmpSecretId, TmpSecretKey, Token, ExpiredTime } = JSON.parse(text ?? '{}');
    if (Code !== 'Success' || !TmpSecretId || !TmpSecretKey || !Token) return 'incomplete';
    return {
      secretId: String(TmpSecretId),
      secretKey: String(TmpSecretKey),
      token: String(Token),
      expiresMs: Number(ExpiredTime) * 1000,
    };
  } catch {
    return 'no-answer';
  }
}

/** Where the service is: at `address` where nobody knows the name. */
export interface MetadataPlace {
  readonly host: string;
  readonly port: number;
  readonly address?: string;
}

const PLACE: MetadataPlace = { host: HOST, port: 80, address: ADDRESS };

/**
 * The service itself: by no proxy, within a second, all in all. Machines with a resolver of their own
 * (an office's, a container's) do not know its name, and reach it all the same.
 *
 * @param place @param resolve for tests
 */
export function metadataService(
  { host, port, address }: MetadataPlace = PLACE,
  resolve: LookupFunction = lookup,
): Metadata {
  let signal: AbortSignal | undefined;
  return (path) => {
    // from the first question on, for all of them together
    signal ??= AbortSignal.timeout(LIMIT_MS);
    const way = address === undefined ? {} : { lookup: orElse(resolve, address) };
    return ask({ host, port, path, signal, agent: false, headers: { host: HOST }, ...way });
  };
}

/** Names as `resolve` knows them; one that it does not know, or not in time, is `address`. */
function orElse(resolve: LookupFunction, address: string): LookupFunction {
  return (name, options, done) => {
    let isSettled = false;
    const settle = (...answer: Parameters<typeof done>) => {
      clearTimeout(late);
      if (!isSettled) done(...answer);
      isSettled = true;
    };
    const found = options.all ? [{ address, family: 4 }] : address;
    const late = setTimeout(() => settle(null, found, 4), RESOLVE_MS);
    resolve(name, options, (error, ...answer) =>
      error ? settle(null, found, 4) : settle(null, ...answer),
    );
  };
}

function ask(options: http.RequestOptions): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_LENGTH) request.destroy(new Error('too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString() : undefined),
      );
    });
    request.on('error', reject);
  });
}
