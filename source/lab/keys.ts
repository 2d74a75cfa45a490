import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Crew } from './crew.ts';

export const HOST_KEY_TYPES = ['ed25519', 'ecdsa'] as const;

/** Makes a key pair without a passphrase at `path` and `path`.pub. Returns the public one: "type base64". */
export async function makeKey(
  crew: Crew,
  path: string,
  type: (typeof HOST_KEY_TYPES)[number],
  comment: string,
): Promise<string> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await crew.run(['ssh-keygen', '-q', '-t', type, '-N', '', '-C', comment, '-f', path]);
  return readFileSync(`${path}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' ');
}
