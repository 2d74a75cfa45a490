import type { Cluster } from '../cluster/index.ts';
import type { OpenedSecrets } from '../drivers/session/secrets.ts';
import { Secret } from '../model/index.ts';
import { readSecret } from './open-cluster.ts';

/** The session's secrets, and what the operator named instead. */
export type GivenSecrets = OpenedSecrets & { readonly databaseAdminPassword?: Secret };

/**
 * The session's secrets with those of servers that were there before it: they are read anew at every
 * run, so that a password which the operator changes there is changed in the environment alone.
 */
export function givenSecrets(
  secrets: OpenedSecrets,
  { databases: { mariadb, redis, mongodb } }: Cluster,
  environment: Readonly<Record<string, string | undefined>>,
): GivenSecrets {
  const admin =
    mariadb.kind === 'existing' ? readSecret(mariadb.adminPassword, environment) : undefined;
  const given = redis.kind === 'existing' ? readSecret(redis.password, environment) : undefined;
  const mongo = mongodb.kind === 'existing' ? readSecret(mongodb.password, environment) : undefined;
  const none = new Secret('redis password', '');
  return {
    ...secrets,
    ...(redis.kind === 'existing' && { redisPassword: given ?? none }),
    ...(mongo && { mongodbPassword: mongo }),
    ...(admin && { databaseAdminPassword: admin }),
  };
}
