import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import { message, type Secret } from '../../model/index.ts';
import type { Endpoint } from './config.ts';
import { errorText, sshError } from './problems.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** A private key on the operator's computer. */
export interface Identity {
  readonly file: string;
  readonly text: string;
  readonly encrypted: boolean;
}

const PASSPHRASE_TRIES = 3;

/**
 * The private keys to try, in order. A default key that is missing or of a kind we cannot use is
 * passed over, as OpenSSH does; one that the operator named is an error.
 */
export async function loadIdentities(
  endpoint: Endpoint,
  target: SshTarget,
): Promise<readonly Identity[]> {
  const loaded = await Promise.all(
    endpoint.identityFiles.map((file) => loadIdentity(file, endpoint.identityGiven, target)),
  );
  return loaded.filter((one) => one !== undefined);
}

async function loadIdentity(
  file: string,
  given: boolean,
  target: SshTarget,
): Promise<Identity | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const key = parsePrivateKey(text);
    if (!(key instanceof Error)) return { file, text, encrypted: false };
    if (/encrypted|passphrase/i.test(key.message)) return { file, text, encrypted: true };
    throw key;
  } catch (error) {
    if (!given) return undefined;
    throw sshError(target, 'key-unreadable', { path: file }, errorText(error));
  }
}

function parsePrivateKey(text: string, passphrase?: string): ParsedKey | Error {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  if (parsed instanceof Error) return parsed;
  const key = (Array.isArray(parsed) ? parsed[0] : parsed) as ParsedKey | undefined;
  return key?.isPrivateKey() ? key : new Error('not a private key');
}

/** The usable key, asking for its passphrase where needed; undefined when nobody gives it. */
export async function openIdentity(
  identity: Identity,
  options: SshOptions,
): Promise<ParsedKey | undefined> {
  if (!identity.encrypted) return usable(parsePrivateKey(identity.text));
  for (let attempt = 1; attempt <= PASSPHRASE_TRIES; attempt++) {
    const passphrase = await askPassphrase(identity.file, attempt, options);
    if (!passphrase) return undefined;
    const key = usable(parsePrivateKey(identity.text, passphrase.reveal()));
    if (key) return key;
  }
  return undefined;
}

function usable(key: ParsedKey | Error): ParsedKey | undefined {
  return key instanceof Error ? undefined : key;
}

async function askPassphrase(
  file: string,
  attempt: number,
  options: SshOptions,
): Promise<Secret | undefined> {
  return options.askSecret?.(message('ssh-ask-passphrase', { path: file, attempt }));
}

/** The public half, from the file beside the private key; undefined when there is none. */
export async function publicHalf(file: string): Promise<Buffer | undefined> {
  const text = await readFile(`${file}.pub`, 'utf8').catch(() => '');
  const encoded = text.trim().split(/\s+/)[1];
  return encoded ? Buffer.from(encoded, 'base64') : undefined;
}
