import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../model/index.ts';

/** More than any server asks for: a hostile one must not keep us busy. */
const MOST_ITERATIONS = 1_000_000;

export interface ScramUser {
  readonly user: string;
  readonly password: Secret;
}

/** What a client answers to the server's first message, and what the server must say then. */
export interface ScramAnswer {
  readonly text: string;
  readonly signature: Buffer;
}

/** The client's first message of SCRAM (RFC 5802). */
export function scramFirst({ user }: ScramUser, nonce: string): string {
  return `n,,${bare(user, nonce)}`;
}

function bare(user: string, nonce: string): string {
  return `n=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
}

/**
 * The proof that the client knows the password, in MongoDB's form of SCRAM-SHA-1: what is salted is
 * the MD5 of user and password.
 * @returns undefined when `first` is not a first message of a server's that answers to `nonce`
 */
export function scramProof(
  { user, password }: ScramUser,
  nonce: string,
  first: string,
): ScramAnswer | undefined {
  const found = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d{1,7})$/.exec(first);
  const [, both = '', salt = '', count = ''] = found ?? [];
  const iterations = Number(count);
  if (!both.startsWith(nonce) || iterations < 1 || iterations > MOST_ITERATIONS) return undefined;
  const digest = createHash('md5').update(`${user}:mongo:${password.reveal()}`).digest('hex');
  const salted = pbkdf2Sync(digest, Buffer.from(salt, 'base64'), iterations, 20, 'sha1');
  const clientKey = mac(salted, 'Client Key');
  const without = `c=biws,r=${both}`;
  const text = `${bare(user, nonce)},${first},${without}`;
  const mask = mac(createHash('sha1').update(clientKey).digest(), text);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (mask[index] ?? 0)));
  return {
    text: `${without},p=${proof.toString('base64')}`,
    signature: mac(mac(salted, 'Server Key'), text),
  };
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha1', key).update(text).digest();
}

/** Whether the server's last message proves that it, too, knows the account. */
export function isServersProof(last: string, { signature }: ScramAnswer): boolean {
  const said = Buffer.from(/^v=(.+)$/.exec(last)?.[1] ?? '', 'base64');
  return said.length === signature.length && timingSafeEqual(said, signature);
}
