import {
  type Content,
  content,
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  sqlString,
} from '../model/index.ts';
import {
  ASK_TLS,
  requiresTls,
  type SqlAccess,
  serverState,
  sqlProbe,
} from '../platforms/sql-script.ts';
import { dumpScript } from './database-dump-script.ts';
import { forgetNote, printNotes, readNotes } from './database-notes.ts';
import { settled, unreadable } from './planned.ts';
import { serverAddress, serverRefusal } from './sql-refusal.ts';

/**
 * Where dumps lie on the node, mode 0700. Not in our own folder: an undo takes that back, and a dump
 * must outlive it.
 */
export const DUMPS = '/var/backups/iam-ha-wizard';

/** A copy of a database that was there before us, made once, before anything else touches it. */
export interface DatabaseDumpOptions extends SqlAccess {
  /** Where MariaDB runs, or from where it is reached. */
  readonly node: NodeName;
  readonly database: string;
  /** The account of the services: what it may is written down, too. */
  readonly user: string;
  /** The session's id. What it imported or dumped itself it need not dump. */
  readonly session: string;
  /** The unit of a server of the node's own, which is started for the dump if need be. */
  readonly unit: string;
  readonly explainedBy?: readonly string[];
}

/** A dump of tens of gigabytes on a slow disk. */
const DUMP_TIMEOUT_MS = 3_600_000;
/** As text a row can be longer than it is on the disk; and a disk is never filled to its end. */
const TEXT_PER_BYTE = 1.5;
const SPARE_BYTES = 16 << 20;

/** The resource `dump:DATABASE`. */
export function databaseDump(options: DatabaseDumpOptions): Resource {
  return {
    id: `dump:${options.database}`,
    node: options.node,
    probe: probe(options),
    plan: (output) => {
      const server = serverState(output);
      if (server === 'answers' && !/^tables \d/m.test(output.stdout))
        return unreadable(options.node, `dump:${options.database}`, output.stderr);
      return planDump(options, server, output.stdout);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function probe(options: DatabaseDumpOptions): Content {
  const { database, server } = options;
  const where = `FROM information_schema.tables WHERE table_schema = ${sqlString(database)}`;
  const asked = `SELECT CONCAT('tables ', COUNT(*)), CONCAT('bytes ', COALESCE(SUM(data_length + index_length), 0)) ${where};`;
  const folder = server ? '' : `[ ! -d ${quote(`/var/lib/mysql/${database}`)} ] || echo folder\n`;
  const disk = `echo "free $(df -B1 --output=avail /var | tail -n 1)"\ndate -u '+now %Y%m%dT%H%M%SZ'\n`;
  return content`${printNotes(database)}${folder}${disk}${sqlProbe(options, [`${asked}\n${ASK_TLS}`], "tr '\\t' '\\n'")}`;
}

function planDump(
  options: DatabaseDumpOptions,
  server: ReturnType<typeof serverState>,
  stdout: string,
): Planned {
  const { node, database, session } = options;
  const params = { database, folder: DUMPS };
  const away = serverRefusal(options, server, params) ?? tlsRefusal(options, stdout);
  if (away) return away;
  if ([...readNotes(stdout).values()].includes(session)) return settled('dump-not-needed', params);
  const number = (name: string) =>
    Number(new RegExp(`^${name}\\s+(\\d+)$`, 'm').exec(stdout)?.[1] ?? 0);
  const isThere =
    server === 'answers' ? number('tables') > 0 : server === 'down' && /^folder$/m.test(stdout);
  if (!isThere) return settled('dump-nothing', params);
  const need = Math.ceil(number('bytes') * TEXT_PER_BYTE) + SPARE_BYTES;
  if (need > number('free')) {
    const sizes = { ...params, need: megabytes(need), free: megabytes(number('free')) };
    return { kind: 'refused', problem: problem('dump-no-space', sizes, { node }) };
  }
  const now = /^now (\w+)$/m.exec(stdout)?.[1] ?? 'unknown';
  return change(options, `${DUMPS}/${database}-${now}.sql`);
}

/** Said here because nothing of the database is touched before its dump. */
function tlsRefusal({ node, server }: DatabaseDumpOptions, stdout: string): Planned | undefined {
  if (!requiresTls(stdout)) return undefined;
  const address = serverAddress(server);
  const found = problem('database-tls-required', { address }, { ...server?.where, node });
  return { kind: 'refused', problem: found };
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / (1 << 20));
}

function change(options: DatabaseDumpOptions, file: string): Planned {
  const { node, database } = options;
  const params = { database, file };
  return {
    kind: 'change',
    change: {
      parts: [
        { resource: `dump:${database}`, summary: message('dump-made', params), effect: 'none' },
      ],
      actions: [
        { kind: 'script', node, script: dumpScript(options, file), timeoutMs: DUMP_TIMEOUT_MS },
      ],
      undo: [
        { kind: 'script', resource: 'note:dumped', script: forgetNote(database, 'dumped') },
        { kind: 'keep', resource: `file:${file}` },
      ],
      drift: problem('dump-due', params, { node }),
    },
  };
}
