import type { ClusterNode } from '../cluster/index.ts';
import {
  type Check,
  content,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { redisCauses } from './database-causes.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';
import { type RedisPlace, readRedis, redisAsk } from './redis-ask.ts';
import { daemonCauses } from './service-daemons.ts';

/** Where IAM's API server says that a policy or a secret has changed. */
export const NOTICES = 'iam.cluster.notifications';

export interface PolicyReload {
  readonly node: Pick<ClusterNode, 'name' | 'address'>;
  readonly dataNode: NodeName;
  readonly redis: RedisPlace;
}

/** The unit that says it again when something has come back; it is at work for a minute. */
export const NOTICE_UNIT = 'iam-ha-policy-notice';

/** Longer than the notice's pauses while it is likely to be heard. */
const READING_SECONDS = 15;

/**
 * Prints `reload LINE` for the last two words of the log on a reload: a failed one says so, and then
 * that it is over. One that failed a moment ago is about to be mended while the notice is at work:
 * that is waited for.
 */
export const LAST_RELOADS = `reloads() {
  tail -c 131072 /var/log/iam/iam-authz-server.log 2>/dev/null |
    grep -aE 'faild to refresh target storage|reload: cycle completed' | tail -n 2 | cut -c -300
}
for try in {1..${READING_SECONDS * 2}}; do
  said=$(reloads)
  [[ $said == *'faild to refresh'* ]] && systemctl -q is-active ${NOTICE_UNIT} || break
  sleep 0.5
done
[[ -z $said ]] || sed 's/^/reload /' <<<"$said"
`;

/**
 * The authorization server of a node hears of changed policies: it has subscribed on the very Redis
 * that all nodes use, and its last reload went well. Its /healthz says nothing of that, and without
 * it a revoked right stays allowed.
 */
export function policyReloadCheck(options: PolicyReload): Check {
  const { node, dataNode, redis } = options;
  const commands = [
    ['CLIENT', 'LIST', 'TYPE', 'pubsub'],
    ['PUBSUB', 'NUMSUB', NOTICES],
  ];
  return {
    id: `policy-reload/${node.name}`,
    node: node.name,
    title: message('check-policy-reload', { node: node.name }),
    measurements: [onNode(node.name, content`${redisAsk(redis, commands)}${LAST_RELOADS}`, 30_000)],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      ...daemonCauses(node.name, 'iam-authz-server'),
      `healthz/${node.name}/iam-authz-server`,
      ...redisCauses(dataNode),
      `redis-ping/${node.name}`,
      `needs/${node.name}`,
      `api-database/${node.name}`,
    ],
    // Where Redis was away at its start, the server tries again every ten seconds.
    deadlineMs: 30_000,
    seeForYourself: `redis-cli -h ${redis.address} --askpass PUBSUB NUMSUB ${NOTICES}`,
  };
}

function judge({ node, dataNode, redis }: PolicyReload, measured: Measured | undefined): Verdict {
  const stdout = exited(measured)?.stdout ?? '';
  const asked = readRedis(stdout);
  if (asked?.kind !== 'replies') return notMeasured(measured);
  const [clients, counted] = asked.replies;
  const count = Array.isArray(counted) ? Number(counted[1]) : 0;
  const address = `${redis.address}:${redis.port}`;
  const params = { node: node.name, count, address, data: dataNode };
  const where = { node: node.name };
  if (!isListening(clients, node.address)) {
    return failed(problem('policy-reload-deaf', params, where));
  }
  const reloads = linesByKey(stdout).get('reload') ?? [];
  if (arePoliciesStale(reloads)) {
    const detail = reloads.join('\n');
    return failed(problem('policy-reload-failed', params, { ...where, detail }));
  }
  return passed(message('policy-reload-subscribed', params));
}

/** Whether a client at that address listens to anything: only the authorization server does. */
function isListening(clients: unknown, address: string): boolean {
  return String(clients)
    .split('\n')
    .some((line) => line.includes(` addr=${address}:`) && / sub=[1-9]/.test(line));
}

/** Of those two: whether the authorization server goes on with policies of before. */
export function arePoliciesStale(reloads: readonly string[]): boolean {
  const [first, last] = [reloads.at(-2), reloads.at(-1)];
  const isFailure = (line: string | undefined) => line?.includes('faild to refresh') ?? false;
  return isFailure(last) || isFailure(first);
}
