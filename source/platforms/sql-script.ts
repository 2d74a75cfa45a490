import {
  type Content,
  content,
  mapSecret,
  quote,
  type ScriptOutput,
  type Secret,
  type Whereabouts,
} from '../model/index.ts';

/** Ends the SQL of a here-document. No string of SQL can contain it: they have no line of their own. */
const END = 'IAMHA_SQL';

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
  const options =
    '--batch --skip-column-names --raw --connect-timeout=5 --default-character-set=utf8mb4';
  return content`sql() { ${quote(access.client)}${connection(access)} ${options} "$@"; }\n`;
}

/**
 * What a client or a dump needs to reach the server, to be put right behind its name. The option
 * file is the only one that is read: a password in root's own would win over ours.
 */
export function connection({ server }: SqlAccess): Content {
  if (!server) return [];
  const { host, port, user, password } = server;
  // Without TLS, as IAM's services do: the client of MariaDB 11.4 would ask for a certificate.
  const where = `--protocol=tcp --skip-ssl -h ${quote(host)} -P ${port}`;
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
 * `server absent|down|denied`.
 * @param filter bash that reads the client's lines (also its errors) and prints what may leave the node
 */
export function sqlProbe(access: SqlAccess, statements: Content, filter = 'cat'): Content {
  const there = `command -v ${quote(access.client)} >/dev/null${access.server ? '' : ` && [ -d ${SYSTEM_TABLES} ]`}`;
  const head = content`${there} || { echo 'server absent'; exit 0; }
${sqlFunction(access)}{
`;
  return content`${head}${sqlInput('sql --force 2>&1', statements)}} | while IFS= read -r line; do
case $line in
'ERROR 2002 '* | 'ERROR 2003 '*) echo 'server down' ;;
'ERROR 1045 '* | 'ERROR 1698 '* | 'ERROR 1130 '*) echo 'server denied' ;;
'ERROR '*) printf '%s\\n' "$line" >&2 ;;
*) printf '%s\\n' "$line" ;;
esac
done | ${filter}\n`;
}

/** What a {@link sqlProbe} met: a server that answers, or why not. */
export type ServerState = 'answers' | 'absent' | 'down' | 'denied';

export function serverState(output: ScriptOutput): ServerState {
  const [, state] = /^server (absent|down|denied)$/m.exec(output.stdout) ?? [];
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
