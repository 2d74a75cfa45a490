import { frontends } from '../../cluster/index.ts';
import { holderScript } from '../../drills/index.ts';
import type { LookOptions } from '../../engine/drill-look.ts';
import type { NodeName } from '../../model/index.ts';
import type { Run } from '../open-run.ts';

export function frontendNames({ cluster }: Run): readonly NodeName[] {
  return frontends(cluster).map((node) => node.name);
}

/** Where to look for the VIP. */
export function lookAt(run: Run): LookOptions {
  const { cluster, facts, ports } = run;
  const script = (node: NodeName) => holderScript(cluster, facts.get(node)!.nic!.name);
  return { frontends: frontendNames(run), holderScript: script, ports };
}
