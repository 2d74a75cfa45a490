import { daemonOf } from '../../checks/causes.ts';
import { type Daemon, healthyScript } from '../../checks/service-daemons.ts';
import { services, type UpstreamBackend, upstreamBackends } from '../../cluster/index.ts';
import type { Action, NodeName } from '../../model/index.ts';
import { type KnownNode, wasActive } from '../data-tier.ts';
import { plannable } from '../frontend.ts';
import { memberFiles } from '../nginx-files.ts';
import type { StageInput } from '../stage-input.ts';
import { BACK_SCRIPT, outScript } from './drain-script.ts';
import type { Drain } from './rolling.ts';

/** Two waits for nginx's old workers, and the questions to the other backends. */
const TIMEOUT_MS = 60_000;

/**
 * Takes a node's daemon out of its upstream on every front end, one after the other, and puts it
 * back. Nothing where nobody asks the daemon through nginx, or nginx is not there yet.
 */
export function drainOf(input: StageInput, { node }: KnownNode, daemon: Daemon): Drain {
  const fronts = plannable(input).filter(({ facts, platform }) =>
    wasActive(facts, platform.units.nginx),
  );
  const service = services.find((one) => daemonOf(one) === daemon);
  if (!service) return { out: [], back: [] };
  const out = fronts.map((front) => {
    const all = upstreamBackends(input.cluster, front.node, service);
    return outScript({
      nginx: front.platform.units.nginx,
      files: memberFiles(front, service),
      member: all
        .filter((one) => one.node === node.name)
        .map(server)
        .join(),
      others: all
        .filter((one) => one.node !== node.name)
        .map((one) => ({ member: server(one), healthy: healthyScript(daemon, one.address) })),
    });
  });
  return {
    out: fronts.map((front, index) => script(front.node.name, out[index] ?? '')),
    back: fronts.map((front) => script(front.node.name, BACK_SCRIPT)),
  };
}

/** A backend as its `server` line names it. */
function server({ address, port }: UpstreamBackend): string {
  return `${address}:${port}`;
}

function script(node: NodeName, text: string): Action {
  return { kind: 'script', node, script: [text], timeoutMs: TIMEOUT_MS };
}
