import { mapSecret, type Secret } from './secret.ts';

/** `text` as a string of SQL, for MariaDB and MySQL with their default `sql_mode`. */
export function sqlString(text: string): string {
  if (text.includes('\0')) throw new Error('a string of SQL cannot hold a NUL byte');
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A secret as a string of SQL; it stays secret. */
export function sqlSecret(secret: Secret): Secret {
  return mapSecret(secret, sqlString);
}

/** A database's, table's or column's name. */
export function sqlIdentifier(name: string): string {
  if (name.includes('\0')) throw new Error('a name of SQL cannot hold a NUL byte');
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `user`@`host` as SQL names an account. */
export function sqlAccount(user: string, host: string): string {
  return `${sqlString(user)}@${sqlString(host)}`;
}
