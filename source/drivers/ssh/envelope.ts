import { type Content, revealContent } from '../../model/index.ts';

/**
 * What receives a script on the node: one constant line, sent before every script.
 *
 * - The line after it names this run, the script's length and what its stdin is. A script that did
 *   not arrive whole (its last line names this run) is not run at all.
 * - stdout and stderr go through relays that read on when nobody listens any more: a script whose
 *   operator has vanished must not die of SIGPIPE in the middle of a change.
 * - The script is a process group of its own (`set -m`), whose number is on the first line of
 *   stdout: that is what a cancellation kills. Marks on both streams tell the script's output from
 *   what a login shell, sudo or a daemon left behind prints before or after it.
 */
const RECEIVER = [
  ': iam-ha-wizard; unset r',
  'export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'umask 022',
  'cd /',
  'IFS=" " read -r iam_ha_n iam_ha_l iam_ha_m',
  'iam_ha_s=$(head -c "$iam_ha_l")',
  'case $iam_ha_s in *"#$iam_ha_n") ;; *) exit 125 ;; esac',
  'exec > >(cat; exec cat >/dev/null) 2> >(cat >&2; exec cat >/dev/null)',
  'case $iam_ha_m in stdin) ;; *) exec </dev/null ;; esac',
  'set -m',
  '(set +m; echo "$iam_ha_n $BASHPID"; echo "$iam_ha_n" >&2; eval "$iam_ha_s") & set +m',
  '{ wait %1; iam_ha_c=$?; } 2>/dev/null',
  'echo "$iam_ha_n $iam_ha_c"; echo "$iam_ha_n $iam_ha_c" >&2',
].join('; ');

/**
 * The command that a channel runs. It is constant and short: nothing of a script is ever in an
 * argument list, and sudo's log stays readable. Without a quote, newline or "!", any login shell
 * (dash, zsh, csh, fish) reads it alike. A line before the receiver is a password that sudo did
 * not need: read, and forgotten. The name is what bash puts before its own messages.
 */
export const RECEIVE = `bash --norc -c '${[
  'IFS= read -r r || exit 125',
  'case $r in ": iam-ha-wizard;"*) ;; *) IFS= read -r r || exit 125 ;; esac',
  'eval "$r"',
].join('; ')}' iam-ha-wizard`;

/**
 * What to send on stdin: the receiver, the header, then the script as one group, so that bash parses it whole
 * before its first command runs. `mark` must be new for every run.
 */
export function seal(script: Content, mark: string, stdin: 'empty' | 'stream'): Buffer {
  const body = Buffer.from(`{ :; ${revealContent(script)}\n}\n#${mark}`);
  const header = `${mark} ${body.length} ${stdin === 'stream' ? 'stdin' : 'empty'}\n`;
  return Buffer.concat([Buffer.from(`${RECEIVER}\n${header}`), body]);
}
