import type { StagePlan } from '../model/index.ts';
import { packages } from '../resources/package.ts';
import { knownDataNode, knownNodes } from './data-tier.ts';
import { databaseChecks } from './database/checks.ts';
import { mariadb } from './database/mariadb.ts';
import { redis } from './database/redis.ts';
import { guardChecks } from './firewall/checks.ts';
import { guardResources } from './firewall/guard.ts';
import { firewallPackages } from './firewall/table.ts';
import type { StageInput } from './stage-input.ts';

const STAGE = 'database';

/**
 * MariaDB and Redis on the data node: installed, listening on the private address, with an account
 * for each node and IAM's schema; and on every other node the client that proves it.
 */
export function database(input: StageInput): StagePlan {
  const data = knownDataNode(input);
  const nodes = knownNodes(input);
  const installed = nodes.map(({ node, platform, facts }) => {
    const { mariadbServer, mariadbClient, redisServer } = platform.packages;
    const names = node.name === data?.node.name ? [mariadbServer, redisServer] : [];
    return packages({
      node: node.name,
      stage: STAGE,
      platform,
      names: [...names, mariadbClient, ...firewallPackages(input.cluster, facts)],
    });
  });
  // Before any of our daemons listens.
  const guards = nodes.flatMap((known) => guardResources(input, known, STAGE));
  return {
    id: STAGE,
    resources: data
      ? [...installed, ...guards, ...mariadb(input, data), ...redis(input, data)]
      : [],
    checks: data
      ? [...databaseChecks(input, nodes, data), ...guardChecks(input, nodes, STAGE)]
      : [],
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
}
