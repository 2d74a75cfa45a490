import { TALK } from '../../checks/tcp-talk.ts';
import { forgedToken } from '../../checks/token-key.ts';
import { type Content, content, mapSecret, type Secret } from '../../model/index.ts';

/** One request of a drill, to a daemon itself or through nginx. */
export interface DrillRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Signed with a key of the session's: goes over standard input only. */
  readonly token?: Secret;
  readonly body?: object;
}

/** The request as it goes over the wire: HTTP/1.0, so that the server closes when it has answered. */
export function requestText(host: string, { method, path, token, body }: DrillRequest): Content {
  const text = body ? JSON.stringify(body) : '';
  const authorization: Content = token ? content`Authorization: Bearer ${token}\r\n` : [];
  const type = text ? 'Content-Type: application/json\r\n' : '';
  return content`${method} ${path} HTTP/1.0\r\nHost: ${host}\r\nConnection: close\r\n${authorization}${type}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/**
 * Bash that defines `seen NAME`: reads one answer and prints `seen NAME STATUS WORD…`: IAM's code, or
 * what it decided, or what it says of a login. Nothing else of an answer leaves the node: it may hold
 * a password's hash.
 */
export const SEEN = `${TALK}seen() {
local said status=0 word=
said=$(cat)
[[ $said =~ ^HTTP/1\\.[01]\\ ([0-9]{3}) ]] && status=\${BASH_REMATCH[1]}
[[ $said =~ \\"code\\":\\ ?([0-9]+) ]] && word=" \${BASH_REMATCH[1]}"
[[ $said == *'"allowed":true'* ]] && word=' allowed'
[[ $said == *'"allowed":false'* ]] && word=' denied'
[[ $said == *'incorrect Username or Password'* ]] && word=' incorrect Username or Password'
echo "seen $1 $status$word"
}
`;

/** What `seen` printed, by name. */
export function readSeen(stdout: string): ReadonlyMap<string, string> {
  return new Map(
    [...stdout.matchAll(/^seen (\S+) (.*)$/gm)].map(([, name = '', what = '']) => [name, what]),
  );
}

/** An administrator's token, as the API server would sign it. */
export function adminToken(jwtKey: Secret): Secret {
  return mapSecret(jwtKey, forgedToken);
}
