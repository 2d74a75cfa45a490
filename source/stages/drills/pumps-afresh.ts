import { PUMP_LOCK } from '../../checks/daemon-needs.ts';
import { redisAsk } from '../../checks/redis-ask.ts';
import { ports } from '../../cluster/index.ts';
import { backendNames } from '../../drills/backends.ts';
import { content, type DrillStep } from '../../model/index.ts';
import { knownDataNode } from '../data-tier.ts';
import type { StageInput } from '../stage-input.ts';

const TIMEOUT_MS = 30_000;

/**
 * In one go, as Redis does it: a lock that is older than 5 s (of the 600 s that IAM takes it for) is
 * nobody's, since a pump gives it back in milliseconds. 1: there is none any more; 0: it is too young to tell.
 */
const FREE = `local left = redis.call('TTL', KEYS[1])
if left < 0 then return 1 end
if left >= 595 then return 0 end
redis.call('DEL', KEYS[1])
return 1`;

/**
 * A pump whose connection to Redis was cut hangs in it until TCP gives up, with its lock taken: no pump
 * stores a record for ten minutes then. So they begin anew, and a lock that is left goes. Exits 0 when
 * none is left. Nothing where Redis is not ours.
 */
export function pumpsAfresh(input: StageInput): readonly DrillStep[] {
  const { cluster, secrets } = input;
  const data = knownDataNode(input);
  if (!data || cluster.databases.redis.kind !== 'install') return [];
  const { name, address } = data.node;
  const place = { address, port: ports.redis, password: secrets.redisPassword };
  const ask = redisAsk(place, [['EVAL', FREE, '1', PUMP_LOCK]]);
  const free = content`said=$({ ${ask}} | sed -n 's/^redis //p' | base64 -d | tr -d '\\r')
grep -qx ':1' <<<"$said"\n`;
  const restart = backendNames(cluster).map((node) => ({
    node,
    script: ['systemctl try-restart iam-pump\n'],
    timeoutMs: TIMEOUT_MS,
  }));
  return [...restart, { node: name, script: free, timeoutMs: TIMEOUT_MS }];
}
