import { type Cluster, vipAddress } from '../cluster/index.ts';
import type { Content, InterfaceName } from '../model/index.ts';

/** Exits 0 on the node that has the VIP on its NIC: on `lo` it stays for a moment longer. */
export function holderScript(cluster: Cluster, nic: InterfaceName): Content {
  return [`ip -4 -o addr show dev ${nic} | grep -qF ' ${vipAddress(cluster)}/'`];
}
