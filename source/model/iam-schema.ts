/** The tables of IAM v1.6, with the columns that its services name in their SQL. */
export const IAM_TABLES: Readonly<Record<string, readonly string[]>> = {
  policy: [
    ...['id', 'instanceID', 'name', 'username', 'policyShadow', 'extendShadow'],
    ...['createdAt', 'updatedAt'],
  ],
  policy_audit: [
    ...['id', 'instanceID', 'name', 'username', 'policyShadow', 'extendShadow'],
    ...['createdAt', 'updatedAt', 'deletedAt'],
  ],
  secret: [
    ...['id', 'instanceID', 'name', 'username', 'secretID', 'secretKey', 'expires'],
    ...['description', 'extendShadow', 'createdAt', 'updatedAt'],
  ],
  user: [
    ...['id', 'instanceID', 'name', 'status', 'nickname', 'password', 'email', 'phone', 'isAdmin'],
    ...['extendShadow', 'loginedAt', 'createdAt', 'updatedAt'],
  ],
};

/** What is wrong with a file that should be IAM's schema. */
export type SchemaFault =
  | { readonly code: 'schema-not-iam' }
  /** Tables, and columns as `table.column`, that the services need and the file does not make. */
  | { readonly code: 'schema-wrong-version'; readonly missing: readonly string[] }
  /** A statement that reaches beyond IAM's own tables. */
  | { readonly code: 'schema-unsafe'; readonly statement: string };

const NOT_A_COLUMN = /^(primary|unique|key|index|constraint|foreign|fulltext|spatial|check)$/i;

/**
 * Whether `text` is IAM's schema, of the version that this program can run: read before any node is
 * touched, for half of a wrong one is a database that only a person can repair.
 */
export function schemaFault(text: string, database: string): SchemaFault | undefined {
  const sql = withoutComments(text);
  const tables = tablesOf(sql);
  if (!tables.has('user') && !tables.has('policy') && !tables.has('secret'))
    return { code: 'schema-not-iam' };
  const statement = unsafeStatement(sql, database, tables);
  if (statement !== undefined) return { code: 'schema-unsafe', statement };
  const missing = Object.entries(IAM_TABLES).flatMap(([table, columns]) => {
    const found = tables.get(table);
    if (!found) return [table];
    return columns.filter((one) => !found.includes(one)).map((one) => `${table}.${one}`);
  });
  return missing.length > 0 ? { code: 'schema-wrong-version', missing } : undefined;
}

/** By table: its columns, as `CREATE TABLE` names them. */
function tablesOf(sql: string): ReadonlyMap<string, readonly string[]> {
  const created =
    /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:`?\w+`?\.)?`?(\w+)`?\s*\(([\s\S]*?)\n\s*\)/gi;
  return new Map(
    [...sql.matchAll(created)].map(([, table = '', body = '']) => [
      table,
      body.split('\n').flatMap((line) => {
        const [, name = ''] = /^\s*`?(\w+)`?\s+\w/.exec(line) ?? [];
        return name && !NOT_A_COLUMN.test(name) ? [name] : [];
      }),
    ]),
  );
}

/** A statement of the file that drops or enters what is not IAM's. */
function unsafeStatement(
  sql: string,
  database: string,
  tables: ReadonlyMap<string, unknown>,
): string | undefined {
  const dropped = /^\s*(DROP\s+(DATABASE|SCHEMA|USER)\b[^;\n]*)/im.exec(sql)?.[1];
  if (dropped) return dropped;
  const entered =
    /^\s*((?:USE|CREATE\s+(?:DATABASE|SCHEMA)(?:\s+IF\s+NOT\s+EXISTS)?)\s+`?(\w+)`?)/gim;
  const other = [...sql.matchAll(entered)].find(([, , name]) => name !== database);
  if (other?.[1]) return other[1].trim();
  const drops = [...sql.matchAll(/^\s*(DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?([^;]+))/gim)];
  const foreign = drops.find(([, , list = '']) =>
    list.split(',').some((one) => {
      const [, inside, name = ''] = /^\s*(?:`?(\w+)`?\.)?`?(\w+)`?/.exec(one) ?? [];
      return !tables.has(name) || (inside !== undefined && inside !== database);
    }),
  );
  return foreign?.[1]?.trim();
}

/** Comments go; what servers run of them (those that begin with `!`) stays. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/^\s*(--|#).*$/gm, '')
    .replaceAll(/\/\*!\d*\s?([\s\S]*?)\*\//g, '$1')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '');
}

/**
 * The schema so that it can destroy nothing: nothing is dropped, and a table that is there ends the
 * import. What is asked before an import may have changed when it runs; this holds even then.
 *
 * @param how `complete`: over the empty tables of a half import, which are kept as they are
 */
export function importableSchema(text: string, how: 'first' | 'complete' = 'first'): string {
  const harmless = text.replaceAll(/^([ \t]*)DROP\s+TABLE\b[^;]*;/gim, '$1');
  const create = how === 'first' ? 'CREATE TABLE ' : 'CREATE TABLE IF NOT EXISTS ';
  return harmless.replaceAll(/\bCREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?/gi, create);
}

/** The names of the triggers that the schema makes. */
export function triggersOf(text: string): readonly string[] {
  const made =
    /\bTRIGGER\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:`?\w+`?\.)?`?(\w+)`?\s+(?:BEFORE|AFTER)\b/gi;
  return [...withoutComments(text).matchAll(made)].map(([, name = '']) => name);
}
