import type { Cluster } from '../../cluster/index.ts';
import { type NodeFacts, OperatorError } from '../../model/index.ts';
import type { InUse } from '../free-address.ts';
import type { Io } from '../io.ts';
import type { CloudAccess } from './access.ts';
import { openRegion, surveyOf } from './open-cloud.ts';
import { regionFor } from './region.ts';

/**
 * Asks the cloud which addresses of the nodes' network are taken: a machine that is stopped, a HAVIP
 * that nobody holds, a database answer no ARP, and have theirs all the same.
 *
 * What it may not be asked (its policy lacks the call) is no reason to give up: preflight tells it.
 *
 * @throws OperatorError from `InUse`, where the cloud does not answer or the region is not known
 */
export function usedInCloud(
  io: Pick<Io, 'environment' | 'language'>,
  access: CloudAccess,
  cluster: Cluster,
  facts: readonly NodeFacts[],
  signal?: AbortSignal,
): InUse {
  return async (candidates) => {
    const opened = openRegion(io, access, regionFor(cluster, facts, access.region), signal);
    try {
      const wanted = surveyOf(cluster, new Map(facts.map((one) => [one.node, one])));
      const found = await opened.port.survey({ ...wanted, candidates, bandwidth: null });
      if ('problem' in found) throw new OperatorError(found.problem);
      return candidates.filter((one) => found.inUse?.includes(one));
    } finally {
      opened.close();
    }
  };
}
