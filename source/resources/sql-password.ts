import { createHash } from 'node:crypto';
import { mapSecret, type Secret } from '../model/index.ts';

/**
 * What MariaDB stores of a password (mysql_native_password): `*` and the hex of SHA1(SHA1(password)).
 * Compared on the server, so that neither the password nor its hash has to leave it.
 */
export function nativePasswordHash(password: Secret): Secret {
  return mapSecret(password, (text) => {
    const once = createHash('sha1').update(text, 'utf8').digest();
    return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
  });
}
