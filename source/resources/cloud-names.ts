import type { CloudMarks } from '../model/index.ts';

/** What a cloud takes as a HAVIP's name, and as a client's token. */
const MAX_NAME = 60;
const MAX_TOKEN = 64;

/** Who makes things in a cloud: names, marks and tokens follow from it, so that they are found again. */
export interface CloudSession {
  /** 12 letters or digits of this session's own. */
  readonly id: string;
  readonly cluster: string;
}

/** What a session writes on what it makes: the first letters of its own id. */
export function sessionMark(id: string): string {
  return id.slice(0, 12);
}

/** `iamha-<cluster>-<session>`: ASCII, without a space; a long cluster's name is cut, the session's never. */
export function cloudName({ id, cluster }: CloudSession): string {
  const room = MAX_NAME - `iamha--${id}`.length;
  return `iamha-${cluster.slice(0, room)}-${id}`;
}

export function cloudMarks({ id, cluster }: CloudSession): CloudMarks {
  return { session: id, cluster };
}

/**
 * A request's token.
 *
 * @param generation grows only after a make that is proven to have failed, or to have been undone
 */
export function cloudToken({ id }: CloudSession, step: string, generation: number): string {
  const token = `iamha-${id}-${step}-${generation}`;
  if (token.length > MAX_TOKEN) throw new Error(`${token} is no token of a cloud`);
  return token;
}

/** Whether it is this session's: by its mark, or, where marks were refused, by its name. */
export function isOwn(
  { name, session }: { readonly name: string; readonly session: string | null },
  own: CloudSession,
): boolean {
  return session === own.id || (session === null && name === cloudName(own));
}
