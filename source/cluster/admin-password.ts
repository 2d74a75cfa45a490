/** IAM's administrator, and the password that its schema brings: printed in its documentation. */
export const publishedAdmin = { username: 'admin', password: 'Admin@2021' } as const;

/** What IAM counts as which; a letter without case counts for nothing, not even for the length. */
const CLASSES = [/\p{N}/u, /\p{Lu}/u, /\p{Ll}/u, /[\p{P}\p{S}]/u] as const;

/**
 * Whether IAM takes `text` as a password, and nobody else knows it: 8 to 16 characters with a digit,
 * an upper and a lower case letter and a special character. IAM refuses any other at the change, and
 * also at the log-in.
 */
export function isAdminPassword(text: string): boolean {
  const characters = [...text];
  const counted = characters.filter(
    (one) => one === ' ' || CLASSES.some((isOfClass) => isOfClass.test(one)),
  );
  const hasAll = CLASSES.every((isOfClass) => characters.some((one) => isOfClass.test(one)));
  const fits = counted.length >= 8 && counted.length <= 16;
  return fits && hasAll && text !== publishedAdmin.password;
}
