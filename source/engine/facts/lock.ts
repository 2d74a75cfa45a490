import { type Content, quote, SHARE_UNIT } from '../../model/index.ts';
import { atWorkSnippet, REMOVE_RUN_FOLDER, RUN_FOLDER } from './at-work.ts';

/** How a node's lock is asked for, together with its facts. */
export interface LockRequest {
  /** Ours: it is in `content`. */
  readonly token: string;
  /** One line of JSON: who holds the lock, with its `token`. */
  readonly content: string;
  /** Tokens of dead processes of our own session: their lock is taken over. */
  readonly takeOver: readonly string[];
  /** The operator says that this node's lock may be broken, whoever's it is. */
  readonly breakLock: boolean;
}

/** Who holds a lock, as far as its content says. */
export interface NodeLockHolder {
  readonly session: string;
  readonly sessionId: string;
  readonly host: string;
  readonly user: string;
  readonly pid: string;
  readonly token: string;
  readonly since: string;
}

export type LockState =
  | { readonly kind: 'taken' }
  | { readonly kind: 'taken-over'; readonly from: NodeLockHolder }
  | { readonly kind: 'held'; readonly by: NodeLockHolder }
  /** The file could not be made. */
  | { readonly kind: 'failed'; readonly detail: string };

const LOCK = `${RUN_FOLDER}/lock`;

/** Everything that touches the lock does so one after the other. On a folder that is always there: nothing is left of it. */
const GUARD = 'exec 9</run && flock -w 10 9';

/**
 * Bash that takes the lock and prints one line: `taken`, `taken-over BASE64`, `held BASE64` or
 * `failed BASE64`. It may be run again by its own holder.
 */
export function lockSnippet(request: LockRequest): string {
  const { token, content, takeOver, breakLock } = request;
  const dead = takeOver.map((one) => `[[ $old == *${quote(tokenField(one))}* ]]`);
  const theirs = [...(breakLock ? ['true'] : []), ...dead].join(' || ') || 'false';
  return `(
umask 077
answer() { printf '%s %s\\n' "$1" "$(printf '%s' "$2" | base64 -w0)"; exit 0; }
put() { printf '%s\\n' ${quote(content)} >${LOCK}.new && mv -fT -- ${LOCK}.new ${LOCK}; }
said=$( { ${GUARD}; } 2>&1) || answer failed "$said"
${GUARD} 2>/dev/null || answer failed 'flock'
said=$(mkdir -p -m 0700 ${RUN_FOLDER} 2>&1) || answer failed "$said"
if [[ ! -e ${LOCK} ]]; then said=$(put 2>&1) || answer failed "$said"; echo taken; exit 0; fi
old=$(<${LOCK})
if [[ $old == *${quote(tokenField(token))}* ]]; then echo taken; exit 0; fi
if ${theirs}; then
  said=$(put 2>&1) || answer failed "$said"
  systemctl --no-ask-password stop ${SHARE_UNIT}.service 2>/dev/null
  answer taken-over "$old"
fi
answer held "$old"
)
`;
}

function tokenField(token: string): string {
  return `"token":${JSON.stringify(token)}`;
}

/** After {@link lockSnippet}: what an earlier run left at work, told to the holder of the lock alone. */
export function leftAtWorkSnippet({ token }: LockRequest): string {
  return atWorkSnippet(`[[ -e ${LOCK} && $(<${LOCK}) == *${quote(tokenField(token))}* ]]`);
}

/** A script that gives the lock back, if it is still ours. */
export function releaseSnippet(token: string): Content {
  return [
    `(
if [[ -e ${LOCK} ]] && { ${GUARD}; } 2>/dev/null; then
  [[ $(<${LOCK}) != *${quote(tokenField(token))}* ]] || rm -f -- ${LOCK}
  ${REMOVE_RUN_FOLDER}
fi
exit 0
)
`,
  ];
}

/** Reads what {@link lockSnippet} printed; null when it printed nothing of the kind. */
export function parseLock(section: string): LockState | null {
  const [, word, base64 = ''] = /^(taken-over|taken|held|failed)(?: (\S*))?$/m.exec(section) ?? [];
  const text = Buffer.from(base64, 'base64').toString('utf8');
  switch (word) {
    case 'taken':
      return { kind: 'taken' };
    case 'taken-over':
      return { kind: 'taken-over', from: readHolder(text) };
    case 'held':
      return { kind: 'held', by: readHolder(text) };
    case 'failed':
      return { kind: 'failed', detail: text };
    default:
      return null;
  }
}

/** A lock is somebody's even when its content cannot be read: then nothing is known of them. */
function readHolder(text: string): NodeLockHolder {
  const fields = parseObject(text);
  const field = (name: string) => String(fields[name] ?? '?');
  return {
    session: field('session'),
    sessionId: field('sessionId'),
    host: field('host'),
    user: field('user'),
    pid: field('pid'),
    token: field('token'),
    since: field('since'),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
