import type { Cluster } from '../cluster/index.ts';
import { hasSetAdminPassword } from '../stages/made-before.ts';
import type { RunSession } from './run-session.ts';
import type { Administration } from './summary-iam.ts';

/** What the summary is to say of IAM itself, by the time that it is written. */
export function administrationOf(
  cluster: Cluster,
  session: RunSession,
  standIn: boolean,
): Administration {
  const isOwn = cluster.iam.adminPassword?.kind === 'env';
  return {
    adminPasswordFile: () =>
      !isOwn && hasSetAdminPassword(session.journal.records()) ? session.paths.secrets : undefined,
    openRegistration: cluster.iam.openRegistration,
    apiDomain: cluster.domains.api,
    standIn,
  };
}
