import { mapSecret, type Secret } from '../../model/index.ts';

/**
 * A value in Redis' configuration: double quotes, in which `\` and `"` are escaped and every byte
 * outside printable ASCII is written `\xHH`. (In argument lists of the configuration nothing else
 * is special; unquoted, a blank or a quote in a password would break the file.)
 */
export function redisString(secret: Secret): Secret {
  return mapSecret(secret, (text) => {
    const bytes = [...Buffer.from(text, 'utf8')].map((byte) => {
      const character = String.fromCharCode(byte);
      if (byte < 32 || byte > 126) return `\\x${byte.toString(16).padStart(2, '0')}`;
      return character === '\\' || character === '"' ? `\\${character}` : character;
    });
    return `"${bytes.join('')}"`;
  });
}
