import { ports } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  type Content,
  content,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Secret,
  sqlString,
  type Verdict,
} from '../model/index.ts';
import { GREETING_SECONDS, LIMITED } from '../platforms/limited.ts';
import {
  MARIADB,
  optionFile,
  SILENT,
  type SqlServer,
  sqlProbe,
  TLS_WHERE_POSSIBLE,
} from '../platforms/sql-script.ts';
import { mariadbCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { readTalks, TALK } from './tcp-talk.ts';

export interface DatabaseLogin {
  readonly from: { readonly name: NodeName; readonly address: string };
  /** The node that has MariaDB, or from which one elsewhere is managed; and MariaDB's address. */
  readonly data: { readonly name: NodeName; readonly address: string };
  readonly port?: number;
  /** The clients' names on the two nodes. */
  readonly client: string;
  readonly dataClient: string;
  /** Set where MariaDB is no node's of ours. */
  readonly server?: SqlServer;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
}

/** A node can log in to MariaDB over TCP with the very credentials that its services use. */
export function databaseLoginCheck(login: DatabaseLogin): Check {
  const { from, data, user, database } = login;
  return {
    id: `database-login/${from.name}`,
    node: from.name,
    title: message('check-database-login', { node: from.name, data: placeOf(login) }),
    measurements: [onNode(from.name, loginScript(login)), onNode(data.name, accountScript(login))],
    judge: ([said, account]) => judge(login, said, account),
    explainedBy: [
      ...mariadbCauses(data.name),
      appliedCheckId(data.name, `schema:${database}`),
      appliedCheckId(from.name, 'packages:database'),
    ],
    deadlineMs: 20_000,
    seeForYourself: `mariadb -h ${data.address} -u ${user} -p ${database}`,
  };
}

/** What people call the place where MariaDB is. */
function placeOf({ data, server }: DatabaseLogin): string {
  return server ? data.address : data.name;
}

/**
 * As the services do it: without TLS, which IAM's driver is never told to use. MySQL 8 lets its own
 * kind of account in without TLS only after its public key was fetched: IAM's driver does that,
 * MariaDB's client does not; then TLS proves the password. Why nothing answers, the client does not
 * tell on every version: then the port itself is asked.
 */
function loginScript(login: DatabaseLogin): Content {
  const { client, data, database, user, password, port = ports.mariadb } = login;
  const options = `--batch --skip-column-names --connect-timeout=${GREETING_SECONDS} --protocol=tcp -h ${data.address} -P ${port}`;
  return content`${TALK}${LIMITED}command -v ${quote(client)} >/dev/null || { echo 'no client'; exit 0; }
login() {
limited ${MARIADB} ${quote(client)} --defaults-file=<(printf '%s\\n' ${optionFile(user, password)}) ${options} "$@" ${quote(database)} <<'IAMHA_SQL' 2>&1
SELECT CONCAT('tables ', COUNT(*)) FROM information_schema.tables WHERE table_schema = ${sqlString(database)};
IAMHA_SQL
[ $? != 124 ] || echo silent
}
said=$(login --skip-ssl)
case $said in *'ERROR 2061 '*'secure connection'*) said=$(login ${TLS_WHERE_POSSIBLE}) ;; esac
printf '%s\\n' "$said"
case \${said##*$'\\n'} in
${SILENT}) note_silent ${MARIADB} ;;
'ERROR 2002 '* | 'ERROR 2003 '*) talk ${data.address} ${port} </dev/null ;;
esac
`;
}

/**
 * Whether the account exists: a server that also has accounts for every host does not say so. Nor
 * does it say that an account wants TLS: that is the same "access denied".
 */
function accountScript({ dataClient, server, user, from }: DatabaseLogin): Content {
  const where = `User = ${sqlString(user)} AND Host = ${sqlString(from.address)}`;
  return sqlProbe({ client: dataClient, ...(server && { server }) }, [
    `SELECT CONCAT('account ', COUNT(*)) FROM mysql.user WHERE ${where};
SELECT CONCAT('tls ', COUNT(*)) FROM mysql.user WHERE ${where} AND ssl_type <> '';`,
  ]);
}

function judge(
  login: DatabaseLogin,
  said: Measured | undefined,
  account: Measured | undefined,
): Verdict {
  const output = exited(said);
  if (!output || output.stdout.startsWith('no client')) return notMeasured(said);
  const tables = /^tables (\d+)$/m.exec(output.stdout)?.[1];
  const { from, data, user, database } = login;
  const params = {
    account: `${user}@${from.address}`,
    host: from.address,
    from: from.name,
    database,
  };
  if (tables !== undefined) {
    return passed(message('database-login-ok', { ...params, tables: Number(tables) }));
  }
  const found = codeOf(output.stdout, exited(account)?.stdout ?? '');
  const isAway = found === 'database-not-listening' || found === 'database-blocked';
  const code = login.server && isAway ? 'database-server-away' : found;
  // What is elsewhere is no node's to be mended: then the one that cannot reach it is named.
  const node = login.server ? from.name : data.name;
  const where = { node, detail: output.stdout.trim() };
  const address = `${data.address}:${login.port ?? ports.mariadb}`;
  return failed(problem(code, { ...params, address, data: placeOf(login) }, where));
}

function codeOf(said: string, account: string): string {
  if (/^silent$|^ERROR 2002 .* \(11\)/m.test(said)) return 'database-silent';
  const error = /ERROR (\d+) /.exec(said)?.[1];
  switch (error) {
    case '1130':
    case '1044':
      return 'database-host-denied';
    case '1045':
      if (/^tls [1-9]/m.test(account)) return 'database-account-tls';
      return /^account 0$/m.test(account) ? 'database-host-denied' : 'database-wrong-password';
    case '1049':
      return 'schema-missing';
    case '3159':
      return 'database-tls-required';
    case '2006':
    case '2013':
      return 'database-silent';
    case '2002':
    case '2003':
      return readTalks(said)[0]?.kind === 'refused' ? 'database-not-listening' : 'database-blocked';
    default:
      return 'database-login-failed';
  }
}
