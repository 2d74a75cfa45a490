import { PUMP_LOCK } from '../../checks/daemon-needs.ts';
import { redisAsk } from '../../checks/redis-ask.ts';
import { ports } from '../../cluster/index.ts';
import { content, type DrillStep } from '../../model/index.ts';
import { knownDataNode } from '../data-tier.ts';
import type { StageInput } from '../stage-input.ts';

const TIMEOUT_MS = 15_000;

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
 * A pump whose network goes while it holds its lock cannot give it back, and no pump stores a record
 * for ten minutes. Exits 0 when no such lock is left. None where Redis is not ours.
 */
export function pumpLockFreed(input: StageInput): readonly DrillStep[] {
  const { cluster, secrets } = input;
  const data = knownDataNode(input);
  if (!data || cluster.databases.redis.kind !== 'install') return [];
  const { name, address } = data.node;
  const place = { address, port: ports.redis, password: secrets.redisPassword };
  const ask = redisAsk(place, [['EVAL', FREE, '1', PUMP_LOCK]]);
  const script = content`said=$({ ${ask}} | sed -n 's/^redis //p' | base64 -d | tr -d '\\r')
grep -qx ':1' <<<"$said"\n`;
  return [{ node: name, script, timeoutMs: TIMEOUT_MS }];
}
