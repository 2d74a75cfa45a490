import {
  type Content,
  content,
  maskContent,
  message,
  type NodeName,
  type Params,
  type Planned,
  problem,
  type Resource,
  type Secret,
  sqlAccount,
  sqlIdentifier,
  sqlSecret,
  sqlString,
  type UndoStep,
} from '../model/index.ts';
import {
  addedLines,
  type ServerState,
  type SqlAccess,
  serverState,
  sqlProbe,
} from '../platforms/sql-script.ts';
import { settled, unreadable } from './planned.ts';
import { nativePasswordHash } from './sql-password.ts';
import { serverRefusal } from './sql-refusal.ts';
import { sqlUserScript, sqlUserUndoScript } from './sql-user-script.ts';
import { STATE } from './state.ts';

/** An account of MariaDB with all rights on one database. */
export interface SqlUserOptions extends SqlAccess {
  /** Where MariaDB runs, or from where it is reached. */
  readonly node: NodeName;
  readonly user: string;
  /** From where it may log in. */
  readonly host: string;
  readonly password: Secret;
  readonly database: string;
  /** An account with another password is somebody else's: taken over only with this consent. */
  readonly adopt: boolean;
  readonly explainedBy?: readonly string[];
}

/** What the wizard needs to write the account's SQL. */
export interface SqlUserStatements {
  readonly account: string;
  /** `account same|differs|unproven`, or `account absent`. */
  readonly ask: Content;
  /** Creates it, or brings it to the password and the rights. */
  readonly make: Content;
  /** As `make`, for an account that is already there: also run when it is. */
  readonly grant: string;
}

/** The resource `sql-user:USER@HOST`. */
export function sqlUser(options: SqlUserOptions): Resource {
  const statements = statementsOf(options);
  const grants = `SHOW GRANTS FOR ${statements.account};`;
  return {
    id: `sql-user:${options.user}@${options.host}`,
    node: options.node,
    probe: sqlProbe(options, content`${statements.ask}\n${grants}`, grantsFilter(options)),
    plan: (output) => {
      const account = /^account (same|differs|unproven|absent)$/m.exec(output.stdout)?.[1];
      const server = serverState(output);
      if (server === 'answers' && !account)
        return unreadable(options.node, 'sql-user', output.stderr);
      const granted = /^grants all$/m.test(output.stdout);
      return planUser(options, statements, { server, account: account ?? 'absent', granted });
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function statementsOf(options: SqlUserOptions): SqlUserStatements {
  const { user, host, password, database } = options;
  const account = sqlAccount(user, host);
  const hash = sqlSecret(nativePasswordHash(password));
  // MySQL has no column `Password`, and takes this kind of comment for a comment.
  const stored = "COALESCE(NULLIF(authentication_string, '') /*M! , Password */)";
  // A salted hash, MySQL's default, cannot be compared: only a log-in proves such a password.
  const salted = "MAX(plugin IN ('caching_sha2_password', 'sha256_password'))";
  const grant = `GRANT ALL PRIVILEGES ON ${sqlIdentifier(database)}.* TO ${account};`;
  return {
    account,
    grant,
    ask: content`SELECT CONCAT('account ', IF(COUNT(*) = 0, 'absent', IF(MAX(${stored}) = ${hash}, 'same', IF(${salted}, 'unproven', 'differs')))) FROM mysql.user WHERE User = ${sqlString(user)} AND Host = ${sqlString(host)};`,
    make: content`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${sqlSecret(password)};\nALTER USER ${account} IDENTIFIED BY ${sqlSecret(password)};\n${grant}`,
  };
}

/** The grants' own lines hold the password's hash: only this word about them leaves the node. */
function grantsFilter({ database }: SqlUserOptions): string {
  const all = `'GRANT ALL PRIVILEGES ON ${sqlIdentifier(database)}.* TO '`;
  return `while IFS= read -r line; do case $line in ${all}*) echo 'grants all' ;; GRANT*) ;; *) printf '%s\\n' "$line" ;; esac; done`;
}

interface Seen {
  readonly server: ServerState;
  readonly account: string;
  readonly granted: boolean;
}

function planUser(options: SqlUserOptions, statements: SqlUserStatements, seen: Seen): Planned {
  const params = { account: `${options.user}@${options.host}`, database: options.database };
  const refuse = (code: string): Planned => ({
    kind: 'refused',
    problem: problem(code, params, { node: options.node }),
  });
  const away = serverRefusal(options, seen.server, params);
  if (away) return away;
  if (seen.account === 'differs' && !options.adopt)
    return refuse('database-account-password-differs');
  if (seen.account === 'same' && seen.granted) return settled('sql-user-right', params);
  if (seen.account === 'unproven' && seen.granted) return settled('sql-user-unproven', params);
  return change(options, statements, params, seen.account);
}

function change(
  options: SqlUserOptions,
  statements: SqlUserStatements,
  params: Params,
  account: string,
): Planned {
  const id = `sql-user:${options.user}@${options.host}`;
  const codes: Readonly<Record<string, string>> = {
    same: 'sql-user-grant',
    unproven: 'sql-user-grant',
    differs: 'sql-user-adopt',
  };
  const summary = message(codes[account] ?? 'sql-user-create', params);
  const sql = codes[account] === 'sql-user-grant' ? [statements.grant] : statements.make;
  const drift =
    account === 'differs' ? 'database-account-password-differs' : 'database-host-denied';
  return {
    kind: 'change',
    change: {
      parts: [{ resource: id, summary, diff: addedLines(maskContent(sql)), effect: 'none' }],
      actions: [
        {
          kind: 'script',
          node: options.node,
          script: sqlUserScript(options, statements),
          timeoutMs: 60_000,
        },
      ],
      undo: undoOf(options, id),
      drift: problem(drift, { ...params, host: options.host }, { node: options.node }),
    },
  };
}

/** An account on a server elsewhere stays, and is said to. */
function undoOf(options: SqlUserOptions, resource: string): readonly UndoStep[] {
  const script = sqlUserUndoScript(options);
  if (!options.server) return [{ kind: 'script', resource, script }];
  const note = `file:${STATE}/sql`;
  return [
    { kind: 'script', resource: note, script },
    { kind: 'keep', resource },
  ];
}
