import { type Content, type Message, message, type Problem, problem } from '../model/index.ts';
import type { Consents } from './consents.ts';
import { isPrivateMode, maskedDiff } from './diff.ts';
import type { Found } from './probe-files.ts';
import { sha256 } from './state.ts';

/** A file as we want it, with what decides whose the present one is. */
export interface FileQuestion {
  readonly node: string;
  readonly path: string;
  readonly content: Content;
  readonly sha256: string;
  readonly mode: string;
  readonly owner: string;
  readonly found: Found;
  /** The hashes under which we know this path. */
  readonly recorded: readonly string[];
  /** The package's own sample, unchanged since it was installed. */
  readonly pristineSample: boolean;
  readonly consents: Consents;
}

export type FileAnswer =
  | { readonly kind: 'right' }
  | {
      readonly kind: 'write';
      readonly summary: Message;
      readonly diff: string;
      /** Set when somebody changed what we had written. */
      readonly drift?: Problem;
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Whose the file is, and so what is to be done about it. Nothing of theirs is written over unasked. */
export function planFile(question: FileQuestion): FileAnswer {
  const { found, path, node, recorded, consents } = question;
  switch (found.kind) {
    case 'absent':
      return write(question, recorded.length > 0 ? 'file-again' : 'file-create');
    case 'directory':
    case 'other':
      return refused(problem('path-is-not-a-file', {}, { node, file: path }));
    case 'large':
      return refused(problem('file-too-large', {}, { node, file: path }));
    case 'link':
      if (recorded.includes(foundHash(found) ?? '')) return write(question, 'link-replace');
      if (recorded.length > 0) return editedFile(question);
      return consents.adopt ? write(question, 'link-replace') : refused(foreign(question));
    case 'file':
      return planExisting(question, found);
  }
}

/** Under this hash a record knows what stood at a path. */
export function foundHash(found: Found): string | null {
  if (found.kind === 'file') return found.sha256;
  return found.kind === 'link' ? sha256(`link:${found.target}`) : null;
}

function planExisting(question: FileQuestion, found: Extract<Found, { kind: 'file' }>): FileAnswer {
  const { recorded, consents } = question;
  if (found.sha256 === question.sha256) {
    const same = found.mode === question.mode && found.owner === question.owner;
    return same ? { kind: 'right' } : write(question, 'file-mode');
  }
  if (recorded.includes(found.sha256)) return write(question, 'file-change');
  if (recorded.length > 0) return editedFile(question);
  if (question.pristineSample) return write(question, 'sample-replace');
  return consents.adopt ? write(question, 'file-adopt') : refused(foreign(question));
}

function editedFile(question: FileQuestion): FileAnswer {
  if (question.consents.overwrite.includes(question.path)) return write(question, 'file-overwrite');
  return refused({ ...changed(question), detail: diffOf(question) });
}

function write(question: FileQuestion, code: string): FileAnswer {
  const { found, path, recorded, mode, owner } = question;
  const known = recorded.includes(foundHash(found) ?? '') && code !== 'file-mode';
  return {
    kind: 'write',
    summary: message(code, { file: path, mode, owner }),
    diff: diffOf(question),
    ...(recorded.length > 0 && !known ? { drift: changed(question) } : {}),
  };
}

function changed({ node, path }: FileQuestion): Problem {
  return problem('managed-file-changed', {}, { node, file: path });
}

function foreign(question: FileQuestion): Problem {
  const { node, path } = question;
  return problem(
    'foreign-configuration',
    { what: 'foreign-same-file' },
    { node, file: path, detail: diffOf(question) },
  );
}

function diffOf({ path, content, found, mode, owner }: FileQuestion): string {
  const isPrivate = isPrivateMode(mode) || (found.kind === 'file' && isPrivateMode(found.mode));
  return (
    maskedDiff(path, textOf(found, content), content, isPrivate) + modeLines(found, mode, owner)
  );
}

/** The text that stands there now; a link is shown as what it is. */
function textOf(found: Found, desired: Content): string | null {
  if (found.kind === 'link') return `(a link to ${found.target})\n`;
  if (found.kind !== 'file') return null;
  if (found.content !== undefined) return Buffer.from(found.content, 'base64').toString('utf8');
  return desired.map((part) => (typeof part === 'string' ? part : part.reveal())).join('');
}

function modeLines(found: Found, mode: string, owner: string): string {
  if (found.kind !== 'file' || (found.mode === mode && found.owner === owner)) return '';
  return `old mode ${found.mode} ${found.owner}\nnew mode ${mode} ${owner}\n`;
}

function refused(one: Problem): FileAnswer {
  return { kind: 'refused', problem: one };
}
