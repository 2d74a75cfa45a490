import { type Cluster, vipAddress } from '../cluster/index.ts';
import type { Content, Drill, InterfaceName } from '../model/index.ts';
import type { NodeContext } from './away.ts';
import type { DrillContext } from './context.ts';
import { keepalivedStopped } from './keepalived-stopped.ts';
import { nginxRecovers } from './nginx-recovers.ts';
import { nginxStopped } from './nginx-stopped.ts';
import { nodeRebooted } from './node-rebooted.ts';
import { nodeUnplugged } from './node-unplugged.ts';

export type { DrillContext } from './context.ts';

/** The drills of `keepalived`, in the lecture's order. */
export function keepalivedDrills(context: DrillContext): readonly Drill[] {
  return [keepalivedStopped(context), nginxStopped(context), nginxRecovers(context)];
}

/** The drills of a whole node: it belongs to `keepalived`, too. */
export function nodeDrills(context: NodeContext): readonly Drill[] {
  return [nodeUnplugged(context), nodeRebooted(context)];
}

/** Exits 0 on the node that has the VIP on its NIC: an address kept on `lo` for a moment does not count. */
export function holderScript(cluster: Cluster, nic: InterfaceName): Content {
  return [`ip -4 -o addr show dev ${nic} | grep -qF ' ${vipAddress(cluster)}/'`];
}
