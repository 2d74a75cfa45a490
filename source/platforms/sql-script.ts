import {
  type Content,
  content,
  mapSecret,
  quote,
  type ScriptOutput,
  type Secret,
  type Whereabouts,
} from '../model/index.ts';
import { GREETING_SECONDS, LIMITED } from './limited.ts';

/** Ends the SQL of a here-document. No string of SQL can contain it: they have no line of their own. */
const END = 'IAMHA_SQL';

/** What the silence of MariaDB is noted under, for a batch of questions to it; see `limited`. */
export const MARIADB = 'mariadb';

/** Where the distributions' packages keep the data: what is not there was never started. */
const SYSTEM_TABLES = '/var/lib/mysql/mysql';

/** A server that is reached over TCP with an administrator's account, not by its own socket. */
export interface SqlServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  /** Where the account stands in the cluster file, for a problem about it. */
  readonly where: Whereabouts;
}

/** How a node reaches MariaDB as an administrator. */
export interface SqlAccess {
  /** The client's name on the PATH: `mariadb`, or `mysql` on older distributions. */
  readonly client: string;
  /** Absent: the node's own server, as root, by the unix socket. */
  readonly server?: SqlServer;
}

/**
 * Bash that defines `sql`: runs the SQL on its standard input as an administrator, and prints rows
 * without their names.
 */
export function sqlFunction(access: SqlAccess): Content {
  return content`sql() { ${clientCommand(access, 5)} "$@"; }\n`;
}

/**
 * As {@link sqlFunction}, for what only looks. `--connect-timeout` alone is not enough: it does not
 * cover a server that falls silent later, nor a greeting on every version.
 */
function limitedSqlFunction(access: SqlAccess): Content {
  return content`${LIMITED}sql() { limited ${MARIADB} ${clientCommand(access, GREETING_SECONDS)} "$@"; }\n`;
}

function clientCommand(access: SqlAccess, connectSeconds: number): Content {
  const options = `--batch --skip-column-names --raw --connect-timeout=${connectSeconds} --default-character-set=utf8mb4`;
  return content`${quote(access.client)}${connection(access)} ${options}`;
}

/**
 * TLS if the server has it, for an administrator may be let in no other way; its certificate is not
 * checked, for nobody told us whose it must be, and the client of MariaDB 11.4 would insist. Not
 * every client has the option: `loose`.
 */
export const TLS_WHERE_POSSIBLE = '--loose-skip-ssl-verify-server-cert';

/**
 * What a client or a dump needs to reach the server, to be put right behind its name. The option
 * file is the only one that is read: a password in root's own would win over ours.
 */
export function connection({ server }: SqlAccess): Content {
  if (!server) return [];
  const { host, port, user, password } = server;
  const where = `--protocol=tcp ${TLS_WHERE_POSSIBLE} -h ${quote(host)} -P ${port}`;
  return content` --defaults-file=<(printf '%s' ${optionFile(user, password)}) ${where}`;
}

/** MariaDB's option file: double quotes, in which `\` and `"` are escaped. One word of bash. */
export function optionFile(user: string, password: Secret): Secret {
  return mapSecret(password, (text) => {
    const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    return quote(`[client]\nuser=${user}\npassword="${escaped}"\n`);
  });
}

/**
 * Bash that hands `statements` to `sql` (see {@link sqlFunction}).
 * @param rest what follows on the command's line: `| sed …`
 */
export function sqlInput(command: string, statements: Content, rest = ''): Content {
  return content`${command} <<'${END}' ${rest}\n${SESSION_START}${statements}\n${END}\n`;
}

/** A server with NO_BACKSLASH_ESCAPES would read our strings differently. */
const SESSION_START = "SET SESSION sql_mode = '';\n";

/**
 * A read-only script that asks MariaDB as an administrator; it prints what the rows say, or a line
 * `server absent|down|denied|silent`.
 * @param filter bash that reads the client's lines (also its errors) and prints what may leave the node
 */
export function sqlProbe(access: SqlAccess, statements: Content, filter = 'cat'): Content {
  const there = `command -v ${quote(access.client)} >/dev/null${access.server ? '' : ` && [ -d ${SYSTEM_TABLES} ]`}`;
  const head = content`${there} || { echo 'server absent'; exit 0; }
${limitedSqlFunction(access)}{
`;
  return content`${head}${sqlInput('sql --force 2>&1', statements)}[ $? != 124 ] || echo 'server silent'
} | while IFS= read -r line; do
case $line in
${SILENT}) note_silent ${MARIADB}; echo 'server silent' ;;
'ERROR 2002 '* | 'ERROR 2003 '*) echo 'server down' ;;
'ERROR 1045 '* | 'ERROR 1698 '* | 'ERROR 1130 '*) echo 'server denied' ;;
'ERROR '*) printf '%s\\n' "$line" >&2 ;;
*) printf '%s\\n' "$line" ;;
esac
done | ${filter}\n`;
}

/**
 * As a client says it of a server that is stopped (SIGSTOP, a frozen disk) or that goes while it is
 * asked: it accepts, and does not greet; its socket's queue is full; it is lost in between.
 */
export const SILENT = `'ERROR 2013 '* | 'ERROR 2006 '* | 'ERROR 2002 '*' (11)'*`;

/** Asks whether a server lets nobody in without TLS; one that does not know the setting says nothing. */
export const ASK_TLS = "SHOW GLOBAL VARIABLES LIKE 'require_secure_transport';\n";

/** IAM has no TLS for its database: see the problem `database-tls-required`. */
export function requiresTls(stdout: string): boolean {
  return /^require_secure_transport\s+(ON|1)$/m.test(stdout);
}

/** What a {@link sqlProbe} met: a server that answers, or why not. */
export type ServerState = 'answers' | 'absent' | 'down' | 'denied' | 'silent';

export function serverState(output: ScriptOutput): ServerState {
  const [, state] = /^server (absent|down|denied|silent)$/m.exec(output.stdout) ?? [];
  return (state as ServerState | undefined) ?? 'answers';
}

/** Text as the lines that a diff shows as new. */
export function addedLines(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `+${line}\n`)
    .join('');
}
