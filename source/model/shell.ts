import { type Content, Secret } from './secret.ts';

/**
 * `text` as one word of a bash script: the only way in which a string reaches a shell.
 * @throws Error on a NUL byte, which no shell word can hold.
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new Error('a shell word cannot hold a NUL byte');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As {@link quote}, segment by segment: adjacent quoted strings are one word. Secrets stay secret. */
export function quoteContent(content: Content): Content {
  if (content.length === 0) return ["''"];
  return content.map((part) =>
    typeof part === 'string' ? quote(part) : new Secret(part.name, quote(part.reveal())),
  );
}

/**
 * Bash that gives a new file the SELinux type that its path has, where there is SELinux: one that was
 * made beside its place and renamed, or in a folder that is new, has another one.
 * @param word the path as a word of bash
 */
export function restoreLabel(word: string): string {
  return `if [ -e /sys/fs/selinux/enforce ]; then restorecon -F -- ${word} 2>/dev/null || :; fi`;
}

/**
 * A script that knows what went wrong says so on a line of its own on standard error:
 * `@problem config-test-failed`. Everything else there is the detail.
 */
export interface ScriptComplaint {
  /** A problem's code, or null when the script did not say. */
  readonly code: string | null;
  readonly detail: string;
}

const COMPLAINT = /^@problem ([a-z0-9-]+)$/m;

export function scriptComplaint(stderr: string): ScriptComplaint {
  const code = COMPLAINT.exec(stderr)?.[1] ?? null;
  return { code, detail: stderr.replace(COMPLAINT, '').trim() };
}
