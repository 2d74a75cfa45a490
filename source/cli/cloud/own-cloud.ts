import type { CloudOwner } from '../../engine/cloud/own.ts';
import { EXIT, OperatorError, problem } from '../../model/index.ts';
import { cloudName } from '../../resources/cloud-names.ts';
import type { Io } from '../io.ts';
import type { Run } from '../open-run.ts';
import { cloudSession, type OpenedCloud, openRegion } from './open-cloud.ts';
import { lastChosen } from './place.ts';

/** Where a session has made things, and what is written on them. */
export interface OwnCloud {
  readonly cloud: OpenedCloud;
  readonly owner: CloudOwner;
}

/**
 * The region that the journal names, with the keys of the same account: with others nothing would be
 * found, and all would look given back.
 *
 * @returns undefined where the session was never in a cloud
 * @throws OperatorError `cd-account-other`, exit 64
 */
export async function openOwnCloud(
  io: Io,
  { access, session, cluster, stop }: Run,
): Promise<OwnCloud | undefined> {
  const chosen = lastChosen(session.journal.records());
  if (!access || !chosen) return undefined;
  const cloud = openRegion(io, access, chosen.region, stop.signal);
  const marks = cloudSession(session, cluster);
  const now = await cloud.account();
  if (now !== undefined && chosen.account !== '' && now !== chosen.account) {
    cloud.close();
    const params = { was: chosen.account, now, key: cloud.key };
    throw new OperatorError(problem('cd-account-other', params), EXIT.usage);
  }
  return { cloud, owner: { session: marks.id, name: cloudName(marks) } };
}
