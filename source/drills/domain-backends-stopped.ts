import { frontends, ports } from '../cluster/index.ts';
import {
  type Drill,
  type DrillStep,
  message,
  type NodeName,
  type OutageBand,
} from '../model/index.ts';
import {
  answers,
  type BackendContext,
  BROKEN,
  BROKEN_UNIT,
  backendNames,
  isGone,
  START,
  stopStep,
} from './backends.ts';
import { step } from './context.ts';
import { steadyDrill } from './steady.ts';

const OBSERVE_MS = 3500;
/** `fail_timeout` of our upstreams: so long nginx may go on saying that there is no live one. */
const FAIL_TIMEOUT_MS = 5000;
/** For the steps that end the fault, on a slow computer far away from the nodes. */
const STEPS_MS = 5000;
/** The last backend refuses a moment after the order to stop it. */
const EARLY_MS = 500;

/**
 * Every backend of one domain stops. Moving the VIP would help nobody, so it stays; the domain is
 * down for as long as the fault lasts, and the other one loses nothing.
 */
export function domainBackendsStopped(context: BackendContext): Drill {
  const { cluster, healthy } = context;
  const names = backendNames(cluster);
  const { api: domain, authz: other } = cluster.domains;
  const band: OutageBand = [OBSERVE_MS - EARLY_MS, OBSERVE_MS + FAIL_TIMEOUT_MS + STEPS_MS];
  return steadyDrill(context, 'domain-backends-stopped', (holder) => ({
    victim: holder,
    description: message('drill-domain-backends-stopped-description', {
      unit: BROKEN_UNIT,
      domain,
      other,
      holder,
      min: band[0],
      max: band[1],
    }),
    observeMs: OBSERVE_MS,
    domains: { [domain]: band },
    downUntilRestored: [cluster.domains[BROKEN]],
    undo: names.map((node) => ({ node, script: START })),
    inject: names.map(stopStep),
    witness: names.map(isGone),
    restored: [
      ...names.map((node) => answers(node, healthy)),
      ...frontends(cluster).map(({ name }) => throughNginx(name, domain)),
    ],
  }));
}

/** Exits 0 when a node's nginx uses the backends again. */
function throughNginx(node: NodeName, domain: string): DrillStep {
  return step(
    node,
    `exec 3<>/dev/tcp/127.0.0.1/${ports.http} || exit 1
printf 'GET /healthz HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' '${domain}' >&3
IFS=' ' read -r -t 3 _ code _ <&3 && [ "$code" = 200 ]`,
  );
}
