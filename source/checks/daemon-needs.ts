import type { ClusterNode } from '../cluster/index.ts';
import {
  type Check,
  content,
  failed,
  type Measured,
  message,
  type NodeName,
  type Problem,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { redisCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { type RedisPlace, readRedis, redisAsk } from './redis-ask.ts';
import { daemonCauses, daemons } from './service-daemons.ts';

export interface DaemonNeeds {
  readonly node: Pick<ClusterNode, 'name' | 'address'>;
  readonly dataNode: NodeName;
  readonly redis: RedisPlace;
}

/** The lock that a pump holds while it takes the records out. */
export const PUMP_LOCK = 'iam-pump';

/**
 * Prints the complaints of the last seconds from the daemons' logs, a tab between daemon and line.
 * While Redis is away the two servers complain every second, the pump at every round (10 s, and as
 * long again as it tries); afterwards they say nothing, so only what is fresh counts. A server's
 * complaint is waited for once more: Redis may have come back this very moment.
 */
const COMPLAINTS = `export LC_ALL=C
now=$(date +%s)
recent() {
  local since line
  since=$(date -d "@$((now - $2))" '+%F %T')
  tail -c 262144 "/var/log/iam/$1.log" 2>/dev/null | grep -aE "$3" | tail -n 3 |
  while IFS= read -r line; do
    if [[ $line > $since ]]; then printf '%s\\t%s\\n' "$1" "\${line:0:400}"; fi
  done
}
cut_off() {
  recent iam-apiserver "$1" 'Error trying to [sg]et test key'
  recent iam-authz-server "$1" 'Error trying to [sg]et test key'
}
if [[ $(cut_off 4) ]]; then
  sleep 2
  now=$(date +%s)
  cut_off 2
fi
recent iam-pump 45 'already an iam-pump instance|Mongo connection failed|no reachable servers'
`;

/**
 * The daemons of a node reach what they need beside the database: Redis, and the pump its MongoDB.
 * Without, every /healthz goes on to say "ok"; only the logs tell.
 */
export function daemonNeedsCheck(options: DaemonNeeds): Check {
  const { node, dataNode, redis } = options;
  return {
    id: `needs/${node.name}`,
    node: node.name,
    title: message('check-daemon-needs', { node: node.name }),
    measurements: [
      onNode(node.name, content`${redisAsk(redis, [['TTL', PUMP_LOCK]])}${COMPLAINTS}echo end\n`),
    ],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      ...redisCauses(dataNode),
      `redis-ping/${node.name}`,
      ...daemons.flatMap((daemon) => daemonCauses(node.name, daemon)),
    ],
    // A complaint of the pump is fresh for 45 s after the cause has gone.
    deadlineMs: 60_000,
    seeForYourself: 'tail -n 5 /var/log/iam/*.log',
  };
}

function judge(options: DaemonNeeds, measured: Measured | undefined): Verdict {
  const stdout = exited(measured)?.stdout ?? '';
  if (!/^end$/m.test(stdout)) return notMeasured(measured);
  const asked = readRedis(stdout);
  const isLocked = asked?.kind === 'replies' && Number(asked.replies[0]) >= 0;
  const found = complaintOf(options, stdout, isLocked);
  if (found) return failed(found);
  return passed(message('daemon-needs-met', { node: options.node.name }));
}

function complaintOf(
  { node, redis }: DaemonNeeds,
  stdout: string,
  isLocked: boolean,
): Problem | undefined {
  const lines = stdout.split('\n').flatMap((line) => {
    const [daemon = '', ...said] = line.split('\t');
    return said.length > 0 ? [{ daemon, said: said.join('\t') }] : [];
  });
  const address = `${redis.address}:${redis.port}`;
  const of = (code: string, { daemon, said }: { daemon: string; said: string }) =>
    problem(code, { daemon, address }, { node: node.name, detail: said });
  const refused = lines.find(({ said }) => /WRONGPASS|NOAUTH|invalid password/.test(said));
  if (refused) return of('daemon-redis-wrong-password', refused);
  const cut = lines.find(({ said }) => said.includes('test key'));
  if (cut) return of('daemon-redis-unreachable', cut);
  const mongo = lines.find(({ said }) => /Mongo connection|no reachable servers/.test(said));
  if (mongo) return of('pump-mongo-unreachable', mongo);
  // Once is a round in which the other node's pump was busy; with the lock free there is no such pump.
  const shutOut = lines.filter(({ said }) => said.includes('already an iam-pump'));
  if (shutOut.length > 1 && !isLocked) return of('pump-redis-unreachable', shutOut[1]!);
  return undefined;
}
