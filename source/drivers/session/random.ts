import { randomBytes } from 'node:crypto';

/** 16 hexadecimal digits that nobody can guess. */
export function randomId(): string {
  return randomBytes(8).toString('hex');
}
