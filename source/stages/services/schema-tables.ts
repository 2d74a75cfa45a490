import {
  type Content,
  content,
  mapSecret,
  type NodeName,
  quote,
  type Secret,
  sqlString,
} from '../../model/index.ts';
import { GREETING_SECONDS, LIMITED } from '../../platforms/limited.ts';
import { MARIADB } from '../../platforms/sql-script.ts';

/** Where IAM's tables are, as a node's services log in there. */
export interface SchemaPlace {
  /** Where the database runs. */
  readonly node: NodeName;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
  /** The client's name on the node that asks. */
  readonly client: string;
}

/**
 * Bash that prints `tables N` when the services' own account can see IAM's `user` table or not;
 * nothing where there is no client, no server or no account yet.
 */
export function tablesScript(place: SchemaPlace): Content {
  const { client, host, port, database } = place;
  const where = `table_schema = ${sqlString(database)} AND table_name = 'user'`;
  return content`${LIMITED}command -v ${quote(client)} >/dev/null && limited ${MARIADB} ${quote(client)} --defaults-extra-file=<(printf '%s' ${options(place)}) --batch --skip-column-names --connect-timeout=${GREETING_SECONDS} --protocol=tcp --skip-ssl -h ${quote(host)} -P ${port} 2>/dev/null <<'IAMHA_SQL'
SELECT CONCAT('tables ', COUNT(*)) FROM information_schema.tables WHERE ${where};
IAMHA_SQL
`;
}

/** The client's option file: double quotes, in which two characters are escaped. One word of bash. */
function options({ user, password }: SchemaPlace): Secret {
  return mapSecret(password, (text) => {
    const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    return quote(`[client]\nuser=${user}\npassword="${escaped}"\n`);
  });
}
