import { apiDatabaseCheck } from '../../checks/api-database.ts';
import { auditDrainCheck } from '../../checks/audit-drain.ts';
import { auditRecordsCheck } from '../../checks/audit-records.ts';
import { daemonNeedsCheck } from '../../checks/daemon-needs.ts';
import { daemonSettingsCheck } from '../../checks/daemon-settings.ts';
import { policyReloadCheck } from '../../checks/policy-reload.ts';
import { daemons } from '../../checks/service-daemons.ts';
import type { Check } from '../../model/index.ts';
import type { KnownNode } from '../data-tier.ts';
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
    ...places.map((node) => daemonNeedsCheck({ node, dataNode, redis })),
    // The stand-in asks Redis, but subscribes to nothing and stores no record.
    ...(input.iam.standIn
      ? []
      : places.map((node) => policyReloadCheck({ node, dataNode, redis }))),
    ...(first ? [auditDrainCheck({ from: first, nodes: places, dataNode, redis })] : []),
    ...(input.iam.standIn ? [] : places.map((node) => auditRecordsCheck(node.name))),
  ];
}

/** A token is not looked at where the API server cannot ask its database or has another key. */
export function withTokenCauses(check: Check): Check {
  return { ...check, explainedBy: [...(check.explainedBy ?? []), 'api-database/*'] };
}
