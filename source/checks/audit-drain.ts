import type { ClusterNode } from '../cluster/index.ts';
import {
  appliedCheckId,
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
import { PUMP_LOCK } from './daemon-needs.ts';
import { redisCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { type RedisPlace, type Reply, readRedis, redisAsk } from './redis-ask.ts';

export interface AuditDrain {
  /** Who asks; any node that runs the services. */
  readonly from: Pick<ClusterNode, 'name'>;
  /** Every node with a pump. */
  readonly nodes: readonly Pick<ClusterNode, 'name'>[];
  readonly dataNode: NodeName;
  readonly redis: RedisPlace;
}

const LIST = 'analytics-iam-system-analytics';

/** Some rounds of the pump (10 s each): a record may wait for the next one, and for a retry. */
const PATIENCE_S = 60;

/** IAM takes the lock for so long, and gives it back in milliseconds. */
const LOCK_S = 600;

/**
 * The audit records are taken out of Redis. A record that came just now proves nothing: the claim is
 * that none has waited for a minute, by the time that stands in the record itself.
 */
export function auditDrainCheck(options: AuditDrain): Check {
  const { from, nodes, dataNode, redis } = options;
  const commands = [
    ['LLEN', LIST],
    ['LINDEX', LIST, '0'],
    ['TTL', PUMP_LOCK],
  ];
  return {
    id: 'audit-drain',
    node: null,
    title: message('check-audit-drain'),
    measurements: [
      onNode(from.name, content`${redisAsk(redis, commands)}echo "now $(date +%s)"\n`),
    ],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      ...redisCauses(dataNode),
      `redis-ping/${from.name}`,
      ...nodes.flatMap(({ name }) => [
        appliedCheckId(name, 'unit:iam-pump'),
        appliedCheckId(name, 'config:iam-pump'),
        `healthz/${name}/iam-pump`,
        `needs/${name}`,
      ]),
    ],
    deadlineMs: 60_000,
    seeForYourself: `redis-cli -h ${redis.address} --askpass LLEN ${LIST}`,
  };
}

function judge({ dataNode }: AuditDrain, measured: Measured | undefined): Verdict {
  const stdout = exited(measured)?.stdout ?? '';
  const asked = readRedis(stdout);
  const now = Number(/^now (\d+)$/m.exec(stdout)?.[1]);
  if (asked?.kind !== 'replies' || !now) return notMeasured(measured);
  const [length, oldest, left] = asked.replies;
  const count = Number(length);
  const lockedFor = Number(left) >= 0 ? LOCK_S - Number(left) : 0;
  const where = { node: dataNode };
  if (lockedFor > PATIENCE_S) {
    return failed(problem('audit-lock-left', { count, seconds: Number(left) }, where));
  }
  if (count === 0) return passed(message('audit-nothing-waits'));
  const made = timeOf(oldest);
  if (made === undefined) return notMeasured(measured);
  const seconds = Math.max(0, now - made);
  if (seconds > PATIENCE_S) return failed(problem('audit-not-drained', { count, seconds }, where));
  return passed(message('audit-waits-briefly', { count, seconds }));
}

const KEY = 'TimeStamp';

/** The time in an audit record (msgpack): a whole number behind its name, of four or eight bytes. */
export function timeOf(record: Reply | undefined): number | undefined {
  if (typeof record !== 'string') return undefined;
  const at = record.indexOf(KEY);
  if (at < 0) return undefined;
  const bytes = Buffer.from(record.slice(at + KEY.length), 'latin1');
  const kind = bytes[0];
  if ((kind === 0xcf || kind === 0xd3) && bytes.length >= 9) return Number(bytes.readBigInt64BE(1));
  if ((kind === 0xce || kind === 0xd2) && bytes.length >= 5) return bytes.readUInt32BE(1);
  return undefined;
}
