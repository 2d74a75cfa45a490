import { type Content, content, quote, sqlIdentifier, triggersOf } from '../model/index.ts';
import { connection, sqlFunction, sqlInput } from '../platforms/sql-script.ts';
import { leaveNote } from './database-notes.ts';
import type { SchemaOptions } from './schema.ts';
import { rowsQuery, tablesQuery } from './schema-probe.ts';

/**
 * Looks again before it imports: the probe may have met a server that was not running, and a table
 * with a row in it ends everything.
 *
 * @param sql the schema without what destroys: see `importableSchema`
 * @param kept empty tables of a half import, over which `sql` is to be completed
 */
export function importScript(
  options: SchemaOptions,
  sql: string,
  kept: readonly string[],
): Content {
  const { client, database, tables, session = '' } = options;
  const create = `CREATE DATABASE IF NOT EXISTS ${sqlIdentifier(database)} CHARACTER SET utf8mb4;`;
  const names = sqlInput('sql', [tablesQuery(options)], "| sed -n 's/^table //p'");
  return content`set -o pipefail
umask 077
${sqlFunction(options)}imported() {
${leaveNote(database, 'imported', session)}}
names=$(${names}) || exit
found=0
for name in $names; do found=$((found + 1)); done
if [ "$found" -eq ${tables.length} ]; then imported; exit; fi
[ "$found" -eq ${kept.length} ] || { echo '@problem changed-meanwhile' >&2; exit 1; }
${kept.length > 0 ? stillEmpty(database, kept) : ''}${sqlInput('sql', [create])}[ $? -eq 0 ] || exit 1
${kept.length > 0 ? dropTriggers(database, sql) : ''}printf '%s' ${quote(sql)} | ${quote(client)}${connection(options)} --default-character-set=utf8 ${quote(database)} || exit
imported
`;
}

/** Each table by its own answer: one that could not be asked is not empty. */
function stillEmpty(database: string, kept: readonly string[]): Content {
  const queries = kept.map((table) => rowsQuery(database, table)).join('\n');
  const answers = kept.map((table) => `rows ${table} 0`).join('\n');
  return content`rows=$(${sqlInput('sql', [queries])}) || exit
[ "$rows" = ${quote(answers)} ] || { echo '@problem changed-meanwhile' >&2; exit 1; }
`;
}

/** A trigger holds no data, and not every server takes `IF NOT EXISTS` for one. */
function dropTriggers(database: string, sql: string): Content {
  const drops = triggersOf(sql).map(
    (name) => `DROP TRIGGER IF EXISTS ${sqlIdentifier(database)}.${sqlIdentifier(name)};`,
  );
  return content`${sqlInput('sql', [drops.join('\n')])}[ $? -eq 0 ] || exit 1\n`;
}
