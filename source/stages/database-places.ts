import { ports, whereabouts } from '../cluster/index.ts';
import type { Secret } from '../model/index.ts';
import type { SqlAccess } from '../platforms/sql-script.ts';
import { auditDatabase, type KnownNode, knownDataNode, knownNodes } from './data-tier.ts';
import type { StageInput } from './stage-input.ts';

/** Where a database is. */
export interface DatabasePlace {
  /** As the services write it into their configuration. */
  readonly host: string;
  readonly port: number;
  /** The node that it runs on; for one elsewhere, the node from which it is managed. */
  readonly via: KnownNode;
  /** Installed by us on `via`; else it is somebody's server, of which only our database is ours. */
  readonly isOurs: boolean;
}

export interface MongodbPlace extends DatabasePlace {
  readonly database: string;
  /** The pump's account, in that database. */
  readonly user: string;
  readonly password: Secret;
}

export interface DatabasePlaces {
  readonly mariadb: DatabasePlace & { readonly access: SqlAccess };
  readonly redis: DatabasePlace;
  /** Absent where the audit records go to files only. */
  readonly mongodb?: MongodbPlace;
}

/**
 * Where the databases are, or undefined while a stage cannot plan for them: the data node, or every
 * node, has no facts or is of an unknown distribution.
 */
export function databasePlaces(input: StageInput): DatabasePlaces | undefined {
  const { mariadb, redis } = input.cluster.databases;
  const data = knownDataNode(input);
  const via = data ?? knownNodes(input)[0];
  if (!via) return undefined;
  const isMissing = (kind: string) => kind === 'install' && !data;
  if (isMissing(mariadb.kind) || isMissing(redis.kind)) return undefined;
  const place = (choice: typeof mariadb | typeof redis, port: number): DatabasePlace =>
    choice.kind === 'install'
      ? { host: via.node.address, port, via, isOurs: true }
      : { host: choice.host, port: choice.port, via, isOurs: false };
  return {
    mariadb: { ...place(mariadb, ports.mariadb), access: access(input, via) },
    redis: place(redis, ports.redis),
    ...mongodbPlace(input, via),
  };
}

/** Of what we install, the names are ours. One that cannot be installed is preflight's problem. */
function mongodbPlace(
  { cluster, secrets: { mongodbPassword: password } }: StageInput,
  via: KnownNode,
): Pick<DatabasePlaces, 'mongodb'> {
  const choice = cluster.databases.mongodb;
  if (choice.kind === 'none') return {};
  if (choice.kind === 'install') {
    if (!via.node.data || !via.platform.mongodb || !password) return {};
    const { address: host } = via.node;
    const ours = { host, port: ports.mongodb, via, isOurs: true, password };
    return { mongodb: { ...ours, ...auditDatabase } };
  }
  if (!password) throw new Error('an existing MongoDB without its password');
  const { host, port, database, user } = choice;
  return { mongodb: { host, port, via, isOurs: false, database, user, password } };
}

function access({ cluster, secrets }: StageInput, { platform }: KnownNode): SqlAccess {
  const client = platform.clients.mariadb;
  const choice = cluster.databases.mariadb;
  if (choice.kind === 'install') return { client };
  const password = secrets.databaseAdminPassword;
  if (!password) throw new Error('an existing MariaDB without the administrator’s password');
  const { host, port, adminUser: user } = choice;
  const where = whereabouts(cluster, 'databases.mariadb');
  return { client, server: { host, port, user, password, where } };
}
