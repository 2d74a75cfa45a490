import { type Cluster, vipAddress } from '../cluster/index.ts';
import type { Content, Drill, InterfaceName } from '../model/index.ts';
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

/** Exits 0 on the node that has the VIP on its NIC: an address kept on `lo` for a moment does not count. */
export function holderScript(cluster: Cluster, nic: InterfaceName): Content {
  return [`ip -4 -o addr show dev ${nic} | grep -qF ' ${vipAddress(cluster)}/'`];
}
