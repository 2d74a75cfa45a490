import { quote } from '../model/index.ts';

/**
 * Asks nginx on the node itself, then reads back from its access log who answered: only requests
 * with this run's own mark count. Others' requests in between take turns too and make the count
 * uneven: then it asks again. A backend that nginx left out a moment ago is back after 5 s.
 * Prints for each try `try OTHERS ADDRESS=COUNT …`.
 */
const SCRIPT = `host=$1 log=$2 each=$3; shift 3
ask() {
  exec 3<>/dev/tcp/127.0.0.1/80 || return 1
  printf 'GET /healthz?iamha=%s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$mark" "$host" >&3
  # A time-out is above 128: nginx that hangs is asked only once.
  code=0; while ((code == 0)); do IFS= read -r -t 2 -u 3; code=$?; done
  exec 3>&-
  ((code <= 128))
}
count() {
  tail -c "+$((from + 1))" "$log" | awk -v mark="?iamha=$mark " -v backends="$*" '
    { at = index($0, " upstream="); if (!at) next
      rest = substr($0, at + 10); end = index(rest, " upstream_status="); who = substr(rest, 1, end - 1)
      n = split(who, tried, /, | : /); who = tried[n]
      if (index($0, mark)) of[who]++; else others++ }
    END { printf "try %d", others; n = split(backends, all, " ")
      for (i = 1; i <= n; i++) printf " %s=%d", all[i], of[all[i]]; print "" }'
}
waited=
for round in 1 2 3; do
  mark=$(date +%s%N)$RANDOM
  from=$(stat -c %s "$log" 2>/dev/null || echo 0)
  for ((i = 0; i < each * $#; i++)); do ask || { echo refused; exit 0; }; done
  line=$(count "$@"); echo "$line"
  uneven= missing=
  for backend in "$@"; do
    case " $line " in *" $backend=$each "*) ;; *) uneven=1 ;; esac
    case " $line " in *" $backend=0 "*) missing=$backend ;; esac
  done
  [ "$uneven" ] || exit 0
  if [ "$missing" ]; then
    [ "$waited" ] && exit 0
    timeout 1 bash -c ': <"/dev/tcp/\${1%:*}/\${1#*:}"' _ "$missing" 2>/dev/null || exit 0
    waited=1; sleep 5.2
  fi
done
`;

/**
 * @param log nginx's access log of the domain, in the format iam_lb
 * @param each requests for each backend
 * @param backends `ADDRESS:PORT`
 */
export function balanceScript(
  domain: string,
  log: string,
  each: number,
  backends: readonly string[],
): string {
  const words = [domain, log, String(each), ...backends].map(quote).join(' ');
  return `timeout -k 1 25 bash -s -- ${words} <<'IAMHA_BALANCE'\n${SCRIPT}IAMHA_BALANCE\n`;
}
