import type { StagePlan } from '../model/index.ts';
import { packages } from '../resources/package.ts';
import { type KnownNode, knownNodes } from './data-tier.ts';
import { databaseChecks } from './database/checks.ts';
import { mariadb } from './database/mariadb.ts';
import { mongodb, mongodbPackages } from './database/mongodb.ts';
import { redis } from './database/redis.ts';
import { type DatabasePlaces, databasePlaces } from './database-places.ts';
import { guardChecks } from './firewall/checks.ts';
import { guardResources } from './firewall/guard.ts';
import { firewallPackages } from './firewall/table.ts';
import type { StageInput } from './stage-input.ts';

const STAGE = 'database';

/**
 * MariaDB and Redis on the data node: installed, listening on the private address, with an account
 * for each node and IAM's schema; or a server elsewhere, of which only our database and our accounts
 * are ours. On every node the client that proves it.
 */
export function database(input: StageInput): StagePlan {
  const places = databasePlaces(input);
  const nodes = knownNodes(input);
  return {
    id: STAGE,
    resources: places
      ? [
          ...nodes.map((known) => installed(input, known, places)),
          // Before any of our daemons listens.
          ...nodes.flatMap((known) => guardResources(input, known, STAGE)),
          ...mariadb(input, places),
          ...redis(input, places),
          ...mongodb(input, places),
        ]
      : [],
    checks: places
      ? [...databaseChecks(input, nodes, places), ...guardChecks(input, nodes, STAGE)]
      : [],
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
}

function installed({ cluster }: StageInput, known: KnownNode, places: DatabasePlaces) {
  const { node, platform, facts } = known;
  const { mariadbServer, mariadbClient, redisServer } = platform.packages;
  const isOn = ({ isOurs, via }: DatabasePlaces['redis']) => isOurs && via.node.name === node.name;
  const names = [
    ...(isOn(places.mariadb) ? [mariadbServer] : []),
    ...(isOn(places.redis) ? [redisServer] : []),
    ...mongodbPackages(places, known),
    mariadbClient,
    ...firewallPackages(cluster, facts),
  ];
  return packages({ node: node.name, stage: STAGE, platform, names });
}
