import { type Content, content, mapSecret, quote, type Secret } from '../model/index.ts';
import { LIMITED } from '../platforms/limited.ts';
import { NOT_ENDED, readTalks, TALK, type Talk } from './tcp-talk.ts';

/** Where Redis is asked, and with what. */
export interface RedisPlace {
  /** An address, or a name where Redis is elsewhere. */
  readonly address: string;
  readonly port: number;
  /** Empty where the server asks for none. */
  readonly password: Secret;
}

/** One answer of Redis; what is binary has one character a byte. */
export type Reply = string | number | null | RedisError | readonly Reply[];

/** What Redis answers instead: "WRONGPASS …". */
export class RedisError {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Asked =
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  | { readonly kind: 'not-asked'; readonly detail: string };

/**
 * Bash that logs in to Redis, gives the commands and prints one line `redis BASE64`: nothing but
 * bash is needed, the password is in no argument list, and records may be binary.
 */
export function redisAsk(
  { address, port, password }: RedisPlace,
  commands: readonly (readonly string[])[],
): Content {
  const auth = mapSecret(password, (text) =>
    // A PING is answered like a login: what comes after it stays in its place.
    quote(encode(text === '' ? ['PING'] : ['AUTH', text])),
  );
  const rest = quote([...commands, ['QUIT']].map(encode).join(''));
  return content`${TALK_REDIS}echo "redis $({ printf '%s' ${auth}; printf '%s' ${rest}; } | talk_redis ${quote(address)} ${port} | base64 -w0)"\n`;
}

/**
 * Bash that defines `talk_redis`: as `talk`, but a Redis that accepts and does not answer is waited
 * for by the first of a batch's questions alone. They end with QUIT: one that is well closes.
 */
export const TALK_REDIS = `${TALK}${LIMITED}talk_redis() {
  if is_silent redis; then cat >/dev/null; printf '\\ntalk ${NOT_ENDED}\\n'; return; fi
  talk "$@"
  [ "$talked" != ${NOT_ENDED} ] || note_silent redis
}
`;

/** A command as Redis reads it: words with their lengths in bytes. */
export function encode(words: readonly string[]): string {
  const counted = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${counted.join('')}`;
}

/** Reads what {@link redisAsk} printed: the answers to the commands, without those to AUTH and QUIT. */
export function readRedis(stdout: string): Asked | undefined {
  const encoded = /^redis (\S+)$/m.exec(stdout)?.[1];
  if (encoded === undefined) return undefined;
  const raw = Buffer.from(encoded, 'base64').toString('latin1');
  const talk = readTalks(raw)[0];
  if (talk?.kind !== 'answered') return { kind: 'not-asked', detail: silence(talk) };
  const [login, ...replies] = readReplies(raw);
  if (login instanceof RedisError) return { kind: 'not-asked', detail: login.text };
  return { kind: 'replies', replies: replies.slice(0, -1) };
}

function silence(talk: Talk | undefined): string {
  return talk?.kind === 'no-answer' && talk.detail ? talk.detail : (talk?.kind ?? 'nothing');
}

/** Every whole answer at the beginning of the text. */
function readReplies(text: string): readonly Reply[] {
  const replies: Reply[] = [];
  for (let at = 0; at < text.length; ) {
    const read = readReply(text, at);
    if (!read) break;
    replies.push(read.reply);
    at = read.next;
  }
  return replies;
}

function readReply(text: string, at: number): { reply: Reply; next: number } | undefined {
  const end = text.indexOf('\r\n', at);
  if (end < 0) return undefined;
  const line = text.slice(at + 1, end);
  const next = end + 2;
  switch (text[at]) {
    case '+':
      return { reply: line, next };
    case '-':
      return { reply: new RedisError(line), next };
    case ':':
      return { reply: Number(line), next };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, next };
      return { reply: text.slice(next, next + length), next: next + length + 2 };
    }
    case '*':
      return readList(text, next, Number(line));
    default:
      return undefined;
  }
}

function readList(text: string, from: number, count: number) {
  const list: Reply[] = [];
  let next = from;
  for (let left = count; left > 0; left -= 1) {
    const read = readReply(text, next);
    if (!read) return undefined;
    list.push(read.reply);
    next = read.next;
  }
  return { reply: list, next };
}
