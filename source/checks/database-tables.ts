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
import { sqlProbe } from '../platforms/sql-script.ts';
import { mariadbCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

export interface DatabaseTables {
  readonly node: NodeName;
  readonly client: string;
  readonly database: string;
  readonly tables: readonly string[];
}

/** Every table of the schema is there. */
export function databaseTablesCheck(options: DatabaseTables): Check {
  const { node, client, database } = options;
  const query = `SELECT CONCAT('table ', table_name) FROM information_schema.tables WHERE table_schema = ${sqlString(database)};`;
  return {
    id: `database-tables/${node}`,
    node,
    title: message('check-database-tables', { node, database }),
    measurements: [onNode(node, sqlProbe(client, [`${query}\nSELECT 'end';`]))],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [...mariadbCauses(node), appliedCheckId(node, `schema:${database}`)],
    deadlineMs: 10_000,
    seeForYourself: `mariadb -e 'SHOW TABLES' ${database}`,
  };
}

function judge(
  { node, database, tables }: DatabaseTables,
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
  if (missing.length === 0) return passed(message('schema-present', params));
  const code = missing.length === tables.length ? 'schema-missing' : 'schema-incomplete';
  return failed(problem(code, params, { node }));
}
