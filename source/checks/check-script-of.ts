/**
 * Bash that finds what keepalived's own file says it runs: sets `command`, the first tracked script as
 * it is written there, and `user`, whose it is run as: the script's own, else the file's, else the
 * account that keepalived looks for, else root. Ends with `none` where no script is tracked.
 *
 * @param file keepalived.conf, quoted
 */
export function scriptOf(file: string): string {
  return `found=$(awk '
  { sub(/^[ \\t]*[#!].*/, ""); sub(/[ \\t][#!].*/, "") }
  $1 == "script_user" { user = $2 }
  $1 == "vrrp_script" { name = $2; inside = 1 }
  inside && $1 == "script" { line = $0; sub(/^[ \\t]*script[ \\t]+/, "", line); gsub(/^["\\047]|["\\047][ \\t]*$/, "", line); command[name] = line }
  inside && $1 == "user" { own[name] = $2 }
  inside && /}/ { inside = 0 }
  $1 == "track_script" { tracks = 1; next }
  tracks && /}/ { tracks = 0 }
  tracks && NF && $1 != "{" && first == "" { first = $1 }
  END { if (first in command) printf "%s\\t%s\\n", (first in own ? own[first] : user), command[first] }
' ${file} 2>/dev/null)
[ "$found" ] || { echo none; exit 0; }
user=\${found%%	*} command=\${found#*	}
if [ -z "$user" ]; then user=root; id keepalived_script >/dev/null 2>&1 && user=keepalived_script; fi
echo "command $command"
echo "user $user"
id "$user" >/dev/null 2>&1 || { echo stranger; exit 0; }
`;
}

/** Programs that check scripts call, and that a small system has not: one of them missing is a cause. */
const CALLED = ['telnet', 'curl', 'wget', 'nc', 'ncat', 'killall', 'pidof', 'netstat', 'lsof'];

/** Prints `lacks PROGRAM` for each of them that the script names and this node has not. */
export const LACKS = `for tool in ${CALLED.join(' ')}; do
  grep -qw -- "$tool" "\${command%% *}" 2>/dev/null && ! type -P "$tool" >/dev/null && echo "lacks $tool"
done
`;
