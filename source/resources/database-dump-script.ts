import { type Content, content, quote, sqlString } from '../model/index.ts';
import { connection, sqlFunction, sqlInput } from '../platforms/sql-script.ts';
import type { DatabaseDumpOptions } from './database-dump.ts';
import { leaveNote } from './database-notes.ts';

/**
 * Writes the dump beside its name, and renames it when it is whole: a dump that lacks its end looks
 * like one until the day it is needed. The accounts and their rights stand at its end as comments:
 * whoever reads the dump back into a server does not change its accounts by that.
 */
export function dumpScript(options: DatabaseDumpOptions, file: string): Content {
  const { database, session, server, unit } = options;
  const flags = '--single-transaction --routines --triggers --events --hex-blob';
  const start = server
    ? ''
    : `systemctl is-active --quiet ${quote(unit)} || systemctl start ${quote(unit)} || exit\n`;
  return content`set -o pipefail
umask 077
file=${quote(file)}
install -d -m 0700 "\${file%/*}" || exit
${sqlFunction(options)}dump=$(type -P mariadb-dump || type -P mysqldump) || { echo '@problem dump-tool-missing' >&2; exit 1; }
${start}"$dump"${connection(options)} ${flags} --default-character-set=utf8mb4 --databases ${quote(database)} >"$file.new" || { rm -f "$file.new"; exit 1; }
grep -q '^-- Dump completed' <(tail -n 3 "$file.new") || { rm -f "$file.new"; echo '@problem dump-broken' >&2; exit 1; }
${accounts(options)}sync -d "$file.new" && mv "$file.new" "$file" || exit
${leaveNote(database, 'dumped', session)}`;
}

function accounts({ user }: DatabaseDumpOptions): Content {
  const named = "CONCAT(QUOTE(User), '@', QUOTE(Host))";
  const list = `SELECT CONCAT('SHOW CREATE USER ', ${named}, '; SHOW GRANTS FOR ', ${named}, ';') FROM mysql.user WHERE User = ${sqlString(user)};`;
  return content`asked=$(${sqlInput('sql', [list])}) || { rm -f "$file.new"; exit 1; }
{ [ -z "$asked" ] || sql <<<"$asked" | sed 's/^/-- /; s/$/;/'; } >>"$file.new" || { rm -f "$file.new"; exit 1; }
`;
}
