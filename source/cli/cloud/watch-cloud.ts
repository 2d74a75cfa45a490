import type { Cluster } from '../../cluster/index.ts';
import {
  type Clock,
  type CloudWatch,
  type JournalRecord,
  OperatorError,
  type Problem,
} from '../../model/index.ts';
import type { Io } from '../io.ts';
import { findAccess } from './access.ts';
import { openRegion, surveyOf } from './open-cloud.ts';
import { lastChosen } from './place.ts';

/** The cloud counts calls, and a HAVIP does not move often. */
const EACH_MS = 2000;
/** What is wrong with the way to it is not mended in a moment. */
const AGAIN_MS = 15_000;

export interface CloudWatching {
  readonly io: Io;
  readonly cluster: Cluster;
  readonly records: readonly JournalRecord[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (cloud: CloudWatch) => void;
}

/**
 * Looks at the HAVIP as the cloud has it, until it is told to stop. Only where the session has been in a
 * cloud; nobody is asked for keys.
 */
export async function watchCloud(watching: CloudWatching): Promise<void> {
  const { clock, signal, tell } = watching;
  while (!signal.aborted) {
    const problem = await look(watching).catch((error: unknown) => {
      if (error instanceof OperatorError) return error.problems[0];
      throw error;
    });
    if (signal.aborted || !problem) return;
    tell({ problem });
    await clock.sleep(AGAIN_MS, signal);
  }
}

/** @returns why it cannot go on; undefined: it was told to stop */
async function look(watching: CloudWatching): Promise<Problem | undefined> {
  const { io, cluster, records, clock, signal, tell } = watching;
  const chosen = lastChosen(records);
  if (!chosen) return undefined;
  const { port, close } = openRegion(io, await findAccess(io), chosen.region, signal);
  try {
    const found = await port.survey({ ...surveyOf(cluster, new Map()), bandwidth: null });
    if ('problem' in found) return found.problem;
    const nodeOf = new Map(found.instances.map(({ id, node }) => [id, node as string]));
    while (!signal.aborted) {
      const seen = await port.look([{ kind: 'ha-vips', network: chosen.network }]);
      if ('problem' in seen) return seen.problem;
      const haVip = seen.haVips.find(({ address }) => address === cluster.vip.address);
      const node = nodeOf.get(haVip?.holder ?? '');
      tell({
        holder: node ?? haVip?.holder ?? null,
        isNode: node !== undefined,
        movedAt: haVip?.movedAt ?? null,
        publicAddress: haVip?.publicAddress ?? null,
        atMs: clock.now(),
      });
      await clock.sleep(EACH_MS, signal);
    }
    return undefined;
  } finally {
    close();
  }
}
