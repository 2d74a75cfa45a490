import http from 'node:http';
import type { Found } from './credentials.ts';

const HOST = 'metadata.tencentyun.com';
const ROLES = '/latest/meta-data/cam/security-credentials/';
/** Off a cloud's machine the name does not resolve, or nothing answers: nobody is to wait for that. */
const LIMIT_MS = 1000;
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

/** The service itself: by no proxy, within a second, all in all. `address` is for tests. */
export function metadataService(
  address: { host: string; port: number } = { host: HOST, port: 80 },
): Metadata {
  let signal: AbortSignal | undefined;
  return (path) =>
    new Promise((resolve, reject) => {
      // from the first question on, for all of them together
      signal ??= AbortSignal.timeout(LIMIT_MS);
      const options = { ...address, path, signal, agent: false as const, headers: { host: HOST } };
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
