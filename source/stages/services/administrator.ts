import { adminPasswordCheck } from '../../checks/admin-password.ts';
import type { Check, Resource } from '../../model/index.ts';
import { iamDatabase, type KnownNode } from '../data-tier.ts';
import type { DatabasePlaces } from '../database-places.ts';
import type { StageInput } from '../stage-input.ts';
import { adminPassword } from './admin-password.ts';

/** What is done about the administrator's password, on one node for all of them. */
export function administrator(
  input: StageInput,
  { node, platform }: KnownNode,
  data: DatabasePlaces,
): readonly Resource[] {
  const choice = input.cluster.iam.adminPassword;
  if (choice?.kind === 'keep') return [];
  return [
    adminPassword({
      node: node.name,
      ...(choice && { choice }),
      secrets: input.secrets,
      schema: {
        node: data.mariadb.via.node.name,
        host: data.mariadb.host,
        port: data.mariadb.port,
        user: iamDatabase.user,
        password: input.secrets.databasePassword,
        database: iamDatabase.database,
        client: platform.clients.mariadb,
      },
      schemaImported: () => input.schemaImported?.() ?? false,
    }),
  ];
}

/** Where the password may be left as it is, it is said when it is the published one. */
export function administratorChecks(
  input: StageInput,
  first: KnownNode | undefined,
  data: DatabasePlaces,
): readonly Check[] {
  const choice = input.cluster.iam.adminPassword;
  const isOurs = choice ? choice.kind !== 'keep' : input.schemaImported?.();
  if (!first || isOurs) return [];
  return [
    adminPasswordCheck({
      node: first.node.name,
      dataNode: data.mariadb.via.node.name,
      secrets: input.secrets,
    }),
  ];
}
