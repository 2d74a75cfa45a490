import { databaseListensCheck } from '../../checks/database-listens.ts';
import { databaseLoginCheck } from '../../checks/database-login.ts';
import { databaseServerCheck } from '../../checks/database-server.ts';
import { databaseTablesCheck } from '../../checks/database-tables.ts';
import { redisPingCheck } from '../../checks/redis-ping.ts';
import { type Check, triggersOf } from '../../model/index.ts';
import { iamDatabase, type KnownNode } from '../data-tier.ts';
import type { DatabasePlaces } from '../database-places.ts';
import type { StageInput } from '../stage-input.ts';
import { mongodbChecks } from './mongodb-checks.ts';

/** The proof is the log-in from each node with the services' own credentials, not the grant. */
export function databaseChecks(
  input: StageInput,
  nodes: readonly KnownNode[],
  { mariadb, redis, mongodb }: DatabasePlaces,
): readonly Check[] {
  const { database, user, tables } = iamDatabase;
  const { databasePassword, redisPassword } = input.secrets;
  const { client: dataClient, server } = mariadb.access;
  const triggers = triggersOf(input.iam.schema ?? '');
  return [
    ...listens({ mariadb, redis, ...(mongodb && { mongodb }) }),
    ...servers({ mariadb, redis }, nodes),
    databaseTablesCheck({
      node: mariadb.via.node.name,
      ...mariadb.access,
      database,
      tables,
      triggers,
    }),
    ...nodes.map((from) =>
      databaseLoginCheck({
        from: from.node,
        data: { name: mariadb.via.node.name, address: mariadb.host },
        port: mariadb.port,
        client: from.platform.clients.mariadb,
        dataClient,
        ...(server && { server }),
        user,
        password: databasePassword,
        database,
      }),
    ),
    ...nodes.map((from) =>
      redisPingCheck({
        from: from.node.name,
        data: { name: redis.via.node.name, address: redis.host },
        port: redis.port,
        isOurs: redis.isOurs,
        password: redisPassword,
      }),
    ),
    ...(mongodb
      ? mongodbChecks(
          mongodb,
          nodes.map(({ node }) => node.name),
        )
      : []),
  ];
}

/** On which addresses somebody else's server listens is not ours to say. */
function listens({ mariadb, redis, mongodb }: DatabasePlaces): readonly Check[] {
  const ofMariadb = mariadb.isOurs && mariadb.via.platform.mariadbBindList;
  const listening = [
    ...(ofMariadb ? [mariadb.port] : []),
    ...[redis, ...(mongodb ? [mongodb] : [])].flatMap(({ isOurs, port }) => (isOurs ? [port] : [])),
  ];
  const { name, address } = redis.via.node;
  return listening.length > 0
    ? [databaseListensCheck({ node: name, address, ports: listening })]
    : [];
}

/** One of ours is asked where it runs; one elsewhere from every node. */
function servers(places: DatabasePlaces, nodes: readonly KnownNode[]): readonly Check[] {
  const names = nodes.map(({ node }) => node.name);
  return (['mariadb', 'redis'] as const).map((name) => {
    const { host, port, isOurs, via } = places[name];
    const own = via.node.name;
    return databaseServerCheck({
      name,
      host,
      port,
      nodes: isOurs ? [own] : names,
      ...(isOurs && { ours: own }),
      ...(name === 'mariadb' && { administrator: { ...places.mariadb.access, node: own } }),
    });
  });
}
