import {
  type Action,
  importableSchema,
  message,
  type NodeName,
  type Planned,
  problem,
  type Resource,
  type UndoStep,
} from '../model/index.ts';
import { type SqlAccess, serverState } from '../platforms/sql-script.ts';
import { forgetNote } from './database-notes.ts';
import { settled, unreadable } from './planned.ts';
import { readSeen, type Seen, schemaProbe } from './schema-probe.ts';
import { importScript } from './schema-script.ts';
import { serverRefusal } from './sql-refusal.ts';

/** A database with its tables, imported once and never again. */
export interface SchemaOptions extends SqlAccess {
  /** Where MariaDB runs, or from where it is reached. */
  readonly node: NodeName;
  readonly database: string;
  /** The schema's own tables: one of them with a row is enough for never importing. */
  readonly tables: readonly string[];
  /**
   * The SQL as it came. It drops tables before it creates them: it is never run like that. Null:
   * nobody has given it, so the tables must be there.
   */
  readonly schema: string | null;
  /** The session's id, for the note that is left on the node. */
  readonly session?: string;
  /** Whether tables that are not IAM's may stand in the same database. */
  readonly adopt?: boolean;
  readonly explainedBy?: readonly string[];
}

/** A file of a thousand tables takes seconds; a slow disk ten times that. */
const IMPORT_TIMEOUT_MS = 300_000;

/**
 * An error other than that of a table or database that is not there: what was not asked is not
 * missing, and would else be imported.
 */
const UNASKED = /^ERROR (?!1049 |1146 )/m;

/**
 * The resource `schema:DATABASE`. Whether it was imported is asked of the database alone: a journal
 * could be lost, and a second import drops every user, policy and secret.
 */
export function schema(options: SchemaOptions): Resource {
  return {
    id: `schema:${options.database}`,
    node: options.node,
    probe: schemaProbe(options),
    plan: (output) => {
      const server = serverState(output);
      if (server === 'answers' && UNASKED.test(output.stderr))
        return unreadable(options.node, `schema:${options.database}`, output.stderr);
      return planSchema(options, server, readSeen(options, output.stdout));
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function planSchema(
  options: SchemaOptions,
  server: ReturnType<typeof serverState>,
  seen: Seen,
): Planned {
  const { node, database, tables } = options;
  const missing = tables.filter((table) => !seen.tables.includes(table));
  const params = {
    database,
    count: tables.length,
    found: seen.tables.join(', '),
    missing: missing.join(', '),
    others: seen.others.join(', '),
  };
  const refused = (code: string): Planned => ({
    kind: 'refused',
    problem: problem(code, params, { node }),
  });
  const away = serverRefusal(options, server, params);
  if (away) return away;
  if (missing.length === 0) return settled('schema-present', params);
  if (options.schema === null) return refused('schema-not-given');
  // A server that does not run says nothing about its tables: the import looks again.
  if (server === 'down') return change(options, [], 'schema-once-running', params);
  if (seen.tables.length === 0) {
    if (seen.others.length > 0 && !options.adopt) return refused('database-of-others');
    return change(
      options,
      [],
      seen.notes.size > 0 ? 'schema-import-again' : 'schema-import',
      params,
    );
  }
  // Proven empty, table by table, and of this schema's form: nothing can be lost.
  if (seen.empty.length === seen.tables.length && seen.strange.length === 0)
    return change(options, seen.tables, 'schema-complete', params);
  return refused('schema-incomplete');
}

type Summary = 'schema-import' | 'schema-import-again' | 'schema-complete' | 'schema-once-running';

function change(
  options: SchemaOptions,
  kept: readonly string[],
  code: Summary,
  params: Readonly<Record<string, string | number>>,
): Planned {
  const { node, database } = options;
  const id = `schema:${database}`;
  const drift = code === 'schema-import-again' ? 'schema-dropped' : 'schema-missing';
  return {
    kind: 'change',
    change: {
      parts: [{ resource: id, summary: message(code, params), effect: 'none' }],
      actions: [importAction(options, kept)],
      undo: undoOf(database, id),
      drift: problem(drift, params, { node }),
    },
  };
}

/** A long step's script lies in a file while it runs: with a password in it, it is sent instead. */
function importAction(options: SchemaOptions, kept: readonly string[]): Action {
  const { node, server } = options;
  const sql = importableSchema(options.schema ?? '', kept.length > 0 ? 'complete' : 'first');
  const script = importScript(options, sql, kept);
  const timeoutMs = IMPORT_TIMEOUT_MS;
  if (server) return { kind: 'script', node, script, timeoutMs };
  return { kind: 'long', node, name: 'schema', script: script.join(''), timeoutMs };
}

/** The data stays. Only what we noted down goes. */
function undoOf(database: string, resource: string): readonly UndoStep[] {
  return [
    { kind: 'script', resource: 'note:imported', script: forgetNote(database, 'imported') },
    { kind: 'keep', resource },
  ];
}
