import { quote } from '../model/index.ts';
import { STATE } from './state.ts';

/** What was done to a database, noted on the node: a journal can be lost or be another one. */
export type DatabaseNote = 'imported' | 'dumped';

/** Where a note lies; its content is the session's id. */
export function notePath(database: string, note: DatabaseNote): string {
  return `${STATE}/sql/${database}.${note}`;
}

/** Bash that prints `imported ID` and `dumped ID` for the notes that are there. */
export function printNotes(database: string): string {
  return (['imported', 'dumped'] as const)
    .map((note) => {
      const path = quote(notePath(database, note));
      return `[ ! -e ${path} ] || echo "${note} $(<${path})"\n`;
    })
    .join('');
}

/** Bash that leaves a note; it fails when it could not. */
export function leaveNote(database: string, note: DatabaseNote, session: string): string {
  const path = notePath(database, note);
  return `install -d -m 0700 ${quote(STATE)} ${quote(`${STATE}/sql`)} && printf '%s\\n' ${quote(session)} >${quote(`${path}.new`)} && mv -f ${quote(`${path}.new`)} ${quote(path)}\n`;
}

/** Bash that takes a note away, for an undo. */
export function forgetNote(database: string, note: DatabaseNote): string {
  return `rm -f ${quote(notePath(database, note))}
rmdir --ignore-fail-on-non-empty ${quote(`${STATE}/sql`)} ${quote(STATE)} 2>/dev/null
true
`;
}

/** The notes that {@link printNotes} found: by note the session's id. */
export function readNotes(stdout: string): ReadonlyMap<string, string> {
  return new Map(
    [...stdout.matchAll(/^(imported|dumped) (.*)$/gm)].map(([, note = '', id = '']) => [note, id]),
  );
}
