import { type Content, content } from '../model/index.ts';

/** How long a server may take: a peer's answer comes in milliseconds, a firewall's silence never. */
const SECONDS = 3;

/** The other side took the connection, and did not close it in time. */
export const NOT_ENDED = 9;

/**
 * Bash that defines `talk ADDRESS PORT`: sends its standard input, prints what comes back until the
 * other side closes, then a line `talk CODE`: 9 when it accepted and did not close in time, 143 when
 * not even a connection came about in time. Nothing but bash is needed, and what is sent is in no
 * argument list. `talked` is the code.
 */
export const TALK = `talk() {
LC_ALL=C timeout --preserve-status -k 1 ${SECONDS} bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit 7
exec 2>/dev/null; trap "exit ${NOT_ENDED}" TERM; cat >&3; cat <&3' talk "$1" "$2" 2>&1
talked=$?
printf '\\ntalk %s\\n' $talked
}
`;

/** Bash that sends `text` to a port and prints the answer; {@link TALK} must stand before it. */
export function talkTo(address: string, port: number, text: Content): Content {
  return content`talk ${address} ${port} <<'IAMHA_TALK'\n${text}\nIAMHA_TALK\n`;
}

export type Talk =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'no-answer';
      readonly detail: string;
      /** It took the connection, and said nothing: it is stopped, not shut out. */
      readonly isConnected: boolean;
    };

/** What each `talk` of a script came to, in order. */
export function readTalks(stdout: string): readonly Talk[] {
  const parts = stdout.split(/^talk (\d+)$/m);
  const talks: Talk[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    talks.push(readTalk((parts[at] ?? '').trim(), Number(parts[at + 1])));
  }
  return talks;
}

function readTalk(text: string, code: number): Talk {
  if (code === 7 && /Connection refused/.test(text)) return { kind: 'refused' };
  if (code === 7 || (code !== 0 && text === '')) {
    const detail = text.split('\n').at(-1) ?? '';
    return { kind: 'no-answer', detail, isConnected: code === NOT_ENDED };
  }
  // A server that answered and left the connection open has answered.
  return { kind: 'answered', text };
}

export interface HttpAnswer {
  /** 0 when what came was not HTTP. */
  readonly status: number;
  readonly body: string;
}

/** An HTTP answer, as it came over the wire. */
export function readHttp(text: string): HttpAnswer {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
  const [, ...rest] = text.split(/\r?\n\r?\n/);
  return { status, body: rest.join('\n\n').trim() };
}

/** An HTTP/1.0 GET: the server closes when it has answered. */
export function httpGet(host: string, path: string, headers: readonly string[] = []): string {
  return [`GET ${path} HTTP/1.0`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join(
    '\r\n',
  );
}
