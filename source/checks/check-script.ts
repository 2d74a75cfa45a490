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
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

/**
 * Runs the very script that keepalived runs, against an nginx of its own, in namespaces of its own
 * (network, mounts, processes): the nginx that serves is not touched, and whatever happens to us,
 * everything is gone when the namespaces are. The private nginx reads our own files, with two
 * backends that answer beside it. Prints `STATE CODE` for each state.
 */
const INSIDE = `script=$1
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
state() { "$script" </dev/null >/dev/null 2>&1; echo "$1 $?"; }
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
  readonly script: string;
  readonly apiPort: number;
  readonly authzPort: number;
}

/** The check script's truth table, on the node, with the script that keepalived runs there. */
export function checkScriptCheck(options: CheckScriptOptions): Check {
  const { node, script } = options;
  const inside = INSIDE.replaceAll('API', String(options.apiPort)).replaceAll(
    'AUTHZ',
    String(options.authzPort),
  );
  const outside = `timeout -k 1 8 unshare --net --mount --pid --fork --kill-child --mount-proc bash -s -- ${quote(script)} <<'IAMHA_TABLE'
${inside}IAMHA_TABLE
`;
  return {
    id: `check-script/${node}`,
    node,
    title: message('check-check-script', { node }),
    measurements: [onNode(node, outside, 12_000)],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      appliedCheckId(node, 'packages:reverse-proxy'),
      `applied/${node}/config:nginx/*`,
      `applied/${node}/config:keepalived*`,
      `nginx-config/${node}`,
    ],
    deadlineMs: 0,
    seeForYourself: `${script}; echo $?`,
  };
}

function judge({ node, script }: CheckScriptOptions, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (output?.exitCode !== 0) return notMeasured(measured);
  const codes = linesByKey(output.stdout);
  const wrong = EXPECTED.filter(([state, good]) => {
    const code = codes.get(state)?.[0];
    return code === undefined || (code === '0') !== good;
  });
  const table = EXPECTED.map(([state]) => `${state} ${codes.get(state)?.[0] ?? '?'}`).join(', ');
  if (wrong.length === 0) return passed(message('truth-table-holds', { table }));
  const states = wrong.map(([state]) => state).join(', ');
  return failed(problem('check-script-wrong', { script, states, table }, { node }));
}
