import { userInfo } from 'node:os';

/** Who runs this process. A container's user may have no name: then its number. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '?');
  }
}
