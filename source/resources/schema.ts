import {
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  sqlIdentifier,
  sqlString,
} from '../model/index.ts';
import {
  type ServerState,
  serverState,
  sqlFunction,
  sqlInput,
  sqlProbe,
} from '../platforms/sql-script.ts';
import { settled } from './planned.ts';

/** A database with its tables, imported once and never again. */
export interface SchemaOptions {
  /** Where MariaDB runs. */
  readonly node: NodeName;
  /** The client's name on that node. */
  readonly client: string;
  readonly database: string;
  /** The schema's own tables: one of them is enough for never importing. */
  readonly tables: readonly string[];
  /** The SQL. It drops tables before it creates them. */
  readonly schema: string;
  readonly explainedBy?: readonly string[];
}

/** A file of a thousand tables takes seconds; a slow disk ten times that. */
const IMPORT_TIMEOUT_MS = 300_000;

/**
 * The resource `schema:DATABASE`. Whether it was imported is asked of the database alone: a journal
 * could be lost, and a second import drops every user, policy and secret.
 */
export function schema(options: SchemaOptions): Resource {
  return {
    id: `schema:${options.database}`,
    node: options.node,
    probe: sqlProbe(options.client, [tablesQuery(options)]),
    plan: (output) => {
      const found = [...output.stdout.matchAll(/^table (.+)$/gm)].map(([, name]) => name ?? '');
      return planSchema(options, serverState(output), found);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function tablesQuery({ database, tables }: SchemaOptions): string {
  const names = tables.map(sqlString).join(', ');
  return `SELECT CONCAT('table ', table_name) FROM information_schema.tables WHERE table_schema = ${sqlString(database)} AND table_name IN (${names});`;
}

function planSchema(
  options: SchemaOptions,
  server: ServerState,
  found: readonly string[],
): Planned {
  const { node, database, tables } = options;
  const missing = tables.filter((table) => !found.includes(table));
  const params = {
    database,
    count: tables.length,
    found: found.join(', '),
    missing: missing.join(', '),
  };
  const refused = (code: string): Planned => ({
    kind: 'refused',
    problem: problem(code, params, { node }),
  });
  if (server === 'denied') return refused('database-root-denied');
  if (missing.length === 0) return settled('schema-present', params);
  if (found.length > 0) return refused('schema-incomplete');
  const id = `schema:${database}`;
  return {
    kind: 'change',
    change: {
      parts: [{ resource: id, summary: message('schema-import', params), effect: 'none' }],
      actions: [
        {
          kind: 'long',
          node,
          name: 'schema',
          script: importScript(options),
          timeoutMs: IMPORT_TIMEOUT_MS,
        },
      ],
      undo: [{ kind: 'keep', resource: id }],
      drift: problem('schema-missing', params, { node }),
    },
  };
}

/** Looks again before it imports: the probe may have met a server that was not running. */
function importScript(options: SchemaOptions): string {
  const { client, database, schema: text } = options;
  const create = `CREATE DATABASE IF NOT EXISTS ${sqlIdentifier(database)} CHARACTER SET utf8mb4;`;
  const ask = `found=$(${sqlInput('sql', [tablesQuery(options)], '| wc -l').join('')}) || exit`;
  return `set -o pipefail
${sqlFunction(client)}${ask}
[ "$found" -eq ${options.tables.length} ] && exit 0
[ "$found" -eq 0 ] || { echo '@problem changed-meanwhile' >&2; exit 1; }
${sqlInput('sql', [create]).join('')}printf '%s' ${quote(text)} | ${quote(client)} --default-character-set=utf8 ${quote(database)}
`;
}
