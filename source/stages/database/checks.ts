import { databaseListensCheck } from '../../checks/database-listens.ts';
import { databaseLoginCheck } from '../../checks/database-login.ts';
import { databaseTablesCheck } from '../../checks/database-tables.ts';
import { redisPingCheck } from '../../checks/redis-ping.ts';
import { ports } from '../../cluster/index.ts';
import type { Check } from '../../model/index.ts';
import { iamDatabase, type KnownNode } from '../data-tier.ts';
import type { StageInput } from '../stage-input.ts';

/** The proof is the log-in from each node with the services' own credentials, not the grant. */
export function databaseChecks(
  input: StageInput,
  nodes: readonly KnownNode[],
  data: KnownNode,
): readonly Check[] {
  const { database, user, tables } = iamDatabase;
  const { databasePassword, redisPassword } = input.secrets;
  const client = data.platform.clients.mariadb;
  const listening = data.platform.mariadbBindList ? [ports.mariadb, ports.redis] : [ports.redis];
  return [
    databaseListensCheck({
      node: data.node.name,
      address: data.node.address,
      ports: listening,
    }),
    databaseTablesCheck({ node: data.node.name, client, database, tables }),
    ...nodes.map((from) =>
      databaseLoginCheck({
        from: from.node,
        data: data.node,
        client: from.platform.clients.mariadb,
        dataClient: client,
        user,
        password: databasePassword,
        database,
      }),
    ),
    ...nodes.map((from) =>
      redisPingCheck({ from: from.node.name, data: data.node, password: redisPassword }),
    ),
  ];
}
