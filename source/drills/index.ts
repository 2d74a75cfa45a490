import type { Drill } from '../model/index.ts';
import type { NodeContext } from './away.ts';
import type { DrillContext } from './context.ts';
import { keepalivedKilled } from './keepalived-killed.ts';
import { keepalivedStopped } from './keepalived-stopped.ts';
import { nginxHung } from './nginx-hung.ts';
import { nginxRecovers } from './nginx-recovers.ts';
import { nginxStopped } from './nginx-stopped.ts';
import { nodeRebooted } from './node-rebooted.ts';
import { nodeUnplugged } from './node-unplugged.ts';
import { vrrpBlocked } from './vrrp-blocked.ts';

export type { DrillContext } from './context.ts';
export { holderScript } from './holder.ts';

/** The drills of `keepalived`: the lecture's three in its order, then ours. */
export function keepalivedDrills(context: DrillContext): readonly Drill[] {
  return [
    keepalivedStopped(context),
    nginxStopped(context),
    nginxRecovers(context),
    nginxHung(context),
    keepalivedKilled(context),
    vrrpBlocked(context),
  ];
}

/** The drills of a whole node: it belongs to `keepalived`, too. */
export function nodeDrills(context: NodeContext): readonly Drill[] {
  return [nodeUnplugged(context), nodeRebooted(context)];
}
