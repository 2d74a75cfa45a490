import { createHash, createHmac } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runLocal } from '../local-process.ts';

/** A line of a known_hosts file that is about the host asked for. */
export interface KnownKey {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly marker: '' | '@revoked' | '@cert-authority';
  /** As in the key itself: `ssh-ed25519`, `ssh-rsa`. */
  readonly type: string;
  /** The raw public key. */
  readonly key: Buffer;
}

/** The name a host goes by in known_hosts files: the port only where it is not 22. */
export function knownHostsName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** `SHA256:…`, as `ssh-keygen -lf` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The first string inside a public key: its type. */
export function keyType(key: Buffer): string {
  return key.length < 4 ? '' : key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

/** Every key that these files hold for a host. A file that cannot be read holds none. */
export async function findKnownKeys(
  files: readonly string[],
  name: string,
): Promise<readonly KnownKey[]> {
  const found = await Promise.all([...new Set(files)].map((file) => findInFile(file, name)));
  return found.flat();
}

async function findInFile(file: string, name: string): Promise<readonly KnownKey[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (!text.trim()) return [];
  const found = await runLocal('ssh-keygen', ['-F', name, '-f', file], { timeoutMs: 10_000 });
  return found.kind === 'exited'
    ? parseFound(found.stdout, file)
    : searchKnownHosts(text, name, file);
}

/** The output of `ssh-keygen -F`: a comment with the line's number, then the line. */
export function parseFound(output: string, file: string): readonly KnownKey[] {
  const keys: KnownKey[] = [];
  let line = 0;
  for (const text of output.split('\n')) {
    const at = /^# Host .* found: line (\d+)/.exec(text);
    if (at) line = Number(at[1]);
    else keys.push(...toKnownKey(text, file, line));
  }
  return keys;
}

/** What `ssh-keygen -F` does, for computers without it. */
export function searchKnownHosts(text: string, name: string, file: string): readonly KnownKey[] {
  return text.split('\n').flatMap((line, index) => {
    const fields = line.trim().split(/\s+/);
    const patterns = fields[0]?.startsWith('@') ? fields[1] : fields[0];
    if (!patterns || patterns.startsWith('#') || !matchesName(patterns, name)) return [];
    return toKnownKey(line, file, index + 1);
  });
}

function toKnownKey(line: string, file: string, number: number): readonly KnownKey[] {
  const fields = line.trim().split(/\s+/);
  const marker = fields[0]?.startsWith('@') ? fields.shift() : '';
  const [, type, encoded] = fields;
  if (!type || !encoded || line.startsWith('#')) return [];
  if (marker !== '' && marker !== '@revoked' && marker !== '@cert-authority') return [];
  return [{ file, line: number, marker, type, key: Buffer.from(encoded, 'base64') }];
}

function matchesName(patterns: string, name: string): boolean {
  if (patterns.startsWith('|1|')) return matchesHash(patterns, name);
  const list = patterns.toLowerCase().split(',');
  const matches = (pattern: string) => wildcard(pattern).test(name);
  if (list.some((one) => one.startsWith('!') && matches(one.slice(1)))) return false;
  return list.some((one) => !one.startsWith('!') && matches(one));
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, as OpenSSH's HashKnownHosts writes it. */
function matchesHash(hashed: string, name: string): boolean {
  const [, , salt = '', hash] = hashed.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** Adds a key to the session's file (0600). One write, so that nodes side by side do not meet. */
export async function rememberKey(file: string, name: string, key: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const line = `${name} ${keyType(key)} ${key.toString('base64')}\n`;
  await appendFile(file, line, { mode: 0o600 });
}
