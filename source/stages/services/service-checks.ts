import { apiDatabaseCheck } from '../../checks/api-database.ts';
import { auditDrainCheck } from '../../checks/audit-drain.ts';
import { auditMongoCheck } from '../../checks/audit-mongo.ts';
import { auditRecordsCheck } from '../../checks/audit-records.ts';
import { auditWritesCheck } from '../../checks/audit-writes.ts';
import { daemonNeedsCheck } from '../../checks/daemon-needs.ts';
import { daemonSettingsCheck } from '../../checks/daemon-settings.ts';
import { mongodbCauses } from '../../checks/mongo-causes.ts';
import { policyReloadCheck } from '../../checks/policy-reload.ts';
import { daemons } from '../../checks/service-daemons.ts';
import type { Check, NodeName } from '../../model/index.ts';
import { AUDIT_COLLECTION, type KnownNode } from '../data-tier.ts';
import type { DatabasePlaces } from '../database-places.ts';
import type { StageInput } from '../stage-input.ts';

/** What /healthz of the daemons does not see. */
export function deeperChecks(
  input: StageInput,
  nodes: readonly KnownNode[],
  data: DatabasePlaces,
): readonly Check[] {
  const { jwtKey, redisPassword } = input.secrets;
  const mariadbNode = data.mariadb.via.node.name;
  const dataNode = data.redis.via.node.name;
  const { host: address, port } = data.redis;
  const redis = { address, port, password: redisPassword };
  const places = nodes.map(({ node }) => node);
  const [first] = places;
  return [
    ...places.flatMap((node) => daemons.map((one) => daemonSettingsCheck(node, one, mariadbNode))),
    ...places.map((node) => apiDatabaseCheck({ node, dataNode: mariadbNode, jwtKey })),
    ...places.map((node) =>
      withMongoCauses(daemonNeedsCheck({ node, dataNode, redis }), data, node.name),
    ),
    // The stand-in asks Redis, but subscribes to nothing and stores no record.
    ...(input.iam.standIn
      ? []
      : places.map((node) => policyReloadCheck({ node, dataNode, redis }))),
    ...(first
      ? [
          withMongoCauses(
            auditDrainCheck({ from: first, nodes: places, dataNode, redis }),
            data,
            first.name,
          ),
        ]
      : []),
    ...(input.iam.standIn
      ? []
      : storedRecords(
          data,
          places.map(({ name }) => name),
        )),
  ];
}

/** What the pumps have stored, read back where they store it. */
function storedRecords({ mongodb }: DatabasePlaces, nodes: readonly NodeName[]): readonly Check[] {
  const [from] = nodes;
  if (!mongodb || !from) return nodes.map(auditRecordsCheck);
  const dataNode = mongodb.via.node.name;
  return [
    auditMongoCheck({ from, nodes, dataNode, place: mongodb, collection: AUDIT_COLLECTION }),
    ...nodes.map((node) => auditWritesCheck(node, dataNode)),
  ];
}

/** A pump waits at its start for MongoDB: then it says so, and records wait for it. */
function withMongoCauses(check: Check, { mongodb }: DatabasePlaces, node: NodeName): Check {
  if (!mongodb) return check;
  const causes = mongodbCauses(mongodb.via.node.name, node);
  return { ...check, explainedBy: [...(check.explainedBy ?? []), ...causes] };
}

/** A token is not looked at where the API server cannot ask its database or has another key. */
export function withTokenCauses(check: Check): Check {
  return { ...check, explainedBy: [...(check.explainedBy ?? []), 'api-database/*'] };
}
