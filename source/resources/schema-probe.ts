import {
  type Content,
  content,
  IAM_TABLES,
  joinContent,
  sqlIdentifier,
  sqlString,
} from '../model/index.ts';
import { sqlProbe } from '../platforms/sql-script.ts';
import { printNotes, readNotes } from './database-notes.ts';
import type { SchemaOptions } from './schema.ts';

/** What a database has of a schema. */
export interface Seen {
  /** Of the schema's tables. */
  readonly tables: readonly string[];
  /** Those of them that the server has counted, and found without a row. */
  readonly empty: readonly string[];
  /** Tables that are not the schema's. */
  readonly others: readonly string[];
  /** Columns that a table of the schema lacks, as `table.column`. */
  readonly strange: readonly string[];
  /** What was noted down about it on the node. */
  readonly notes: ReadonlyMap<string, string>;
}

/** A read-only script that finds out what {@link readSeen} reads. */
export function schemaProbe(options: SchemaOptions): Content {
  const { database, tables } = options;
  const rows = tables.map((table) => [rowsQuery(database, table)]);
  const asked = joinContent([[tablesQuery(options)], [columnsQuery(options)], ...rows], '\n');
  return content`${printNotes(database)}${sqlProbe(options, asked)}`;
}

/** `table NAME` for each table of the schema, `other NAME` for each that is not the schema's. */
export function tablesQuery({ database, tables }: SchemaOptions): string {
  const names = tables.map(sqlString).join(', ');
  return `SELECT CONCAT(IF(table_name IN (${names}), 'table ', 'other '), table_name) FROM information_schema.tables WHERE table_schema = ${sqlString(database)} ORDER BY 1;`;
}

/** `rows NAME 0|1`; an error where there is no such table: that is not taken for an empty one. */
export function rowsQuery(database: string, table: string): string {
  const name = `${sqlIdentifier(database)}.${sqlIdentifier(table)}`;
  return `SELECT CONCAT('rows ${table} ', COUNT(*)) FROM (SELECT 1 FROM ${name} LIMIT 1) AS one;`;
}

function columnsQuery({ database, tables }: SchemaOptions): string {
  const names = tables.map(sqlString).join(', ');
  return `SELECT CONCAT('column ', table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = ${sqlString(database)} AND table_name IN (${names});`;
}

/** @param stdout what {@link schemaProbe} printed */
export function readSeen({ tables: wanted }: SchemaOptions, stdout: string): Seen {
  const all = (pattern: RegExp) => [...stdout.matchAll(pattern)].map(([, name = '']) => name);
  const tables = all(/^table (.+)$/gm);
  const columns = new Set(all(/^column (.+)$/gm));
  return {
    tables,
    empty: all(/^rows (.+) 0$/gm).filter((table) => tables.includes(table)),
    others: all(/^other (.+)$/gm),
    strange: wanted
      .filter((table) => tables.includes(table))
      .flatMap((table) => (IAM_TABLES[table] ?? []).map((column) => `${table}.${column}`))
      .filter((column) => !columns.has(column)),
    notes: readNotes(stdout),
  };
}
