import { type Cluster, type Service, servicePort } from '../cluster/index.ts';
import type { Content, DrillStep, NodeName } from '../model/index.ts';
import { type DrillContext, step } from './context.ts';

/** The drills of IAM's daemons break the API server: with it a domain loses a backend, or all. */
export const BROKEN: Service = 'api';
export const BROKEN_UNIT = 'iam-apiserver';

/** What the drills of the backends need beside the cluster. */
export interface BackendContext extends DrillContext {
  /** `RestartSec=` of the daemons' unit. */
  readonly restartSeconds: number;
  /** A script that exits 0 when the daemon of its own node answers as IAM does. */
  readonly healthy: string;
}

export function backendNames({ nodes }: Cluster): readonly NodeName[] {
  return nodes.filter((node) => node.roles.includes('backend')).map((node) => node.name);
}

export const START: Content = [`systemctl start ${BROKEN_UNIT}\n`];

export function stopStep(node: NodeName): DrillStep {
  return step(node, `systemctl stop --no-block ${BROKEN_UNIT}`);
}

/** Exits 0 when the daemon is gone and nobody is accepted any more. */
export function isGone(node: NodeName): DrillStep {
  return step(
    node,
    `[ "$(systemctl is-active ${BROKEN_UNIT})" != active ] && ! (: <>/dev/tcp/127.0.0.1/${servicePort(BROKEN)}) 2>/dev/null`,
  );
}

/** Exits 0 when the daemon runs and answers. */
export function answers(node: NodeName, healthy: string): DrillStep {
  return step(node, `systemctl --quiet is-active ${BROKEN_UNIT} || exit 1\n${healthy}`);
}
