import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { type BsonDocument, type BsonValue, ObjectId } from './bson.ts';
import { mongodbCauses } from './mongo-causes.ts';
import { notAsked } from './mongo-server.ts';
import { type MongoPlace, mongoAnswer, mongoConversation } from './mongo-talk.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { daemonCauses } from './service-daemons.ts';

export interface AuditMongo {
  /** Who asks; any node that runs the services. */
  readonly from: NodeName;
  /** Every node with a pump. */
  readonly nodes: readonly NodeName[];
  readonly dataNode: NodeName;
  readonly place: MongoPlace;
  readonly collection: string;
}

/** Since when the pump of a node runs, and what the time is there: `started SECONDS NOW`. */
const STARTED = `export LC_ALL=C
started=$(systemctl show -p ActiveEnterTimestamp --value iam-pump 2>/dev/null)
started=$(date -d "$started" +%s 2>/dev/null) || started=0
echo "started $started $(date +%s)"
`;

/**
 * The audit records that the pumps have stored in MongoDB are whole: the last of them is read back.
 * One that was stored before the youngest of the pumps began proves nothing about it.
 */
export function auditMongoCheck(options: AuditMongo): Check {
  const { from, nodes, dataNode, place, collection } = options;
  const { host: address, port, database } = place;
  return {
    id: 'audit-records/mongodb',
    node: null,
    title: message('check-audit-mongodb', { where: `${database}.${collection}` }),
    measurements: [
      {
        kind: 'connect',
        vantage: { kind: 'via', node: from },
        address,
        port,
        timeoutMs: 8000,
        conversation: mongoConversation(place, lastOf(collection)),
      },
      ...nodes.map((node) => onNode(node, STARTED)),
    ],
    judge: ([found, ...starts]) => judge(options, found, starts),
    explainedBy: [
      ...mongodbCauses(dataNode, from),
      ...nodes.flatMap((node) => daemonCauses(node, 'iam-pump')),
    ],
    deadlineMs: 0,
    seeForYourself: `db.${collection}.find().sort({ _id: -1 }).limit(1)`,
  };
}

/** The key has the time in it, and every collection has an index of it. */
function lastOf(collection: string): BsonDocument {
  return { find: collection, filter: {}, sort: { _id: -1 }, limit: 1, singleBatch: true };
}

function judge(
  options: AuditMongo,
  found: Measured | undefined,
  starts: readonly Measured[],
): Verdict {
  const { from, place, collection } = options;
  const answer = mongoAnswer(place, lastOf(collection), found);
  if (answer.kind !== 'in') return notAsked('why' in answer ? answer.why : answer.kind);
  if (answer.answer.ok !== 1) return notAsked(String(answer.answer.errmsg ?? 'find'));
  const ages = starts.map(uptime);
  const unread = ages.indexOf(undefined);
  if (unread >= 0) return notMeasured(starts[unread]);
  const where = `${place.database}.${collection}`;
  const record = firstRecord(answer.answer);
  const seconds = ageOf(record, answer.now);
  if (!record || seconds > Math.min(...ages.map(Number))) {
    return passed(message('audit-no-record-in-mongodb', { where }));
  }
  if (Number(record.timestamp) === 0 || !record.username) {
    return failed(problem('audit-records-empty', { folder: where }, { node: from }));
  }
  const code = answer.isStandIn ? 'audit-record-in-stand-in' : 'audit-record-in-mongodb';
  return passed(message(code, { where, seconds }));
}

/** For how many seconds the pump of a node has run. */
function uptime(measured: Measured): number | undefined {
  const found = /^started (\d+) (\d+)$/m.exec(exited(measured)?.stdout ?? '');
  return found ? Number(found[2]) - Number(found[1]) : undefined;
}

/** How old it is, in seconds, by the clock of the server, which made its key. */
function ageOf(record: BsonDocument | undefined, now: Date | null): number {
  if (!(record?._id instanceof ObjectId)) return Number.POSITIVE_INFINITY;
  const second = Math.floor((now ?? new Date(0)).getTime() / 1000);
  return Math.max(0, second - record._id.madeAt);
}

function firstRecord({ cursor }: BsonDocument): BsonDocument | undefined {
  const batch = (cursor as { firstBatch?: readonly BsonValue[] } | undefined)?.firstBatch;
  return Array.isArray(batch) ? (batch[0] as BsonDocument | undefined) : undefined;
}
