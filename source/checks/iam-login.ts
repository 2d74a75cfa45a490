import { ports, publishedAdmin } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Content,
  content,
  mapSecret,
  type NodeName,
  quote,
  Secret,
} from '../model/index.ts';
import { mariadbCauses } from './database-causes.ts';
import { apiToken } from './iam-token.ts';
import { daemonCauses } from './service-daemons.ts';
import { TALK } from './tcp-talk.ts';

const LOCAL = `127.0.0.1 ${ports.apiserver}`;

/** What a script on a node needs to ask IAM as the administrator. */
export interface AdminSecrets {
  /** The administrator's password that is wanted. */
  readonly adminPassword: Secret;
  /** The API servers' own: what it signs, they take for theirs. */
  readonly jwtKey: Secret;
}

/** Bash that defines `talk` (see there) and `status`, which prints an answer's status, or 0. */
export const ASK = `${TALK}status() { [[ $1 =~ ^HTTP/1\\.[01]\\ ([0-9]{3}) ]] && echo "\${BASH_REMATCH[1]}" || echo 0; }
`;

/** A request as it goes over the wire, as one word of bash. */
function wireWord(line: string, token: string, body?: object): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${line} HTTP/1.0`,
    'Host: 127.0.0.1',
    'Connection: close',
    ...(token === '' ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return quote(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/** Bash that asks the node's own API server to log the administrator in; the answer is in `said`. */
export function logInAs(password: Secret): Content {
  const request = mapSecret(password, (text) =>
    wireWord('POST /login', '', { username: publishedAdmin.username, password: text }),
  );
  return content`said=$(printf '%s' ${request} | talk ${LOCAL})\n`;
}

/** The published password: no secret, but masked all the same where a password stands. */
export const PUBLISHED = new Secret('published password', publishedAdmin.password);

/** A token of the administrator's that nobody has to log in for. */
export function ownToken({ jwtKey }: AdminSecrets): Secret {
  return mapSecret(jwtKey, (key) => apiToken(key, publishedAdmin.username));
}

/**
 * Bash that changes the published password into the wanted one; the answer is in `said`. Needs
 * {@link ASK} before it. Whoever has a token may do it: IAM asks for the old password.
 */
export function changePublished(secrets: AdminSecrets): Content {
  const token = ownToken(secrets).reveal();
  const request = mapSecret(secrets.adminPassword, (newPassword) =>
    wireWord(`PUT /v1/users/${publishedAdmin.username}/change-password`, token, {
      oldPassword: publishedAdmin.password,
      newPassword,
    }),
  );
  return content`said=$(printf '%s' ${request} | talk ${LOCAL})\n`;
}

/**
 * Bash that prints which password of the administrator is in force, as `admin WORD`: `wanted`,
 * `published`, `other`; `away` when the API server does not answer, and `ill` when it cannot ask its
 * database, which at a log-in looks like a wrong password. Needs {@link ASK} before it. Answers stay
 * on the node: they hold tokens, and the password's hash.
 */
export function whichPassword(secrets: AdminSecrets): Content {
  const ask = mapSecret(ownToken(secrets), (token) =>
    wireWord(`GET /v1/users/${publishedAdmin.username}`, token),
  );
  return content`which() {
local said
${logInAs(secrets.adminPassword)}case $(status "$said") in 200) echo wanted; return ;; 401) ;; *) echo away; return ;; esac
${logInAs(PUBLISHED)}case $(status "$said") in 200) echo published; return ;; 401) ;; *) echo away; return ;; esac
said=$(printf '%s' ${ask} | talk ${LOCAL})
case $(status "$said") in 200 | 404) echo other ;; 0 | 401) echo away ;; *) echo ill ;; esac
}
admin=$(which)
echo "admin $admin"
`;
}

export type AdminState = 'wanted' | 'published' | 'other' | 'away' | 'ill';

/** What {@link whichPassword} printed. */
export function readAdminState(stdout: string): AdminState | undefined {
  const [, state] = /^admin (wanted|published|other|away|ill)$/m.exec(stdout) ?? [];
  return state as AdminState | undefined;
}

/** What keeps the administrator from logging in on a node, whatever the password is. */
export function loginCauses(node: NodeName, dataNode: NodeName): readonly string[] {
  return [
    ...mariadbCauses(dataNode),
    ...daemonCauses(node, 'iam-apiserver'),
    `database-login/${node}`,
    `healthz/${node}/iam-apiserver`,
    appliedCheckId(dataNode, 'sql-user:*'),
    appliedCheckId(dataNode, 'schema:*'),
    `database-tables/${dataNode}`,
  ];
}
