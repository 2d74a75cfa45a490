import { type Cluster, isAdminPassword, whereabouts } from '../cluster/index.ts';
import { type Problem, problem } from '../model/index.ts';
import { readSecret } from './open-cluster.ts';
import type { RunSession } from './run-session.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function ownAdminPassword({ iam }: Cluster, environment: Environment) {
  return iam.adminPassword?.kind === 'env' ? readSecret(iam.adminPassword, environment) : undefined;
}

/** A password of the operator's own that IAM would refuse is told before any node is touched. */
export function unfitAdminPassword(cluster: Cluster, environment: Environment): readonly Problem[] {
  const own = ownAdminPassword(cluster, environment);
  if (!own || isAdminPassword(own.reveal())) return [];
  const where = whereabouts(cluster, 'iam.adminPassword');
  return [problem('admin-password-unfit', { variable: own.name }, where)];
}

/** The session with the administrator's password that is wanted: the operator's own, if there is one. */
export function withAdminPassword(
  session: RunSession,
  cluster: Cluster,
  environment: Environment,
): RunSession {
  const own = ownAdminPassword(cluster, environment);
  if (!own) return session;
  return { ...session, secrets: { ...session.secrets, adminPassword: own } };
}
