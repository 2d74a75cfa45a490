import type { Found } from './credentials.ts';

/** A pair as it was found, still bare: it becomes a secret at once. */
export interface FoundPair {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  readonly expiresMs?: number;
  readonly region?: string;
}

type Read = (path: string) => Promise<string | undefined>;

async function textOf(read: Read, path: string): Promise<string | 'absent' | 'unreadable'> {
  try {
    return (await read(path)) ?? 'absent';
  } catch {
    return 'unreadable';
  }
}

function pair(id: unknown, key: unknown, token: unknown): Found {
  if (typeof id !== 'string' || typeof key !== 'string' || !id || !key) return 'incomplete';
  return { secretId: id, secretKey: key, ...(typeof token === 'string' && token && { token }) };
}

/** The SDKs' own file: `[default]`, `secret_id = …`, `secret_key = …`, `token = …`. */
export async function fromSdkProfile(read: Read, path: string): Promise<Found> {
  const text = await textOf(read, path);
  if (text === 'absent' || text === 'unreadable') return text;
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]\s*$/.exec(line);
    if (head) section = head[1]?.trim() ?? '';
    const [, name, value] = /^\s*([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === 'default' && name !== undefined) values.set(name, unquoted(value ?? ''));
  }
  return pair(values.get('secret_id'), values.get('secret_key'), values.get('token'));
}

const unquoted = (text: string) => text.replace(/^(["'])(.*)\1$/, '$2');

/** Tencent's command line's: `NAME.credential` beside `NAME.configure`, which has the region. */
export async function fromTccli(read: Read, path: string): Promise<Found> {
  const text = await textOf(read, path);
  if (text === 'absent' || text === 'unreadable') return text;
  const { secretId, secretKey, token } = objectOf(text);
  const found = pair(secretId, secretKey, token);
  if (typeof found === 'string') return found;
  const configure = await textOf(read, path.replace(/\.credential$/, '.configure'));
  const { _sys_param: parameters } = objectOf(configure);
  const region = (parameters as { region?: unknown } | undefined)?.region;
  return { ...found, ...(typeof region === 'string' && region && { region }) };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
