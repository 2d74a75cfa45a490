import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Verdict,
} from '../model/index.ts';
import { LACKS, scriptOf } from './check-script-of.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

/**
 * Runs the very script that keepalived runs, as the user that keepalived runs it as, against an nginx of
 * its own, in namespaces of its own (network, mounts, processes): the nginx that serves is not touched,
 * and whatever happens to us, everything is gone when the namespaces are. The private nginx reads our own
 * files, with two backends that answer beside it. Prints `STATE CODE` for each state.
 */
const INSIDE = `command=$1 user=$2
for folder in /run /var/log/nginx /var/lib/nginx /etc/nginx/iam-ha/tuning.d; do
  [ -d "$folder" ] && { mount -t tmpfs tmpfs "$folder" || exit 90; }
done
mkdir -p /var/lib/nginx/tmp
ip link set lo up || exit 91
write() {
  {
    echo 'pid /run/nginx.pid; worker_processes 1; error_log stderr crit; events { worker_connections 64; }'
    echo 'http {'
    for name in 00-iam-upstream iam-apiserver iam-authz-server iam-health; do
      echo "include /etc/nginx/conf.d/$name.conf;"
    done
    for port in "$@"; do echo "server { listen 127.0.0.1:$port; access_log off; return 200 ok; }"; done
    echo '}'
  } >/run/nginx.conf
}
own=$(id -u "$user") group=$(id -g "$user")
state() {
  timeout -s KILL 1.5 setpriv --reuid "$own" --regid "$group" --init-groups /bin/sh -c "$command" </dev/null >/dev/null 2>&1
  echo "$1 $?"
}
write API AUTHZ; nginx -c /run/nginx.conf </dev/null || exit 92
state healthy
nginx -c /run/nginx.conf -s stop; while [ -e /run/nginx.pid ]; do sleep 0.01; done
write AUTHZ; nginx -c /run/nginx.conf </dev/null || exit 92
state one-domain-down
kill -STOP -1
state hung
kill -KILL -1
while (: </dev/tcp/127.0.0.1/80) 2>/dev/null; do sleep 0.01; done
state stopped
`;

/** What each state must come to: 0, or anything else. */
const EXPECTED = [
  ['healthy', true],
  ['one-domain-down', true],
  ['hung', false],
  ['stopped', false],
] as const;

export interface CheckScriptOptions {
  readonly node: NodeName;
  /** keepalived.conf: it names the script, and its user. */
  readonly file: string;
  readonly apiPort: number;
  readonly authzPort: number;
}

export function checkScriptId(node: NodeName): string {
  return `check-script/${node}`;
}

/** The check script's truth table, on the node, with the script and the user that keepalived.conf there names. */
export function checkScriptCheck(options: CheckScriptOptions): Check {
  const { node, file } = options;
  const inside = INSIDE.replaceAll('API', String(options.apiPort)).replaceAll(
    'AUTHZ',
    String(options.authzPort),
  );
  const outside = `${scriptOf(quote(file))}${LACKS}timeout -k 1 9 unshare --net --mount --pid --fork --kill-child --mount-proc bash -s -- "$command" "$user" <<'IAMHA_TABLE'
${inside}IAMHA_TABLE
`;
  return {
    id: checkScriptId(node),
    node,
    title: message('check-check-script', { node }),
    measurements: [onNode(node, outside, 12_000)],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      appliedCheckId(node, 'packages:reverse-proxy'),
      `applied/${node}/config:nginx/*`,
      `nginx-config/${node}`,
    ],
    deadlineMs: 0,
    seeForYourself: `grep -A3 vrrp_script ${file}`,
  };
}

function judge({ node, file }: CheckScriptOptions, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (output?.exitCode !== 0) return notMeasured(measured);
  const lines = linesByKey(output.stdout);
  if (lines.has('none')) return failed(problem('check-script-none', { path: file }, { node }));
  const said = (key: string) => lines.get(key)?.[0] ?? '';
  const [script, user] = [said('command'), said('user')];
  if (lines.has('stranger'))
    return failed(problem('check-script-stranger', { script, user }, { node }));
  const wrong = EXPECTED.filter(
    ([state, good]) => (said(state) === '0') !== good || !lines.has(state),
  );
  const table = EXPECTED.map(([state]) => `${state} ${said(state) || '?'}`).join(', ');
  if (wrong.length === 0) return passed(message('truth-table-holds', { table, script, user }));
  const states = wrong.map(([state]) => state).join(', ');
  const tools = (lines.get('lacks') ?? []).join(', ');
  const codes = EXPECTED.map(([state]) => said(state));
  const params = { script, user, states, table, tools };
  return failed(problem(wrongCode(codes, tools), params, { node }));
}

/** A program that is not there fails, or its silence counts as good: then every state looks the same. */
function wrongCode(codes: readonly string[], tools: string): string {
  if (tools === '') return 'check-script-wrong';
  return codes.every((code) => code === '0') ? 'check-script-blind' : 'check-script-lacks';
}
