import { type Content, content, quote, type ScriptOutput } from '../model/index.ts';

/** Ends the SQL of a here-document. No string of SQL can contain it: they have no line of their own. */
const END = 'IAMHA_SQL';

/** Where the distributions' packages keep the data: what is not there was never started. */
const SYSTEM_TABLES = '/var/lib/mysql/mysql';

/**
 * Bash that defines `sql`: runs the SQL on its standard input as MariaDB's root, by the unix
 * socket, and prints rows without their names.
 * @param client the client's name on the PATH: `mariadb`, or `mysql` on older distributions
 */
export function sqlFunction(client: string): string {
  return `sql() { ${quote(client)} --batch --skip-column-names --raw --default-character-set=utf8mb4 "$@"; }\n`;
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
 * A read-only script that asks MariaDB as root; it prints what the rows say, or a line
 * `server absent|down|denied`.
 * @param filter bash that reads the client's lines (also its errors) and prints what may leave the node
 */
export function sqlProbe(client: string, statements: Content, filter = 'cat'): Content {
  const head = `command -v ${quote(client)} >/dev/null && [ -d ${SYSTEM_TABLES} ] || { echo 'server absent'; exit 0; }
${sqlFunction(client)}{
`;
  return content`${head}${sqlInput('sql --force 2>&1', statements)}} | while IFS= read -r line; do
case $line in
'ERROR 2002 '* | 'ERROR 2003 '*) echo 'server down' ;;
'ERROR 1045 '* | 'ERROR 1698 '*) echo 'server denied' ;;
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
