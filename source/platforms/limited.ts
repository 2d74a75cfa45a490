import { BATCH_FOLDER } from '../model/index.ts';

/**
 * How long a database may take to greet us, and for one of our questions. Both take milliseconds; a
 * server that is stopped or starved takes connections and greets nobody, so that is where it shows.
 * One that is merely busy gets longer for its answer.
 */
export const GREETING_SECONDS = 2;
export const LIMIT_SECONDS = 8;

/**
 * Bash that defines `limited SERVER COMMAND…`: runs it for so long at most; 124 says that the server
 * accepted and did not answer. Of several questions in one batch to a silent server only the first
 * one waits: else a node with ten of them would keep everybody waiting for half a minute.
 */
export const LIMITED = `limited() {
  local server=$1 code; shift
  if is_silent "$server"; then return 124; fi
  timeout -k 1 ${LIMIT_SECONDS} "$@"; code=$?
  if [ $code = 124 ] || [ $code = 137 ]; then note_silent "$server"; return 124; fi
  return $code
}
is_silent() { [ -n "\${${BATCH_FOLDER}:-}" ] && [ -e "$${BATCH_FOLDER}/silent-$1" ]; }
note_silent() { [ -z "\${${BATCH_FOLDER}:-}" ] || : >"$${BATCH_FOLDER}/silent-$1"; }
`;

/** Bash, behind {@link LIMITED}: ends a script that would wait for IAM while IAM waits for that server. */
export function unlessSilent(server: string): string {
  return `if is_silent ${server}; then echo '${server} accepts and does not answer: not asked' >&2; exit 0; fi\n`;
}
