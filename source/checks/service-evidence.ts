import { type Daemon, healthPort } from './service-daemons.ts';

/** What a node shows of a daemon that does not answer as it should. */
export interface Evidence {
  /** systemd's properties of the unit, by name. */
  readonly state: Readonly<Record<string, string>>;
  /** Its journal (standard error) and its own log since its last start, oldest line first. */
  readonly journal: readonly string[];
  readonly log: readonly string[];
  /** Who listens on its ports, as `ss` says it. */
  readonly listeners: readonly string[];
  /** How long the key for tokens is that its configuration holds; the key itself stays there. */
  readonly keyLength?: number;
}

const PROPERTIES =
  'ActiveState,SubState,Result,ExecMainStatus,NRestarts,ExecMainStartTimestamp,WorkingDirectory';

/** Ports that a daemon opens; the first one is that of /healthz. */
const PORTS: Readonly<Record<Daemon, readonly number[]>> = {
  'iam-apiserver': [healthPort['iam-apiserver'], 8443, 8081],
  'iam-authz-server': [healthPort['iam-authz-server'], 9443],
  'iam-pump': [healthPort['iam-pump']],
};

/** A key that IAM refuses for its length is complained of on standard output only, which nobody keeps. */
const KEY_LENGTH = `  while IFS= read -r line; do
    if [[ $line =~ ^'  key: '\\"?([^\\"]*)\\"?$ ]]; then echo "K \${#BASH_REMATCH[1]}"; fi
  done 2>/dev/null </etc/iam/iam-apiserver.yaml
`;

/**
 * Bash that prints what is known about a daemon, a letter before each line: S systemd's state,
 * J journal, F its log file, L listeners.
 *
 * Only what was said since the last start counts, or an old cause would be blamed for a new fault.
 * One that is just being started (`start-post`, before it is `running`), or is started again and
 * again, has said nothing yet when it is met just then: its end is waited for. Access lines are left out, and what stands in an address before `@`: the pump logs a
 * password there.
 */
export function evidenceScript(daemon: Daemon): string {
  const keyLength = daemon === 'iam-apiserver' ? KEY_LENGTH : '';
  const ports = PORTS[daemon].map((port) => `sport = :${port}`).join(' or ');
  return `(
export LC_ALL=C
for look in 1 2 3 4 5 6; do
  shown=$(systemctl show -p ${PROPERTIES} -- ${daemon} 2>/dev/null)
  [[ $shown =~ ExecMainStartTimestamp=([^$'\\n']*) ]] && started=$(date -d "\${BASH_REMATCH[1]}" +%s 2>/dev/null)
  now=$(date +%s) started=\${started:-0}
  case $shown in
  *SubState=start*) ;;
  *NRestarts=0*) break ;;
  *SubState=running*) if ((now - started > 3)); then break; fi ;;
  *) break ;;
  esac
  sleep 0.5
done
since=$((now - 150 > started ? now - 150 : started))
from=$(date -d "@$since" '+%F %T')
{
  sed 's/^/S /' <<<"$shown"
  journalctl -q -u ${daemon} --since "@$since" -n 60 -o cat --no-pager 2>/dev/null | sed 's/^/J /'
  tail -c 131072 /var/log/iam/${daemon}.log 2>/dev/null | grep -aE $'\\t(WARN|ERROR|FATAL|PANIC)\\t|\\\\[error\\\\]' | tail -n 30 |
    while IFS= read -r line; do if [[ ! $line < $from ]]; then printf 'F %s\\n' "$line"; fi; done
  ss -Hltnp '( ${ports} )' 2>/dev/null | sed 's/^/L /'
${keyLength}} | cut -c -500 | sed -E 's#://[^@/ ]*@#://@#g'
)
`;
}

/** Reads what {@link evidenceScript} printed, wherever in the output it stands. */
export function readEvidence(stdout: string): Evidence | undefined {
  const lines = stdout.split('\n');
  const all = (letter: string) =>
    lines.filter((line) => line.startsWith(`${letter} `)).map((line) => line.slice(2).trimEnd());
  const state = Object.fromEntries(
    all('S').map((line) => {
      const [name = '', ...rest] = line.split('=');
      return [name, rest.join('=')];
    }),
  );
  if (!('ActiveState' in state)) return undefined;
  const [keyLength] = all('K').map(Number);
  const rest = keyLength === undefined ? {} : { keyLength };
  return { state, journal: all('J'), log: all('F'), listeners: all('L'), ...rest };
}
