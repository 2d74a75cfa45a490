import { type Content, content, maskContent, quote } from '../model/index.ts';
import { sqlFunction, sqlInput } from '../platforms/sql-script.ts';
import type { SqlUserOptions, SqlUserStatements } from './sql-user.ts';
import { STATE } from './state.ts';

/**
 * Makes the account. Before that, the SQL that takes it back is kept on the node, once: the first
 * run knows what was there, a second one no more; and the hash of a former password has no
 * business in our journal.
 */
export function sqlUserScript(options: SqlUserOptions, statements: SqlUserStatements): Content {
  const differs = options.adopt
    ? ''
    : `[ "$account" = 'account differs' ] && { echo '@problem changed-meanwhile' >&2; exit 1; }\n`;
  const head = content`umask 077
back=${quote(backPath(options))}
${sqlFunction(options)}`;
  return content`${head}account=$(${sqlInput('sql', statements.ask)}) || exit
${differs}if [ ! -e "$back" ]; then
mkdir -p "\${back%/*}" || exit
if [ "$account" = 'account absent' ]; then printf '%s\\n' ${quote(`DROP USER IF EXISTS ${statements.account};`)}
else
${formerState(statements)}fi >"$back.new" && sync -d "$back.new" && mv "$back.new" "$back" || exit
fi
${sqlInput('sql', statements.make)}`;
}

/** Prints the SQL that brings an account that was there back to its password and its rights. */
function formerState({ account, grant }: SqlUserStatements): Content {
  const revoke = grant.replace(/^GRANT/, 'REVOKE').replace(' TO ', ' FROM ');
  const create = sqlInput(
    'sql',
    [`SHOW CREATE USER ${account};`],
    "| sed 's/^CREATE /ALTER /; s/$/;/'",
  );
  const grants = sqlInput('sql', [`SHOW GRANTS FOR ${account};`], "| sed 's/$/;/'");
  return content`${create}printf '%s\\n' ${quote(revoke)}\n${grants}`;
}

/**
 * Takes back what {@link sqlUserScript} did: only what it noted down that it did. On a server
 * elsewhere an account stays: the journal, which has this script, must not hold the password.
 */
export function sqlUserUndoScript(options: SqlUserOptions): string {
  const back = quote(backPath(options));
  const forget = `rm -f ${back}
rmdir --ignore-fail-on-non-empty ${quote(`${STATE}/sql`)} ${quote(STATE)}
`;
  if (options.server) return `[ -e ${back} ] || exit 0\n${forget}`;
  return `[ -e ${back} ] || exit 0
${maskContent(sqlFunction(options))}sql --force <${back} || exit
${forget}`;
}

/** Hosts are addresses and users are ours: nothing in the name can leave the folder. */
function backPath({ user, host }: SqlUserOptions): string {
  return `${STATE}/sql/${user}@${host}`;
}
