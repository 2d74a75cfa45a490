import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  sqlString,
  type Verdict,
} from '../model/index.ts';
import { type SqlAccess, sqlProbe } from '../platforms/sql-script.ts';
import { mariadbCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

export interface DatabaseTables extends SqlAccess {
  readonly node: NodeName;
  readonly database: string;
  readonly tables: readonly string[];
  /** Without them nothing says so: a user's policies and secrets outlive the user. */
  readonly triggers?: readonly string[];
}

/** Every table of the schema is there, and every trigger, by whoever they were made. */
export function databaseTablesCheck(options: DatabaseTables): Check {
  const { node, database } = options;
  const made = `SELECT CONCAT('trigger ', trigger_name) FROM information_schema.triggers WHERE trigger_schema = ${sqlString(database)};`;
  const query = `SELECT CONCAT('table ', table_name) FROM information_schema.tables WHERE table_schema = ${sqlString(database)};`;
  return {
    id: `database-tables/${node}`,
    node,
    title: message('check-database-tables', { node, database }),
    measurements: [onNode(node, sqlProbe(options, [`${query}\n${made}\nSELECT 'end';`]))],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [...mariadbCauses(node), appliedCheckId(node, `schema:${database}`)],
    deadlineMs: 10_000,
    seeForYourself: `mariadb -e 'SHOW TABLES' ${database}`,
  };
}

function judge(
  { node, database, tables, triggers = [] }: DatabaseTables,
  measured: Measured | undefined,
): Verdict {
  const output = exited(measured);
  if (!output || !/^end$/m.test(output.stdout)) return notMeasured(measured);
  const found = new Set([...output.stdout.matchAll(/^table (.+)$/gm)].map(([, name]) => name));
  const missing = tables.filter((table) => !found.has(table));
  const params = {
    database,
    count: tables.length,
    found: [...found].join(', '),
    missing: missing.join(', '),
  };
  const named = new Set(
    [...output.stdout.matchAll(/^trigger (.+)$/gm)].map(([, name = '']) => name.toLowerCase()),
  );
  const lacking = triggers.filter((name) => !named.has(name.toLowerCase()));
  if (missing.length === 0 && lacking.length > 0)
    return failed(
      problem('schema-triggers-missing', { ...params, missing: lacking.join(', ') }, { node }),
    );
  if (missing.length === 0) return passed(message('schema-present', params));
  const code = missing.length === tables.length ? 'schema-missing' : 'schema-incomplete';
  return failed(problem(code, params, { node }));
}
