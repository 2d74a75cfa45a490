import { nodeNamed, ports } from '../cluster/index.ts';
import type { DrillStep, NodeName } from '../model/index.ts';
import { type Cast, type DrillContext, step } from './context.ts';

/** What the drills of a whole node need beside the cluster. */
export interface NodeContext extends DrillContext {
  /** `assets/drills/node_unplugged.sh`, rendered. */
  readonly unplugScript: readonly string[];
  /** Exit 0 when what a node leaves behind elsewhere has gone, too. */
  readonly settled: readonly DrillStep[];
}

/** A node that does not answer is not waited for: it is asked again. */
const TRY_MS = 8000;
/** What a healthy neighbour answers in a hundredth of it. */
const SILENT_AFTER = '0.5';

export function nodeStep(node: NodeName, script: string): DrillStep {
  return { ...step(node, script), timeoutMs: TRY_MS };
}

/** A new connection to the victim's nginx: exit 0 when it is accepted. */
function connects({ cluster }: DrillContext, victim: NodeName): string {
  const port = `/dev/tcp/${nodeNamed(cluster, victim).address}/${ports.http}`;
  return `timeout ${SILENT_AFTER} bash -c ': <>${port}' 2>/dev/null`;
}

/** The taker reaches the victim: without that its silence would say nothing. */
export function reaches(context: DrillContext, { victim, taker }: Cast): DrillStep {
  return step(taker, connects(context, victim));
}

/** Exits 0 as soon as the taker cannot reach the victim any more: a reboot is short. */
export function isSilent(context: DrillContext, { victim, taker }: Cast): DrillStep {
  return step(
    taker,
    `for try in {1..250}; do ${connects(context, victim)} || exit 0; sleep 0.02; done; exit 1`,
  );
}

/** As many as are asked in this time: 5 at 200 a second. */
const LATE_AFTER_SECONDS = 0.025;

/**
 * nginx on the new holder goes on offering requests to the backend of the node that has gone, until
 * two have failed: each waits `proxy_connect_timeout` (0.3 s) and is answered by another, in time. Late
 * is only who meets something else besides: a lost SYN, a backend that was asked twice. Measured: 1.
 */
export function lateAfterAtMost({ ratePerSecond }: DrillContext): number {
  return Math.ceil(ratePerSecond * LATE_AFTER_SECONDS);
}
